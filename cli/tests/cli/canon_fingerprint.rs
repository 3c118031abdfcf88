use crate::support::{Folder, USER};

#[test]
fn the_canonical_form_is_one_line() {
    let folder = Folder::with_users();
    let expected = concat!(
        r#"{"name":"example.User","type":"record","fields":[{"name":"id","type":"long"},{"name":"name","type":"string"},"#,
        r#"{"name":"tags","type":{"type":"array","items":"string"}}]}"#,
        "\n"
    );
    assert_eq!(folder.run("canon user.avsc").clean_text(), expected);
    assert_eq!(folder.pipe("canon --language avro -", USER).clean_text(), expected);
}

/// The values are those of the specification's own examples for `"null"` and `"int"`, and of Java.
#[test]
fn fingerprints_are_hexadecimal() {
    let folder = Folder::new().file("int.avsc", r#""int""#).file("null.avsc", r#""null""#);
    let print = |arguments: &str| folder.run(arguments).clean_text();
    assert_eq!(print("fingerprint int.avsc"), "7275d51a3f395c8f\n");
    assert_eq!(print("fingerprint null.avsc"), "63dd24e7cc258f8a\n");
    assert_eq!(print("fingerprint --algorithm rabin int.avsc"), "7275d51a3f395c8f\n");
    assert_eq!(print("fingerprint --algorithm md5 int.avsc"), "ef524ea1b91e73173d938ade36c1db32\n");
    assert_eq!(
        print("fingerprint --algorithm sha256 int.avsc"),
        "3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45\n"
    );
}

#[test]
fn what_an_include_folder_defines_is_written_out() {
    let folder = Folder::new()
        .file("a.avsc", r#"{"type": "array", "items": "n.Colour"}"#)
        .file("common/colour.avsc", r#"{"type": "enum", "name": "n.Colour", "symbols": ["RED"]}"#);
    assert_eq!(
        folder.run("canon -I common a.avsc").clean_text(),
        "{\"type\":\"array\",\"items\":{\"name\":\"n.Colour\",\"type\":\"enum\",\"symbols\":[\"RED\"]}}\n"
    );
}

#[test]
fn faults_end_with_their_status() {
    let folder = Folder::new().file("bad.avsc", r#"["null", "null"]"#).file("a.proto", "");
    for command in ["canon", "fingerprint"] {
        let done = folder.run(&format!("{command} bad.avsc"));
        assert!(done.fails(1).contains("error[avro/duplicate-union-branch]"), "{}", done.stderr);
        assert!(done.stdout.is_empty());
        folder.run(&format!("{command} none.avsc")).fails(2);
        assert!(folder.run(&format!("{command} a.proto")).fails(2).contains("not supported yet"));
        folder.pipe(&format!("{command} -"), "\"int\"").fails(2);
    }
    assert!(folder.run("fingerprint --algorithm crc bad.avsc").fails(2).contains("possible values: rabin"));
}

/// As fastavro and Java answer, though the specification has no such names and `validate` says so.
#[test]
fn names_may_have_any_letters() {
    let schema = r#"{"type": "record", "name": "Größe", "namespace": "é.ü", "doc": "x", "fields": [
        {"name": "straße", "type": {"type": "int"}}, {"name": "f", "type": {"type": "fixed", "name": "n.F", "size": "16"}}]}"#;
    let folder = Folder::new();
    folder.write("unicode.avsc", schema);
    let expected = r#"{"name":"é.ü.Größe","type":"record","fields":[{"name":"straße","type":"int"},{"name":"f","type":{"name":"n.F","type":"fixed","size":16}}]}"#;
    assert_eq!(folder.run("canon unicode.avsc").clean_text(), format!("{expected}\n"));
    folder.run("fingerprint unicode.avsc").clean_text();
    assert_eq!(folder.run("validate unicode.avsc").status, 1);
}

#[test]
fn what_only_avro_has_is_refused_for_others() {
    let folder = Folder::new().file("a.thrift", "struct A {}");
    assert!(folder.run("canon a.thrift").fails(2).contains("Thrift definitions have no canonical form"));
    assert!(folder.run("fingerprint a.thrift").fails(2).contains("Thrift definitions have no fingerprint"));
}
