//! What a change breaks beside binary data.

use crate::support::Folder;

fn versions() -> Folder {
    Folder::new()
        .file("v1.avsc", r#"{"type": "record", "name": "User", "fields": [{"name": "mail", "type": "string"}]}"#)
        .file(
            "v2.avsc",
            r#"{"type": "record", "name": "User", "fields": [{"name": "email", "aliases": ["mail"], "type": "string"}]}"#,
        )
}

#[test]
fn surfaces_are_looked_at_when_they_are_asked_for() {
    let folder = versions();
    let findings = |flags: &str| {
        let done = folder.run(&format!("compat v2.avsc --against v1.avsc --format json {flags}"));
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let line = |finding: &serde_json::Value| {
            let rule = finding["rule"].as_str().unwrap().strip_prefix("avro/").unwrap();
            format!("{rule} {} {}", finding["surfaces"], finding["breaks"])
        };
        let findings: Vec<_> = json["files"][0]["findings"].as_array().unwrap().iter().map(line).collect();
        (done.status, findings)
    };
    let wire = r#"reader-field-without-default ["wire"] ["forward"]"#.to_owned();
    let json = r#"json-renamed-key ["json"] ["backward"]"#.to_owned();
    let source = r#"source-changed-fields ["source"] ["backward","forward"]"#.to_owned();
    assert_eq!(findings(""), (0, vec![wire.clone()]));
    assert_eq!(findings("--surface wire"), (0, vec![wire.clone()]));
    let both = wire.replace("[\"wire\"]", "[\"json\"]");
    assert_eq!(findings("--surface json"), (1, vec![both.clone(), json.clone()]));
    assert_eq!(findings("--surface source"), (1, vec![source.clone()]));
    let both = wire.replace("[\"wire\"]", "[\"wire\",\"json\"]");
    assert_eq!(findings("--surface json --surface source --surface wire"), (1, vec![both, json, source]));
}

#[test]
fn the_text_names_the_surface() {
    let done = versions().run("compat v2.avsc --against v1.avsc --surface json");
    let text = done.text();
    assert!(text.contains("error[avro/json-renamed-key]"), "{text}");
    assert!(text.contains("= note: breaks backward compatibility (json)"), "{text}");
}
