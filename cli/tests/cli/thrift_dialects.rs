//! fbthrift's dialect, in files and in data.

use crate::support::Folder;

/// A file that only fbthrift reads, in which nothing tells it beyond doubt.
const FLOATS: &str = "struct Place { 1: float x, 2: double y }\n";

/// `{1: float 1.5, 2: double 2.5}`: in fbthrift's Compact a float is kind 13 with four bytes, and both are big-endian.
const FB_COMPACT: &str = "1d3fc0000017400400000000000000";
const FB_BINARY: &str = "13 0001 3fc00000 04 0002 4004000000000000 00";

#[test]
fn files_are_in_the_dialect_that_is_asked_for() {
    let folder = Folder::new().file("place.thrift", FLOATS);
    let asked = folder.run("validate place.thrift --dialect fbthrift");
    assert_eq!((asked.status, asked.stderr.as_str()), (0, "1 file: no problems\n"), "{}", asked.text());
    for flags in ["", "--dialect detect", "--dialect apache"] {
        let done = folder.run(&format!("validate place.thrift {flags}"));
        assert_eq!(done.status, 1, "{flags}");
        assert!(done.text().contains("the type `float` is not defined"), "{}", done.text());
        assert!(done.text().contains("fbthrift's dialect has `float`"), "{}", done.text());
    }
    assert!(folder.run("compile place.thrift --dialect fbthrift").clean_text().contains("pub x: f32"));
    folder.write("old.thrift", FLOATS);
    let verdict = folder.run("compat place.thrift --against old.thrift --dialect fbthrift");
    assert_eq!(verdict.status, 0, "{}", verdict.stderr);

    folder.write("telling.thrift", "package \"example.org/place\"\nstruct Place { 1: float x }\n");
    let told = folder.run("validate telling.thrift");
    assert_eq!(told.status, 0, "{}", told.text());
    assert!(told.text().contains("warning[thrift/fbthrift-form]"), "{}", told.text());
    assert_eq!(folder.run("validate telling.thrift --dialect apache").status, 1);
}

#[test]
fn data_is_in_the_dialect_that_is_asked_for() {
    let folder = Folder::new().file("place.thrift", FLOATS);
    let json = "{\"x\":1.5,\"y\":2.5}\n";
    for (protocol, name, hex) in [("compact", "fb-compact", FB_COMPACT), ("binary", "fb-binary", FB_BINARY)] {
        let hex = hex.replace(' ', "");
        let flags = format!("--schema place.thrift --dialect fbthrift --protocol {protocol} --hex -");
        assert_eq!(folder.pipe(&format!("decode {flags}"), &hex).clean_text(), json, "{protocol}");
        assert_eq!(folder.pipe(&format!("encode {flags}"), json).clean_text(), format!("{hex}\n"), "{protocol}");
        let raw = "{\"1\":{\"float\":1.5},\"2\":{\"double\":2.5}}\n";
        for flags in [format!("--dialect fbthrift --protocol {protocol}"), format!("--protocol {name}")] {
            assert_eq!(folder.pipe(&format!("decode {flags} --hex -"), &hex).clean_text(), raw, "{flags}");
            assert_eq!(
                folder.pipe(&format!("encode {flags} --hex -"), raw).clean_text(),
                format!("{hex}\n"),
                "{flags}"
            );
        }
    }
    folder.write("int.avsc", "\"int\"");
    assert!(
        folder.pipe("decode --schema int.avsc --dialect fbthrift -", "").fails(2).contains("--dialect is for Thrift")
    );
}
