//! Old versions from git.

use std::path::Path;
use std::process::Command;

use crate::support::Folder;

fn schema(fields: &str) -> String {
    format!(
        "{{\"type\": \"record\", \"name\": \"User\", \"fields\": [\n  {{\"name\": \"a\", \"type\": \"int\"}}{fields}]}}\n"
    )
}

fn git(folder: &Path, arguments: &str) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]);
    let done = command.args(arguments.split_whitespace()).current_dir(folder).output().expect("git is there");
    assert!(done.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A repository whose first commit, tagged `v1`, has the old schemas, and whose files are the new ones.
fn repository() -> Folder {
    let folder = Folder::new()
        .file("schemas/user.avsc", schema(""))
        .file(
            "schemas/order.avsc",
            r#"{"type": "record", "name": "Order", "fields": [{"name": "by", "type": "User"}]}"#,
        )
        .file("schemas/gone.avsc", r#"{"type": "enum", "name": "Gone", "symbols": ["A"]}"#)
        .file("schemas/.hidden/user.avsc", "no schema")
        .file("schemas/notes.txt", "no schema");
    git(&folder.path("."), "init --quiet");
    git(&folder.path("."), "add .");
    git(&folder.path("."), "commit --quiet -m one");
    git(&folder.path("."), "tag v1");
    folder.write("schemas/user.avsc", schema(",\n  {\"name\": \"b\", \"type\": \"int\"}"));
    folder
}

#[test]
fn a_file_is_compared_with_its_former_self() {
    let folder = repository();
    for against in ["git:HEAD", "git:v1", "git:main", "git:HEAD:schemas/user.avsc", "git:HEAD:./schemas/user.avsc"] {
        let done = folder.run(&format!("compat schemas/user.avsc --against {against} --format json"));
        assert_eq!(done.status, 1, "{against}: {}", done.stderr);
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let file = &json["files"][0];
        let revision = against.split(':').nth(1).unwrap();
        assert_eq!(file["old"], format!("git:{revision}:schemas/user.avsc"));
        assert_eq!(file["new"], "schemas/user.avsc");
        let finding = &file["findings"][0];
        assert_eq!(finding["rule"], "avro/reader-field-without-default");
        assert_eq!(finding["old"], serde_json::json!({"path": "/fields", "line": 1, "column": 36}));
    }
    let done = folder.run("compat schemas/user.avsc --against git:v1");
    let text = done.text();
    assert!(text.contains("::: git:v1:schemas/user.avsc:1:36"), "{text}");
}

#[test]
fn folders_and_includes_come_from_the_same_commit() {
    let folder = repository();
    for (new, against) in [("schemas", "git:v1"), ("schemas/", "git:v1:schemas"), (".", "git:v1"), (".", "git:v1:")] {
        let done = folder.run(&format!("compat {new} --against {against}"));
        assert_eq!(done.status, 1, "{new} {against}: {}", done.stderr);
        assert!(done.stderr.contains("3 schemas compared: 2 not compatible"), "{new} {against}: {}", done.stderr);
    }
    let done = folder.run("compat schemas/order.avsc --against git:v1 -I schemas");
    assert!(done.status == 1 && done.text().contains("it has no `b`"), "{} {}", done.text(), done.stderr);
    std::fs::remove_file(folder.path("schemas/gone.avsc")).unwrap();
    let done = folder.run("compat schemas --against git:v1");
    assert!(done.stderr.contains("git:v1:schemas/gone.avsc: schemas has no such type any more"), "{}", done.stderr);
}

#[test]
fn several_commits_are_several_versions() {
    let folder = repository();
    git(&folder.path("."), "commit --quiet -a -m two");
    let against = "compat schemas/user.avsc --against git:v1 --against git:HEAD";
    assert_eq!(folder.run(against).status, 0);
    let all = folder.run(&format!("{against} --level backward-transitive"));
    assert!(all.status == 1 && all.stderr.contains("2 schemas compared: 1 not compatible"), "{}", all.stderr);
}

#[test]
fn folders_below_the_top_and_absolute_paths_find_their_repository() {
    let folder = repository();
    let run = |arguments: &str, within: &str| {
        let done = folder.command(arguments).current_dir(folder.path(within)).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    assert_eq!(run("compat user.avsc --against git:v1", "schemas").0, Some(1));
    assert_eq!(run("compat user.avsc --against git:v1:./user.avsc", "schemas").0, Some(1));
    assert_eq!(run("compat user.avsc --against git:v1:schemas/user.avsc", "schemas").0, Some(1));
    assert_eq!(run("compat user.avsc --against git:v1:../schemas/user.avsc", "schemas").0, Some(1));
    let elsewhere = Folder::new();
    let path = folder.path("schemas/user.avsc");
    assert_eq!(elsewhere.run(&format!("compat {} --against git:v1", path.display())).status, 1);
    assert_eq!(elsewhere.run(&format!("compat {} --against git:v1:schemas/user.avsc", path.display())).status, 1);
    let new = elsewhere.file("new.avsc", schema(""));
    let new = new.path("new.avsc");
    assert_eq!(run(&format!("compat {} --against git:v1:schemas/user.avsc", new.display()), ".").0, Some(0));
}

#[test]
fn what_git_does_not_have_is_told() {
    let folder = repository();
    let faults = [
        ("schemas/user.avsc --against git:nothing", "there is no such revision"),
        ("schemas/user.avsc --against git:", "a revision is"),
        ("schemas/user.avsc --against git:--all", "a revision is"),
        ("schemas/user.avsc --against git:-x:schemas/user.avsc", "a revision is"),
        ("schemas/user.avsc --against git:v1:schemas/no.avsc", "no such file or folder in this revision"),
        ("schemas/user.avsc --against git:v1:schemas/*", "no such file or folder in this revision"),
        ("schemas/user.avsc --against git:v1:../x", "the path leads out of the repository"),
        ("schemas/user.avsc --against git:v1:schemas/notes.txt", "schema language is not told"),
        ("schemas/user.avsc --against git:v1:schemas/.hidden/user.avsc", "the old schema is not valid"),
        ("- --against git:v1", "a path is needed"),
    ];
    for (arguments, fault) in faults {
        let done = folder.run(&format!("compat {arguments}"));
        assert!(done.fails(2).contains(fault), "{arguments}: {}", done.stderr);
    }
    let mut command = folder.command("compat schemas/user.avsc --against git:v1");
    let done = command.env("PATH", folder.path("schemas")).output().unwrap();
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() == Some(2) && error.contains("git cannot be run"), "{error}");
}

#[test]
fn where_no_such_version_is_there_is_something_to_do() {
    let outside = Folder::new().file("user.avsc", schema(""));
    for against in ["git:v1", "git:v1:user.avsc"] {
        let done = outside.run(&format!("compat user.avsc --against {against}"));
        let expected = format!("error: {against}: the current folder is in no repository of git");
        assert!(done.fails(2).starts_with(&expected), "{}", done.stderr);
    }
    let folder = repository();
    let missing = folder.run("compat schemas/user.avsc --against git:v9");
    assert!(missing.fails(2).contains("git:v9: there is no such revision in"), "{}", missing.stderr);
    assert!(missing.stderr.contains("`git tag`"), "{}", missing.stderr);
    git(&folder.path("."), "commit --quiet --all -m two");
    let url = format!("file://{}", folder.path(".").canonicalize().unwrap().display());
    git(&folder.path("."), &format!("clone --quiet --depth 1 {url} shallow"));
    let shallow =
        folder.command("compat schemas/user.avsc --against git:HEAD~1").current_dir(folder.path("shallow")).output();
    let text = String::from_utf8(shallow.unwrap().stderr).unwrap();
    assert!(text.contains("a shallow clone") && text.contains("git fetch --unshallow"), "{text}");
}
