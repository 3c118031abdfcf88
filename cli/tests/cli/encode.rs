use crate::support::{Folder, USERS};

#[test]
fn lines_become_bytes() {
    let folder = Folder::with_users();
    let hex = folder.run("encode --schema user.avsc --hex users.jsonl").clean_text();
    assert_eq!(hex, "020641646100\n040c426ac3b6726e0402780279 00\n05000200 00\n".replace(' ', ""));
    let sparse = "\n  \r\n{\"name\": \"Ada\", \"id\": 1}\r\n\n";
    assert_eq!(folder.pipe("encode --schema user.avsc --hex -", sparse).clean_text(), "020641646100\n");
    assert_eq!(folder.run("encode --schema user.avsc --hex --limit 1 users.jsonl").clean_text(), "020641646100\n");
    assert_eq!(folder.pipe("encode --schema user.avsc -", "").clean(), b"");
}

#[test]
fn framings_put_their_mark_before_each_value() {
    let folder = Folder::new().file("int.avsc", "\"int\"").file("in", "1\n-1\n");
    let hex =
        |framing: &str| folder.run(&format!("encode --schema int.avsc --hex --framing {framing} in")).clean_text();
    assert_eq!(hex("raw"), "02\n01\n");
    assert_eq!(hex("delimited"), "0102\n0101\n");
    assert_eq!(hex("confluent --schema-id 258"), "000000010202\n000000010201\n");
    // The fingerprint of "int", 7275d51a3f395c8f, in little-endian order.
    assert_eq!(hex("single-object"), "c3018f5c393f1ad5757202\nc3018f5c393f1ad5757201\n");
    assert!(hex("ocf").starts_with("4f626a01"));
    let long = folder.pipe("encode --schema str.avsc --framing delimited -", "x");
    assert!(long.fails(2).contains("str.avsc: No such file"));
    folder.write("str.avsc", "\"string\"");
    let text = format!("\"{}\"", "x".repeat(300));
    let bytes = folder.pipe("encode --schema str.avsc --framing delimited -", text).clean();
    assert_eq!(&bytes[..4], &[0xae, 0x02, 0xd8, 0x04], "302 as a varint, then Avro's own length");
}

#[test]
fn faults_name_line_and_column_and_leave_no_file() {
    let folder = Folder::with_users();
    folder.write("bad.jsonl", format!("{USERS}\n  {{\"id\": 4, \"name\": 5}}\n"));
    folder.write("out.avro", "what was there");
    let names = folder.names();
    let done = folder.run("encode --schema user.avsc --out out.avro bad.jsonl");
    insta::assert_snapshot!(done.fails(1), @r#"
    error[avro/data-mismatch]: name: string is expected here, not a number
     --> bad.jsonl:5:21
      |
    5 |   {"id": 4, "name": 5}
      |                     ^
    "#);
    assert_eq!(folder.names(), names);
    assert_eq!(folder.read("out.avro"), b"what was there");
    let syntax = folder.pipe("encode --schema user.avsc --out new.avro -", "\n{\"id\": 4");
    assert!(syntax.fails(1).contains("error[json/syntax]"), "{}", syntax.stderr);
    assert!(syntax.stderr.contains("<stdin>:2:"), "{}", syntax.stderr);
    assert_eq!(folder.names(), names);
    let utf8 = folder.pipe("encode --schema user.avsc --out new.avro -", b"\"\xff\"");
    assert!(utf8.fails(1).contains("error[source/not-utf8]"), "{}", utf8.stderr);
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let folder = Folder::with_users();
    folder.write("out.avro", "what was there");
    folder.run("encode --schema user.avsc --out out.avro users.jsonl").clean();
    assert_eq!(folder.run("decode out.avro").clean_text(), USERS);
    // Onto its own input.
    folder.run("encode --schema user.avsc --out users.jsonl users.jsonl").clean();
    assert_eq!(folder.run("decode --schema user.avsc users.jsonl").clean_text(), USERS);
    assert_eq!(folder.names(), ["out.avro", "user.avsc", "users.jsonl"]);
}

#[cfg(unix)]
#[test]
fn links_devices_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with_users().file("real.avro", "");
    std::fs::set_permissions(folder.path("real.avro"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.avro", folder.path("link.avro")).unwrap();
    folder.run("encode --schema user.avsc --out link.avro users.jsonl").clean();
    assert!(folder.path("link.avro").is_symlink());
    assert_eq!(folder.run("decode real.avro").clean_text(), USERS);
    assert_eq!(folder.path("real.avro").metadata().unwrap().permissions().mode() & 0o777, 0o640);
    folder.run("encode --schema user.avsc --out /dev/null users.jsonl").clean();
}

#[test]
fn append_goes_on_with_a_container_file() {
    let folder = Folder::with_users();
    folder.run("encode --schema user.avsc --append --codec deflate --out u.avro users.jsonl").clean();
    folder.run("encode --append --out u.avro users.jsonl").clean();
    folder.run("encode --schema user.avsc --append --out u.avro users.jsonl").clean();
    assert_eq!(folder.run("decode u.avro").clean_text(), USERS.repeat(3));
    assert!(folder.run("decode u.avro --header").clean_text().contains("\"codec\": \"deflate\""));
    let before = folder.read("u.avro");
    // More than a block before the fault.
    folder.write("bad.jsonl", USERS.repeat(5000) + "{}\n");
    assert!(folder.run("encode --append --out u.avro bad.jsonl").fails(1).contains("bad.jsonl:15001:1"));
    assert_eq!(folder.read("u.avro"), before, "a fault leaves the file as it was");
    assert!(folder.run("encode --append --codec snappy --out u.avro users.jsonl").fails(2).contains("codec"));
    folder.write("other.avsc", "\"int\"");
    assert!(
        folder.run("encode --schema other.avsc --append --out u.avro users.jsonl").fails(1).contains("not the one")
    );
    assert_eq!(folder.read("u.avro"), before);
    folder.write("cut.avro", &before[..before.len() - 5]);
    assert!(folder.run("encode --append --out cut.avro users.jsonl").fails(1).contains("truncated"));
    assert_eq!(folder.read("cut.avro"), &before[..before.len() - 5]);
    folder.write("not.avro", "text");
    folder.run("encode --append --out not.avro users.jsonl").fails(1);
    assert!(folder.run("encode --append --out new.avro users.jsonl").fails(2).contains("--schema is needed"));
}

#[test]
fn append_goes_on_with_values() {
    let folder = Folder::with_users();
    for framing in ["raw", "delimited", "single-object"] {
        let append = format!("encode --schema user.avsc --framing {framing} --append --out {framing}.bin");
        folder.run(&format!("{append} users.jsonl")).clean();
        folder.run(&format!("{append} users.jsonl")).clean();
        let decode = format!("decode --schema user.avsc --framing {framing} {framing}.bin");
        assert_eq!(folder.run(&decode).clean_text(), USERS.repeat(2));
        let before = folder.read(&format!("{framing}.bin"));
        folder.pipe(&format!("{append} -"), USERS.repeat(5000) + "{}\n").fails(1);
        assert_eq!(folder.read(&format!("{framing}.bin")), before);
    }
}

#[test]
fn wrong_calls_end_with_2() {
    let folder = Folder::with_users();
    let fails = |arguments: &str, text: &str| {
        let done = folder.run(&format!("encode {arguments}"));
        assert!(done.fails(2).contains(text), "{arguments}: {}", done.stderr);
    };
    fails("users.jsonl", "--schema is needed");
    fails("--schema user.avsc none.jsonl", "none.jsonl: No such file");
    fails("--schema user.avsc --framing raw --codec null users.jsonl", "--codec is for container files");
    fails("--schema user.avsc --framing confluent users.jsonl", "needs --schema-id");
    fails("--schema user.avsc --schema-id 3 users.jsonl", "--schema-id is for");
    fails("--schema user.avsc --json proto users.jsonl", "--json proto");
    fails("--schema user.avsc --append users.jsonl", "--out");
    fails("--type example.User users.jsonl", "--schema");
    fails("--language avro --schema - -", "cannot both");
    fails("--schema user.proto users.jsonl", "Protobuf is not supported yet");
    fails("--schema user.avsc --reader-schema user.avsc users.jsonl", "--reader-schema");
    fails("--schema user.avsc --max-size none users.jsonl", "not a size");
}

#[test]
fn a_line_has_a_largest_size() {
    let folder = Folder::new().file("str.avsc", "\"string\"");
    let line = format!("\"{}\"\n", "x".repeat(5000));
    let done = folder.pipe("encode --schema str.avsc --max-size 4K -", &line);
    assert!(done.fails(1).contains("<stdin>: line 1 is longer than the limit of 4096 bytes, which --max-size raises"));
    folder.pipe("encode --schema str.avsc --max-size 5003 -", &line).clean();
}
