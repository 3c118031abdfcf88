use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::{Folder, USERS, examples};

#[test]
fn every_framing_goes_there_and_back() {
    let folder = Folder::with_users();
    for framing in ["raw", "ocf", "single-object", "delimited", "confluent --schema-id 7"] {
        for hex in ["", "--hex"] {
            let flags = format!("--schema user.avsc --framing {framing} {hex}");
            let bytes = folder.run(&format!("encode {flags} users.jsonl")).clean();
            assert_eq!(folder.pipe(&format!("decode {flags} -"), &bytes).clean_text(), USERS, "{flags}");
            let one = USERS.split_inclusive('\n').next().unwrap();
            assert_eq!(folder.pipe(&format!("decode {flags} --limit 1 -"), &bytes).clean_text(), one, "{flags}");
            assert_eq!(folder.pipe(&format!("decode {flags} --limit 0 -"), &bytes).clean_text(), "", "{flags}");
        }
    }
}

#[test]
fn the_framing_is_guessed() {
    let folder = Folder::with_users();
    for framing in ["raw", "ocf", "single-object"] {
        let bytes = folder.run(&format!("encode --schema user.avsc --framing {framing} users.jsonl")).clean();
        folder.write("data", bytes);
        assert_eq!(folder.run("decode --schema user.avsc data").clean_text(), USERS, "{framing}");
    }
}

#[test]
fn types_are_chosen_by_name() {
    let folder = Folder::new()
        .file("set/a.avsc", r#"{"type": "record", "name": "n.A", "fields": [{"name": "b", "type": "n.B"}]}"#)
        .file("set/b.avsc", r#"{"type": "record", "name": "n.B", "fields": [{"name": "x", "type": "int"}]}"#);
    assert_eq!(folder.pipe("decode --hex --schema set --type n.B -", "02").clean_text(), "{\"x\":1}\n");
    assert_eq!(folder.pipe("decode --hex --schema set --type n.A -", "02").clean_text(), "{\"b\":{\"x\":1}}\n");
    assert_eq!(folder.pipe("decode --hex --schema set/a.avsc -I set --type n.B -", "02").clean_text(), "{\"x\":1}\n");
    assert!(folder.pipe("decode --hex --schema set -", "02").fails(2).contains("--type is needed"));
    let unknown = folder.pipe("decode --hex --schema set --type B -", "02");
    assert!(unknown.fails(2).contains("no type `B`; they have n.A, n.B"), "{}", unknown.stderr);
    assert!(folder.pipe("decode --hex --schema set/a.avsc -", "02").fails(1).contains("`n.B` is not defined"));
}

#[test]
fn json_has_two_forms() {
    let folder = Folder::new().file("u.avsc", r#"{"type": "array", "items": ["null", "bytes", "string"]}"#);
    let hex = "06 02 04 ff 41 04 02 61 00 00";
    let plain = folder.pipe("decode --hex --schema u.avsc -", hex).clean_text();
    assert_eq!(plain, "[{\"bytes\":\"/0E=\"},{\"string\":\"a\"},null]\n");
    let avro = folder.pipe("decode --hex --schema u.avsc --json avro -", hex).clean_text();
    assert_eq!(avro, "[{\"bytes\":\"\u{ff}A\"},{\"string\":\"a\"},null]\n");
    folder.pipe("decode --hex --schema u.avsc --json proto -", hex).fails(2);
}

#[test]
fn faults_of_data_come_after_what_was_decoded() {
    let folder = Folder::with_users();
    let fault = |flags: &str, hex: &str| {
        let done = folder.pipe(&format!("decode --hex --schema user.avsc {flags} -"), hex);
        let message = done.fails(1).to_owned();
        (String::from_utf8(done.stdout).unwrap(), message)
    };
    let first = "{\"id\":1,\"name\":\"Ada\",\"tags\":[]}\n";
    let ada = "02 06 416461 00";
    let cases = [
        // flags, hex, what is printed before, message
        ("", format!("{ada} 04 02 ff 00"), first, "value 1 at byte 6: name: invalid UTF-8 (byte 8 of the input)"),
        ("", format!("{ada} 04"), first, "value 1 at byte 6: name: the input ends inside a value"),
        ("", format!("{ada} {ada} 02 02 41 04 02 78 01 02 78"), "", "tags[1]: the length -1 is negative"),
        ("", "zz".into(), "", "line 1, column 1: `z` is no hexadecimal digit"),
        ("", format!("{ada} \n 1"), first, "the number of digits is odd"),
        ("--framing delimited", format!("06 {ada} 07 {ada} 00"), first, "value 1 at byte 7: 1 bytes follow"),
        ("--framing delimited", format!("06 {ada} 06 {}", &ada[..8]), first, "6 bytes needed, 3 left"),
        ("--framing delimited", format!("06 {ada} ff"), first, "ends within what stands before a value, after 1 bytes"),
        ("--framing delimited", "ff".repeat(11), "", "no varint of at most 64 bits"),
        ("--framing delimited", "ffffffffffffffff7f".into(), "", "over the limit of 16777216, which --max-size raises"),
        ("--framing confluent", format!("0000000001 {ada} 01"), first, "ends within what stands before"),
        ("--framing confluent", format!("0100000001 {ada}"), "", "starts with 0x01, not with a zero byte"),
        ("--framing confluent --schema-id 2", format!("0000000001 {ada}"), "", "has the id 1, not 2"),
        ("--framing single-object", format!("c3020000000000000000 {ada}"), "", "starts with c3 01, not c3 02"),
        ("--framing single-object", format!("c3010000000000000000 {ada}"), "", "has the fingerprint 0000000000000000"),
    ];
    for (flags, hex, before, message) in cases {
        let (printed, found) = fault(flags, &hex);
        assert!(found.contains(message), "{flags} {hex}: {found}");
        assert!(found.starts_with("error: <stdin>: "), "{found}");
        assert!(before.is_empty() || printed == before, "{flags} {hex}: {printed}");
    }
}

#[test]
fn hostile_values_end_in_errors() {
    let folder = Folder::new()
        .file("nulls.avsc", r#"{"type": "array", "items": "null"}"#)
        .file("null.avsc", "\"null\"")
        .file("string.avsc", "\"string\"")
        .file(
            "node.avsc",
            r#"{"type": "record", "name": "N", "fields": [{"name": "c", "type": {"type": "array", "items": "N"}}]}"#,
        );
    let fault =
        |flags: &str, bytes: &[u8]| folder.pipe(&format!("decode --schema {flags} -"), bytes).fails(1).to_owned();
    assert!(fault("nulls.avsc", &[0x80, 0x80, 0x80, 0x80, 0x20, 0]).contains("more items without bytes"));
    assert!(fault("null.avsc", &[0]).contains("take no bytes"));
    let huge = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    assert!(fault("string.avsc", &huge).contains("4611686018427387903 bytes needed"));
    assert!(fault("string.avsc", &[0xff; 20]).contains("varint too long"));
    let deep = [vec![2; 5000], vec![0; 5001]].concat();
    let error = fault("node.avsc", &deep);
    assert!(error.contains("deeper than the limit of 100, which --max-depth raises") && error.len() < 500, "{error}");
    let deep = [vec![2; 400], vec![0; 401]].concat();
    let done = folder.pipe("decode --schema node.avsc --max-depth 1000 -", &deep);
    assert_eq!(done.clean_text().matches("\"c\"").count(), 401);
    folder.pipe("decode --schema node.avsc --max-depth 10001 -", &deep).fails(2);
}

/// No bytes are no values, but where a value takes none: then they are one, which may be at fault for its reader.
#[test]
fn an_empty_input_is_a_value_that_takes_no_bytes() {
    let folder = Folder::new()
        .file("null.avsc", "\"null\"")
        .file("int.avsc", "\"int\"")
        .file("empty.avsc", r#"{"type": "record", "name": "R", "fields": []}"#)
        .file(
            "default.avsc",
            r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int", "default": 7}]}"#,
        )
        .file("field.avsc", r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}]}"#);
    let decode = |flags: &str| folder.pipe(&format!("decode --framing raw {flags} -"), b"");
    assert_eq!(decode("--schema null.avsc").clean_text(), "null\n");
    assert_eq!(decode("--schema empty.avsc --reader-schema default.avsc").clean_text(), "{\"a\":7}\n");
    assert_eq!(decode("--schema int.avsc").clean_text(), "");
    assert_eq!(decode("--schema field.avsc --reader-schema default.avsc").clean_text(), "");
    assert_eq!(folder.pipe("decode --framing delimited --schema null.avsc -", b"").clean_text(), "");
    assert!(decode("--schema null.avsc --reader-schema int.avsc").fails(1).contains("null cannot become"));
    assert!(decode("--schema empty.avsc --reader-schema field.avsc").fails(1).contains("`a` is not in the writer's"));
}

/// A union without branches has no values, whatever it is read as.
#[test]
fn no_value_of_an_empty_union_is_read() {
    let folder = Folder::new().file("none.avsc", "[]").file("int.avsc", "\"int\"");
    for reader in ["none.avsc", "int.avsc"] {
        let flags = format!("decode --framing raw --schema none.avsc --reader-schema {reader} -");
        assert!(folder.pipe(&flags, [0]).fails(1).contains("no branch 0"), "{reader}");
    }
}

/// Values that lie across the pieces in which the input is read, and one that is larger than a piece.
#[test]
fn values_may_be_larger_than_what_is_read_at_once() {
    let folder = Folder::new().file("list.avsc", r#"{"type": "array", "items": "int"}"#);
    let numbers: Vec<String> = (0..300_000).map(|number| (number % 50).to_string()).collect();
    let long = format!("[{}]\n", numbers.join(","));
    let lines = format!("{}{long}{}", "[1,2,3]\n".repeat(70_000), "[]\n".repeat(10));
    for framing in ["raw", "delimited", "single-object"] {
        let flags = format!("--schema list.avsc --framing {framing}");
        let bytes = folder.pipe(&format!("encode {flags} -"), &lines).clean();
        assert!(folder.pipe(&format!("decode {flags} -"), &bytes).clean() == lines.as_bytes(), "{framing}");
        let small = folder.pipe(&format!("decode {flags} --max-size 100K -"), &bytes);
        assert!(small.fails(1).contains("over the limit of 102400, which --max-size raises"), "{}", small.stderr);
        assert_eq!(small.text().lines().count(), 70_000);
    }
}

#[test]
fn a_slow_stream_is_shown_as_it_comes() {
    let folder = Folder::new().file("string.avsc", "\"string\"");
    let mut command = folder.command("decode --schema string.avsc --framing raw -");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for text in ["a", "b"] {
        stdin.write_all(&[&[2], text.as_bytes()].concat()).unwrap();
        stdin.flush().unwrap();
        assert_eq!(lines.next().unwrap().unwrap(), format!("\"{text}\""), "before the input ends");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn wrong_calls_end_with_2() {
    let folder = Folder::with_users();
    let fails = |arguments: &str, text: &str| {
        let done = folder.run(&format!("decode {arguments}"));
        assert!(done.fails(2).contains(text), "{arguments}: {}", done.stderr);
    };
    fails("users.jsonl", "--schema is needed");
    fails("none.avro", "none.avro: No such file");
    fails(".", ".: is a folder");
    fails("--schema none.avsc users.jsonl", "none.avsc: No such file");
    fails("--schema user.avsc --header users.jsonl", "--header is for");
    fails("--schema user.avsc --skip-corrupt users.jsonl", "--skip-corrupt is for");
    fails("--schema user.avsc --schema-id 1 users.jsonl", "--schema-id is for");
    fails("--schema user.proto users.jsonl", "Protobuf is not supported yet");
    fails("--language protobuf users.jsonl", "Protobuf is not supported yet");
    fails("--schema user.avsc --framing lines users.jsonl", "possible values: raw, ocf");
    fails("--language avro --schema - -", "cannot both");
    fails("--reader-schema user.avsc users.jsonl", "--schema is needed");
}

#[test]
fn the_examples_decode() {
    let folder = Folder::new();
    for (name, count) in [("users", 100), ("orders", 100)] {
        let path = examples().join("v1").join(name).with_extension("avro");
        let lines = folder.run(&format!("decode {}", path.display())).clean_text();
        assert_eq!(lines.lines().count(), count, "{name}");
    }
}

#[test]
fn messages_of_several_schemas_tell_theirs() {
    let field = |name: &str| {
        format!(r#"{{"type": "record", "name": "User", "fields": [{{"name": "{name}", "type": "int"}}]}}"#)
    };
    let folder = Folder::new().file("v1.avsc", field("a")).file("v2.avsc", field("b")).file("v3.avsc", field("c"));
    let message = |version: &str, name: &str| {
        let flags = format!("encode --schema {version}.avsc --framing single-object --hex -");
        folder.pipe(&flags, format!("{{\"{name}\": 5}}")).clean_text()
    };
    let log = message("v1", "a") + &message("v2", "b") + &message("v1", "a");
    let both = "--schema v1.avsc --schema v2.avsc --hex";
    let text = folder.pipe(&format!("decode {both} -"), &log).clean_text();
    assert_eq!(text, "{\"a\":5}\n{\"b\":5}\n{\"a\":5}\n", "the first message tells the framing");
    let other = folder.pipe(&format!("decode {both} --framing single-object -"), message("v3", "c"));
    assert!(
        other.fails(1).contains("has the fingerprint") && other.stderr.contains("those of --schema"),
        "{}",
        other.stderr
    );
    folder.write(
        "any.avsc",
        r#"{"type": "record", "name": "User", "fields": [{"name": "x", "type": "long", "aliases": ["a", "b"]}]}"#,
    );
    let read = folder.pipe(&format!("decode {both} --reader-schema any.avsc -"), &log).clean_text();
    assert_eq!(read, "{\"x\":5}\n".repeat(3));

    assert!(folder.pipe(&format!("decode {both} -"), "0a").fails(2).contains("several --schema are for"));
    assert!(folder.pipe(&format!("encode {both} -"), "").fails(2).contains("several --schema are for"));
    folder.write("a.thrift", "struct A {}");
    assert!(
        folder.pipe("decode --schema a.thrift --schema a.thrift -", "").fails(2).contains("several --schema are for")
    );
    let dates = |logical: &str| format!(r#"{{"type": "long", "logicalType": "{logical}"}}"#);
    folder.write("millis.avsc", dates("timestamp-millis"));
    folder.write("micros.avsc", dates("timestamp-micros"));
    let clash = folder.pipe("decode --schema millis.avsc --schema micros.avsc --framing single-object --hex -", "");
    assert!(clash.fails(2).starts_with("error: several --schema: "), "{}", clash.stderr);
}
