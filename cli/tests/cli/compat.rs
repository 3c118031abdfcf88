use crate::support::{Folder, examples};

const V1: &str = r#"{
  "type": "record",
  "name": "example.User",
  "fields": [
    {"name": "name", "type": "string"},
    {"name": "mail", "type": "string"}
  ]
}
"#;

const V2: &str = r#"{
  "type": "record",
  "name": "example.User",
  "fields": [
    {"name": "name", "type": "string"},
    {"name": "mail", "type": "string"},
    {"name": "country", "type": "string"}
  ]
}
"#;

fn versions() -> Folder {
    Folder::new().file("v1/user.avsc", V1).file("v2/user.avsc", V2)
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let folder = versions();
    let done = folder.run("compat v2/user.avsc --against v1/user.avsc --format json");
    assert_eq!(done.status, 1, "{}", done.stderr);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let expected = serde_json::json!({"compatible": false, "level": "backward",
     "files": [{"language": "avro", "old": "v1/user.avsc", "new": "v2/user.avsc", "compatible": false,
       "findings": [{"rule": "avro/reader-field-without-default", "severity": "error", "breaks": ["backward"],
         "surfaces": ["wire"],
         "message": "a reader with the new schema cannot read any old `example.User`: it has no `country`, for which there is \
                     no default",
         "old": {"path": "/fields", "line": 4, "column": 3}, "new": {"path": "/fields/2", "line": 7, "column": 5},
         "fix": "give `country` a default"}]}]});
    assert_eq!(json, expected);
}

#[test]
fn the_level_decides_the_verdict_and_not_what_is_found() {
    let folder = versions();
    let cases = [("backward", 1), ("forward", 0), ("full", 1), ("backward-transitive", 1), ("forward-transitive", 0)];
    for (level, status) in cases {
        let done = folder.run(&format!("compat v2/user.avsc --against v1/user.avsc --format json --level {level}"));
        assert_eq!(done.status, status, "{level}");
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(json["files"][0]["findings"][0]["breaks"], serde_json::json!(["backward"]), "{level}");
        assert_eq!((&json["compatible"], &json["level"]), (&(status == 0).into(), &level.into()));
    }
}

#[test]
fn a_witness_fails_in_decode_as_it_says() {
    let folder = versions();
    let done = folder.run("compat v2/user.avsc --against v1/user.avsc --format json --witness");
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let witness = &json["files"][0]["findings"][0]["witnesses"][0];
    assert_eq!(witness["value"], serde_json::json!({"name": "", "mail": ""}));
    let hex = witness["hex"].as_str().unwrap();
    let flags = "decode --schema v1/user.avsc --framing raw --hex -";
    assert_eq!(folder.pipe(flags, hex).clean_text(), "{\"name\":\"\",\"mail\":\"\"}\n");
    let failed = folder.pipe(&format!("{flags} --reader-schema v2/user.avsc"), hex);
    let error = witness["error"].as_str().unwrap();
    let error = error.rsplit_once(" at byte").unwrap().0;
    assert!(failed.fails(1).contains(error), "{error}\n{}", failed.stderr);
}

#[test]
fn schemas_that_cannot_be_used_are_never_compatible() {
    let folder = versions().file("bad.avsc", "{\"type\": \"record\"}").file("empty/readme", "").file("x.proto", "");
    let folder = folder.file("versions/1.avsc", V1).file("versions/2.avsc", V2);
    for arguments in [
        "v2/user.avsc --against bad.avsc",
        "bad.avsc --against v1/user.avsc",
        "v2/user.avsc --against gone.avsc",
        "gone.avsc --against v1/user.avsc",
        "v2 --against empty",
        "v2/user.avsc --against x.proto",
        "v2/user.avsc --against registry:users@3",
        "v2/user.avsc --against v1/user.avsc --rules confluent",
        "v2/user.avsc --against v1/user.avsc --surface air",
        "v2/user.avsc --against versions",
        "- --against -",
    ] {
        for format in ["text", "json"] {
            let done = folder.run(&format!("compat {arguments} --format {format}"));
            assert!(!done.fails(2).is_empty() && done.stdout.is_empty(), "{arguments}");
        }
    }
    let done = folder.run("compat v2/user.avsc --against bad.avsc");
    assert!(done.stderr.contains("bad.avsc: the old schema is not valid"), "{}", done.stderr);
    assert!(done.stderr.contains("avro/missing-attribute"), "{}", done.stderr);
    let done = folder.run("compat v2/user.avsc --against versions");
    assert!(done.stderr.contains("each version is an --against of its own"), "{}", done.stderr);
    let done = folder.run("compat v2/user.avsc --against v1/user.avsc --rules confluent");
    assert!(done.stderr.contains("[possible values: cognate]"), "{}", done.stderr);
    folder.write("other.avsc", r#"{"type": "fixed", "name": "Other", "size": 1}"#);
    assert!(folder.run("compat other.avsc --against v1").fails(2).contains("no type of other.avsc is in v1"));
}

#[test]
fn folders_are_matched_by_full_names() {
    let folder = versions()
        .file("v1/gone.avsc", r#"{"type": "enum", "name": "example.Gone", "symbols": ["A"]}"#)
        .file("v1/old_name.avsc", r#"{"type": "enum", "name": "example.Size", "symbols": ["S", "M"]}"#)
        .file("v2/sub/new_name.avsc", r#"{"type": "enum", "name": "example.Size", "symbols": ["S"]}"#)
        .file(
            "v2/order.avsc",
            r#"{"type": "record", "name": "example.Order", "fields": [{"name": "by", "type": "User"}]}"#,
        );
    let done = folder.run("compat v2 --against v1 --format json");
    assert_eq!(done.status, 1);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let files = json["files"].as_array().unwrap();
    let pairs: Vec<_> =
        files.iter().map(|file| (file["old"].as_str().unwrap(), file["new"].as_str().unwrap())).collect();
    let expected = [("v1/old_name.avsc", "v2/sub/new_name.avsc"), ("v1/user.avsc", "v2/user.avsc")];
    let mut sorted = pairs.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    assert!(done.stderr.contains("v1/gone.avsc: v2 has no such type any more"), "{}", done.stderr);
    // One file of a folder may name the types of another, given with -I.
    folder.write(
        "v3/order.avsc",
        r#"{"type": "record", "name": "example.Order", "fields": [{"name": "by", "type": "User"}]}"#,
    );
    assert_eq!(folder.run("compat v3/order.avsc --against v2/order.avsc").fails(2).matches("error[").count(), 1);
    assert_eq!(folder.run("compat -I v1 v3/order.avsc --against v2/order.avsc").status, 0);
}

#[test]
fn transitive_levels_look_at_all_versions() {
    let folder = versions().file("v3.avsc", V2.replace("\"country\", ", "\"country\", \"doc\": \"x\", "));
    let against = "v3.avsc --against v1/user.avsc --against v2/user.avsc";
    let last = folder.run(&format!("compat {against}"));
    assert_eq!(last.status, 0);
    assert!(last.stderr.contains("looks at the last --against only, v2/user.avsc"), "{}", last.stderr);
    let all = folder.run(&format!("compat {against} --level backward-transitive --format json"));
    assert_eq!(
        (all.status, all.stderr.as_str()),
        (1, "2 schemas compared: 1 not compatible (level backward-transitive)\n")
    );
}

#[test]
fn texts_show_both_schemas() {
    let folder = versions();
    let text = folder.run("compat v2/user.avsc --against v1/user.avsc --witness");
    insta::assert_snapshot!("compat_text", text.text());
    insta::assert_snapshot!("compat_github", folder.run("compat v2 --against v1 --format github").text());
    let sarif: serde_json::Value =
        serde_json::from_slice(&folder.run("compat v2 --against v1 --format sarif").stdout).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"avro/reader-field-without-default".into(), &"error".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 7);
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "v1/user.avsc");
    // What the level does not ask for is no error to people.
    assert!(folder.run("compat v1 --against v2").text().starts_with("warning[avro/reader-field-without-default]"));
}

#[test]
fn the_examples_are_backward_compatible() {
    let folder = examples();
    let done = Folder::new().run(&format!("compat {0}/v2 --against {0}/v1", folder.display()));
    assert_eq!(done.status, 0, "{}", done.text());
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = Folder::new();
    let rules = folder.run("rules").clean_text();
    for id in rules.lines().map(|line| line.split_whitespace().next().unwrap()) {
        assert!(folder.run(&format!("explain {id}")).clean_text().starts_with(id), "{id}");
    }
    assert!(rules.lines().count() > 40, "{rules}");
    assert_eq!(folder.run("rules --compat").clean_text().lines().count(), 47);
    let text = folder.run("explain type-mismatch").clean_text();
    assert!(text.contains("Before:") && text.contains("This change breaks: forward"), "{text}");
    assert!(folder.run("explain nothing").fails(2).contains("there is no rule `nothing`"));
}

#[test]
fn a_version_that_is_not_there_is_told() {
    let folder = Folder::new().file("new.avsc", "\"int\"").file("new.thrift", "struct A {}");
    for new in ["new.avsc", "new.thrift"] {
        let done = folder.run(&format!("compat {new} --against nowhere"));
        assert_eq!(done.fails(2), "error: nowhere: there is no such file or folder\n");
    }
}
