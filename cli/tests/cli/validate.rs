use crate::support::{Folder, USER, examples, shared_data};

const BAD: &str = r#"{"type": "record", "name": "Bad", "fields": [
  {"name": "a", "type": "strin"},
  {"name": "a", "type": "int", "default": "x"},
  {"name": "u", "type": {"type": "string", "logicalType": "later"}}]}
"#;

fn bad() -> Folder {
    Folder::new().file("schemas/bad.avsc", BAD).file("schemas/good.avsc", USER)
}

#[test]
fn valid_schemas_are_clean() {
    let folder = Folder::with_users();
    let done = folder.run("validate user.avsc");
    assert_eq!((done.status, done.text(), done.stderr.as_str()), (0, "", "1 file: no problems\n"));
    let done = folder.run("validate .");
    assert_eq!((done.status, done.stderr.as_str()), (0, "1 file: no problems\n"));
    for version in ["v1", "v2"] {
        let path = examples().join(version);
        let done = folder.run(&format!("validate {}", path.display()));
        assert_eq!(done.status, 0, "{}{}", done.text(), done.stderr);
    }
}

#[test]
fn all_problems_are_drawn() {
    let done = bad().run("validate schemas");
    insta::assert_snapshot!(done.text());
    assert_eq!(done.fails(1), "2 files: 3 errors, 1 warning\n");
}

#[test]
fn every_format_says_the_same() {
    let folder = bad();
    for format in ["json", "sarif", "junit", "github", "gitlab"] {
        let done = folder.run(&format!("validate schemas --format {format}"));
        assert_eq!(done.fails(1), "2 files: 3 errors, 1 warning\n");
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        insta::assert_snapshot!(
            format!("format_{format}"),
            done.text().replace(&version, "\"version\": \"[version]\"")
        );
    }
    for format in ["json", "sarif", "gitlab"] {
        let done = folder.run(&format!("validate schemas/good.avsc --format {format}"));
        assert_eq!(done.status, 0);
        serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap();
    }
    let done = folder.run("validate schemas/good.avsc --format json");
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json, serde_json::json!({"valid": true, "files": [{"path": "schemas/good.avsc", "diagnostics": []}]}));
}

#[test]
fn warnings_do_not_fail() {
    let folder = Folder::new().file("a.avsc", r#"{"type": "string", "logicalType": "later"}"#);
    let done = folder.run("validate a.avsc");
    assert!(done.text().starts_with("warning[avro/unknown-logical-type]"), "{}", done.text());
    assert_eq!((done.status, done.stderr.as_str()), (0, "1 file: 1 warning\n"));
}

#[test]
fn files_may_name_each_others_types() {
    let order = r#"{"type": "record", "name": "shop.Order", "fields": [{"name": "item", "type": "Item"}]}"#;
    let item = r#"{"type": "enum", "name": "shop.Item", "symbols": ["CUP"]}"#;
    let folder = Folder::new().file("order.avsc", order).file("common/deep/item.avsc", item);
    assert_eq!(folder.run("validate order.avsc common").status, 0);
    let alone = folder.run("validate order.avsc");
    assert!(alone.text().contains("`Item` is not defined"), "{}", alone.text());
    alone.fails(1);
    assert_eq!(folder.run("validate order.avsc -I common").stderr, "1 file: no problems\n");
    // The same file by two ways is one file.
    assert_eq!(folder.run("validate order.avsc common -I common ./order.avsc").stderr, "2 files: no problems\n");
    // What is wrong in an include folder is said, its warnings are not.
    folder.write("common/warn.avsc", r#"{"type": "string", "logicalType": "later"}"#);
    assert_eq!(folder.run("validate order.avsc -I common").stderr, "1 file: no problems\n");
    folder.write("common/bad.avsc", "{");
    let done = folder.run("validate order.avsc -I common");
    assert!(done.text().contains("common/bad.avsc:1:1"), "{}", done.text());
    assert_eq!(done.fails(1), "2 files: 1 error\n");
}

#[test]
fn thrift_files_see_what_they_include() {
    let order = "include \"item.thrift\"\nstruct Order { 1: item.Item item }";
    let folder = Folder::new().file("api/order.thrift", order).file("common/item.thrift", "enum Item { CUP }");
    let alone = folder.run("validate api/order.thrift");
    assert!(alone.text().contains("error[thrift/unknown-include]"), "{}", alone.text());
    assert!(
        alone.stderr.contains("help: included files are also looked for in the folders of -I DIR"),
        "{}",
        alone.stderr
    );
    assert!(alone.text().contains("api/order.thrift:1:9"), "{}", alone.text());
    alone.fails(1);
    assert_eq!(folder.run("validate api/order.thrift -I common").stderr, "1 file: no problems\n");
    // What is included is found beside the file, too, and what is wrong in it is said.
    folder.write("api/item.thrift", "enum Item { CUP, CUP }\nstruct A { i32 a }");
    let done = folder.run("validate api/order.thrift -I common");
    assert!(done.text().contains("api/item.thrift:1:18"), "{}", done.text());
    assert_eq!(done.fails(1), "2 files: 1 error\n");
}

#[test]
fn folders_may_have_several_languages() {
    let folder = Folder::with_users().file("user.thrift", "struct User { 1: i64 id }");
    assert_eq!(folder.run("validate .").stderr, "2 files: no problems\n");
    folder.write("bad.thrift", "struct User { 1: i64 id, 1: strin name }");
    let done = folder.run("validate . --format json");
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let rules = |path: &str| -> Vec<String> {
        let files = json["files"].as_array().unwrap();
        let file = files.iter().find(|file| file["path"] == path).unwrap();
        let found = file["diagnostics"].as_array().unwrap().iter();
        found
            .map(|fault| format!("{} {}:{}", fault["rule"].as_str().unwrap(), fault["line"], fault["column"]))
            .collect()
    };
    assert_eq!(rules("./bad.thrift"), ["thrift/duplicate-id 1:26", "thrift/unknown-type 1:29"]);
    assert!(rules("./user.avsc").is_empty() && rules("./user.thrift").is_empty());
    done.fails(1);
    assert_eq!(folder.pipe("validate --language thrift -", "struct A { 1: i32 a }").status, 0);
    let explained = folder.run("explain thrift/duplicate-id");
    assert!(explained.text().contains("two fields have the same id"), "{}", explained.text());
}

#[test]
fn real_thrift_files_are_clean() {
    let Some(data) = shared_data() else { return eprintln!("skipped: there are no real inputs here") };
    let done = Folder::new().run(&format!("validate {}", data.join("thrift").display()));
    assert_eq!((done.status, done.text()), (0, ""), "{}", done.stderr);
}

#[test]
fn two_versions_at_once_get_a_hint() {
    let folder = Folder::new().file("v1/a.avsc", USER).file("v2/a.avsc", USER.replace("long", "int"));
    let done = folder.run("validate v1 v2");
    assert!(done.fails(1).contains("help: files that are given together are one set"), "{}", done.stderr);
}

#[test]
fn standard_input_is_a_file() {
    let folder = Folder::new();
    assert_eq!(folder.pipe("validate --language avro -", USER).status, 0);
    let done = folder.pipe("validate --language avro -", r#"["nul"]"#);
    assert!(done.text().contains("<stdin>:1:2"), "{}", done.text());
    done.fails(1);
    assert!(folder.pipe("validate -", USER).fails(2).contains("--language avro"));
    assert!(folder.pipe("validate --language avro - -", USER).fails(2).contains("only once"));
}

#[test]
fn wrong_calls_end_with_2() {
    let folder = Folder::new().file("a.txt", "x").file("b.proto", "").file("d.avdl", "");
    assert!(folder.run("validate").fails(2).contains("Usage"));
    assert!(folder.run("validate none.avsc").fails(2).contains("none.avsc: No such file"));
    assert!(folder.run("validate a.txt").fails(2).contains("a.txt: the schema language"));
    assert!(folder.run("validate b.proto").fails(2).contains("b.proto: Protobuf is not supported yet"));
    assert!(folder.run("validate d.avdl").fails(2).contains("d.avdl: Avro IDL is not supported yet"));
    assert!(folder.run("validate --language avro .").fails(2).contains(".: no schema files (.avsc)"));
    folder.write("a.avsc", USER);
    assert!(folder.run("validate -I a.txt a.avsc").fails(2).contains("-I takes a folder"));
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let folder = Folder::new().file("a.avsc", b"{\n \xff}").file("b.avsc", USER);
    let done = folder.run("validate a.avsc b.avsc");
    assert!(done.text().contains("error[source/not-utf8]") && done.text().contains("a.avsc:2:2"), "{}", done.text());
    done.fails(1);
}

#[test]
fn long_lines_are_not_drawn() {
    let symbols: Vec<String> = (0..3000).map(|number| format!("\"S{number}\"")).collect();
    let text = format!(r#"{{"type": "enum", "name": "E", "symbols": [{}, "S0"]}}"#, symbols.join(","));
    let done = Folder::new().file("a.avsc", &text).run("validate a.avsc");
    assert!(done.text().contains("a.avsc:1:") && done.text().len() < 400, "{}", done.text());
    done.fails(1);
}

#[test]
fn columns_do_not_count_the_byte_order_mark() {
    let folder = Folder::new().file("a.avsc", "\u{feff}[\"nul\"]");
    let done = folder.run("validate a.avsc");
    assert!(done.text().contains("a.avsc:1:2"), "{}", done.text());
    assert!(folder.run("validate a.avsc --format json").text().contains("\"column\": 2"));
}

#[test]
fn colour_is_there_when_asked_for() {
    let folder = bad();
    assert!(folder.run("validate schemas --color always").text().contains("\u{1b}["));
    for arguments in ["validate schemas", "validate schemas --color never", "validate schemas --color auto"] {
        assert!(!folder.run(arguments).text().contains('\u{1b}'), "{arguments}");
    }
    assert!(!folder.run("validate schemas --color always --format json").text().contains('\u{1b}'));
    assert!(folder.run("canon none.avsc --color always").stderr.contains("\u{1b}[1;31merror"));
}
