use crate::support::{Folder, examples};

#[test]
fn samples_are_lines_and_the_same_for_the_same_seed() {
    let folder = Folder::with_users();
    let lines = folder.run("sample --schema user.avsc").clean_text();
    assert_eq!(lines.lines().count(), 10);
    assert_eq!(lines, folder.run("sample --schema user.avsc --seed 0 --count 10").clean_text());
    assert_ne!(lines, folder.run("sample --schema user.avsc --seed 1").clean_text());
    assert_eq!(folder.run("sample --schema user.avsc --count 0").clean_text(), "");
    for line in lines.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

#[test]
fn out_chooses_the_form() {
    let folder = Folder::with_users();
    let lines = folder.run("sample --schema user.avsc --count 50 --seed 3").clean_text();
    for name in ["u.jsonl", "u.json", "u.ndjson"] {
        folder.run(&format!("sample --schema user.avsc --count 50 --seed 3 --out {name}")).clean();
        assert_eq!(folder.read(name), lines.as_bytes());
    }
    folder.run("sample --schema user.avsc --count 50 --seed 3 --out u.avro --codec snappy").clean();
    assert_eq!(folder.run("decode u.avro").clean_text(), lines);
    let before = folder.read("u.avro");
    folder.run("sample --schema user.avsc --count 50 --seed 3 --out u.avro --codec snappy").clean();
    assert_eq!(folder.read("u.avro"), before, "the whole file is the same, its sync marker included");
    folder.run("sample --schema user.avsc --count 50 --seed 3 --out u.bin").clean();
    assert_eq!(folder.run("decode u.bin --schema user.avsc").clean_text(), lines);
    let hex = folder.run("sample --schema user.avsc --count 50 --seed 3 --hex").clean();
    assert_eq!(folder.pipe("decode --hex - --schema user.avsc", hex).clean_text(), lines);
}

#[test]
fn samples_of_the_examples_go_there_and_back() {
    for name in ["v1/user", "v1/order", "v2/user", "v2/order"] {
        let schema = examples().join(name).with_extension("avsc");
        let folder = Folder::new();
        for json in ["plain", "avro"] {
            let common = format!("--schema {} --json {json}", schema.display());
            let lines = folder.run(&format!("sample {common} --count 100 --seed 5")).clean();
            let bytes = folder.pipe(&format!("encode {common} --framing raw -"), &lines).clean();
            assert!(folder.pipe(&format!("decode {common} -"), bytes).clean() == lines, "{name} {json}");
        }
    }
}

#[test]
fn what_has_no_values_is_a_finding() {
    let folder = Folder::new()
        .file("union.avsc", "[]")
        .file("enum.avsc", r#"{"type": "enum", "name": "n.Nothing", "symbols": []}"#)
        .file("bad.avsc", "\"lon\"");
    assert!(folder.run("sample --schema union.avsc").fails(1).contains("a union without branches"));
    assert!(folder.run("sample --schema enum.avsc").fails(1).contains("n.Nothing has no symbols"));
    assert!(folder.run("sample --schema bad.avsc").fails(1).contains("error[avro/unknown-type]"));
}

#[test]
fn wrong_calls_end_with_2() {
    let folder = Folder::with_users();
    assert!(folder.run("sample").fails(2).contains("--schema is needed"));
    assert!(folder.run("sample --schema user.avsc --json thrift").fails(2).contains("--json thrift"));
    assert!(folder.run("sample --schema user.avsc --out none/u.avro").fails(2).contains("none/u.avro: No such file"));
    assert!(folder.run("sample --schema user.avsc --out .").fails(2).contains(".: is a folder"));
    assert!(folder.run("sample --schema user.avsc --type example.Usr").fails(2).contains("no type `example.Usr`"));
    assert!(folder.run("sample --schema user.avsc --count some").fails(2).contains("--count"));
}
