//! `compat` and `resolve` for Thrift files.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::Folder;

const BASE: &str = "enum Color { RED = 1, BLUE = 2 }\nexception Lost { 1: string why }\n";
const V1: &str = "include \"base.thrift\"
struct User {
  1: required string name
  2: i32 age
  3: optional base.Color color
}
service Users {
  User find(1: string name)
}
";
const V2: &str = "include \"base.thrift\"
struct User {
  1: required string full_name
  2: i64 age
  3: optional base.Color color
  4: required bool active
}
service Users {
  User find(1: string name) throws (1: base.Lost lost)
}
";

fn versions() -> Folder {
    Folder::new()
        .file("v1/api/user.thrift", V1)
        .file("v1/api/base.thrift", BASE)
        .file("v2/api/user.thrift", V2)
        .file("v2/api/base.thrift", BASE)
}

fn findings(folder: &Folder, arguments: &str) -> Value {
    let done = folder.run(&format!("compat {arguments} --format json"));
    assert!(done.status < 2, "{}", done.stderr);
    let json: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json["compatible"], done.status == 0);
    json
}

/// `rule directions old-path line new-path line` of each finding of a file.
fn told(file: &Value) -> Vec<String> {
    let place = |place: &Value| format!("{}:{}", place["path"].as_str().unwrap(), place["line"]);
    let line = |finding: &Value| {
        let breaks: Vec<_> = finding["breaks"].as_array().unwrap().iter().map(|way| way.as_str().unwrap()).collect();
        let rule = finding["rule"].as_str().unwrap().strip_prefix("thrift/").unwrap();
        format!("{rule} {} {} {}", breaks.join("+"), place(&finding["old"]), place(&finding["new"]))
    };
    let mut lines: Vec<_> = file["findings"].as_array().unwrap().iter().map(line).collect();
    lines.sort();
    lines
}

const EXPECTED: [&str; 3] = [
    "missing-required-field backward /structs/User:2 /structs/User/fields/4:6",
    "type-mismatch backward+forward /structs/User/fields/2/type:4 /structs/User/fields/2/type:4",
    "undeclared-exception forward /services/Users/functions/find:8 /services/Users/functions/find/throws/1:9",
];

#[test]
fn files_and_folders_are_compared() {
    let folder = versions();
    let json = findings(&folder, "v2/api/user.thrift --against v1/api/user.thrift");
    assert_eq!(json["files"][0]["language"], "thrift");
    assert_eq!(told(&json["files"][0]), EXPECTED);
    let json = findings(&folder, "v2 --against v1 --level forward");
    let files = json["files"].as_array().unwrap();
    let pairs: Vec<_> = files.iter().map(|file| (&file["old"], &file["new"], file["compatible"].as_bool())).collect();
    assert_eq!(pairs[0], (&json!("v1/api/base.thrift"), &json!("v2/api/base.thrift"), Some(true)));
    assert_eq!(pairs[1], (&json!("v1/api/user.thrift"), &json!("v2/api/user.thrift"), Some(false)));
    assert_eq!(told(&files[1]), EXPECTED);
    // A file of a folder is found by its name; one that is gone is told.
    let json = findings(&folder, "v2/api/user.thrift --against v1");
    assert_eq!(told(&json["files"][0]), EXPECTED);
    folder.write("v1/gone.thrift", "struct Gone {}");
    let done = folder.run("compat v2 --against v1");
    assert!(done.stderr.contains("v1/gone.thrift: v2 has no such file any more"), "{}", done.stderr);
    folder.write("other.thrift", "struct Other {}");
    assert!(folder.run("compat other.thrift --against v1").fails(2).contains("no file of other.thrift is in v1"));
}

#[test]
fn includes_are_found_in_given_folders() {
    let folder = versions().file("old.thrift", V1).file("new.thrift", V2);
    assert!(folder.run("compat new.thrift --against old.thrift").fails(2).contains("the new schema is not valid"));
    let json = findings(&folder, "-I v1/api new.thrift --against old.thrift");
    assert_eq!(told(&json["files"][0]), EXPECTED);
}

#[test]
fn findings_in_included_files_name_those() {
    let folder = versions();
    let changed = "enum Color { RED = 1, BLUE = 2 }\n\nexception Lost { 1: i32 why }\n";
    folder.write("v1/api/user.thrift", V2);
    folder.write("v2/api/base.thrift", changed);
    let against = "v2/api/user.thrift --against v1/api/user.thrift";
    let json = findings(&folder, against);
    let finding = &json["files"][0]["findings"][0];
    assert_eq!(finding["old"]["file"], "v1/api/base.thrift");
    let new =
        json!({"file": "v2/api/base.thrift", "path": "/exceptions/base.Lost/fields/1/type", "line": 3, "column": 21});
    assert_eq!(finding["new"], new);
    let github = folder.run(&format!("compat {against} --format github"));
    assert!(github.text().starts_with("::error file=v2/api/base.thrift,line=3,"), "{}", github.text());
    let gitlab = folder.run(&format!("compat {against} --format gitlab"));
    assert!(gitlab.text().contains(r#""path": "v2/api/base.thrift""#), "{}", gitlab.text());
}

#[test]
fn what_readers_are_taken_for_is_a_choice() {
    let folder = versions();
    let against = "v2/api/user.thrift --against v1/api/user.thrift";
    let json = findings(&folder, &format!("{against} --required ignored"));
    assert_eq!(told(&json["files"][0]), EXPECTED[1..]);
    let (old, new) = ("enum E { A }\nstruct R { 1: E e }", "enum E { A, B }\nstruct R { 1: E e }");
    folder.write("old.thrift", old);
    folder.write("new.thrift", new);
    let open = findings(&folder, "new.thrift --against old.thrift --level full");
    assert_eq!(open["files"][0]["findings"][0]["severity"], "warning");
    assert_eq!(open["compatible"], true);
    let closed = findings(&folder, "new.thrift --against old.thrift --level full --enums closed --witness");
    let finding = &closed["files"][0]["findings"][0];
    assert_eq!((&finding["severity"], &finding["breaks"]), (&json!("error"), &json!(["forward"])));
    assert_eq!(finding["witnesses"][0]["error"], "the enum `E` has no value with the number 1");
    assert_eq!(closed["compatible"], false);
}

#[test]
fn witnesses_do_in_decode_what_they_say() {
    let folder = versions();
    let json = findings(&folder, "v2/api/user.thrift --against v1/api/user.thrift --witness");
    let (mut fail, mut change) = (0, 0);
    for finding in json["files"][0]["findings"].as_array().unwrap() {
        for witness in finding["witnesses"].as_array().unwrap() {
            let (writer, reader) = match witness["direction"].as_str().unwrap() {
                "backward" => ("v1", "v2"),
                _ => ("v2", "v1"),
            };
            assert_eq!(witness["protocol"], "binary");
            let ty = witness["type"].as_str().unwrap();
            if ty != "User" {
                // The answer to a call is no type of the file.
                assert_eq!((ty, &witness["reads"]), ("Users.find_result", &json!({"@unknown": {"1": {"struct": {}}}})));
                continue;
            }
            let decode = |version| {
                let flags = format!("decode --schema {version}/api/user.thrift --type {ty} --hex -");
                folder.pipe(&flags, witness["hex"].as_str().unwrap())
            };
            let written: Value = serde_json::from_slice(&decode(writer).clean()).unwrap();
            assert_eq!(written, witness["value"]);
            let read = decode(reader);
            if let Some(error) = witness["error"].as_str() {
                fail += 1;
                let error = error.rsplit_once(" at byte").unwrap().0;
                assert!(read.fails(1).contains(error), "{error}\n{}", read.stderr);
            } else {
                change += 1;
                assert_eq!(serde_json::from_slice::<Value>(&read.clean()).unwrap(), witness["reads"]);
            }
        }
    }
    assert_eq!((fail, change), (2, 1));
}

#[test]
fn an_id_that_is_used_again_is_found_in_the_versions_given() {
    let folder = Folder::new()
        .file("v1.thrift", "struct R { 1: string a, 2: string mail }")
        .file("v2.thrift", "struct R { 1: string a /* 2 */ }")
        .file("v3.thrift", "struct R { 1: string a, 2: string phone }");
    let expected = "reused-id backward+forward /structs/R/fields/2:1 /structs/R/fields/2:1";
    for level in ["backward", "full", "full-transitive"] {
        let json =
            findings(&folder, &format!("v3.thrift --against v1.thrift --against v2.thrift --level {level} --witness"));
        assert_eq!(
            (&json["compatible"], told(&json["files"][0])),
            (&json!(false), vec![expected.to_owned()]),
            "{level}"
        );
        let witness = &json["files"][0]["findings"][0]["witnesses"][0];
        assert_eq!((&witness["value"], &witness["reads"]), (&json!({"mail": ""}), &json!({"phone": ""})));
    }
    assert_eq!(folder.run("compat v3.thrift --against v2.thrift --level full").status, 0);
    assert_eq!(folder.run("compat v3.thrift --against v1.thrift --level full").status, 0);
}

#[test]
fn what_is_used_again_is_found_in_includes_messages_and_enums() {
    let main = "include \"b.thrift\"\nservice V { b.T f(1: i32 a, 2: b.E e) throws (1: b.X x, 2: b.X y) }\n";
    let without = "include \"b.thrift\"\nservice V { b.T f(1: i32 a) throws (1: b.X x) }\n";
    let other = "include \"b.thrift\"\nservice V { b.T f(1: i32 a, 2: b.E f) throws (1: b.X x, 2: b.Z z) }\n";
    let base = |fields: &str, values: &str| {
        format!("exception X {{}}\nexception Z {{}}\nenum E {{ A = 1{values} }}\nstruct T {{ 1: E e{fields} }}\n")
    };
    let folder = Folder::new()
        .file("v1/m.thrift", main)
        .file("v1/b.thrift", base(", 2: string old", ", B = 2"))
        .file("v2/m.thrift", without)
        .file("v2/b.thrift", base("", ""))
        .file("v3/m.thrift", other)
        .file("v3/b.thrift", base(", 2: string fresh", ", C = 2"));
    let expected = [
        "reused-id backward+forward /services/V/functions/f/arguments/2:2 /services/V/functions/f/arguments/2:2",
        "reused-id backward+forward /services/V/functions/f/throws/2:2 /services/V/functions/f/throws/2:2",
        "reused-id backward+forward /structs/b.T/fields/2:4 /structs/b.T/fields/2:4",
        "reused-number backward+forward /enums/b.E/values/B:3 /enums/b.E/values/C:3",
    ];
    let reused = |arguments: &str, file: usize| {
        let mut told = told(&findings(&folder, arguments)["files"][file]);
        told.retain(|line| line.starts_with("reused"));
        told
    };
    assert_eq!(reused("v3/m.thrift --against v1/m.thrift --against v2/m.thrift", 0), expected);
    assert_eq!(reused("v3 --against v1 --against v2", 1), expected);
    // The same of versions in git, where the file is in one place.
    let run = |arguments: &str| git(&folder.path("."), arguments);
    run("init --quiet");
    for version in ["v1", "v2", "v3"] {
        for file in ["m.thrift", "b.thrift"] {
            folder.write(&format!("now/{file}"), folder.read(&format!("{version}/{file}")));
        }
        if version != "v3" {
            run("add now");
            run("commit --quiet -m next");
            run(&format!("tag {version}"));
        }
    }
    assert_eq!(reused("now/m.thrift --against git:v1 --against git:v2", 0), expected);
    // What is taken for what.
    let json =
        findings(&folder, "v3/m.thrift --against v1/m.thrift --against v2/m.thrift --witness --level full-transitive");
    let all = json["files"].as_array().unwrap().iter().flat_map(|file| file["findings"].as_array().unwrap());
    let number = all.clone().find(|finding| finding["rule"] == "thrift/reused-number").unwrap();
    let shown: Vec<_> = number["witnesses"].as_array().unwrap().iter().map(|it| (&it["value"], &it["reads"])).collect();
    assert_eq!(shown, [(&json!({"e": "B"}), &json!({"e": "C"})), (&json!({"e": "C"}), &json!({"e": "B"}))]);
}

#[test]
fn other_surfaces_are_about_names_and_generated_types() {
    let folder = Folder::new()
        .file("old.thrift", "struct R { 1: string a, 2: i32 b, 3: list<i32> c }\nservice S { void f(1: i32 x) }")
        .file("new.thrift", "struct R { 1: string z, 2: i64 b, 3: set<i32> c }\nservice S { void f(1: i32 y) }");
    let of = |surface: &str| {
        told(&findings(&folder, &format!("new.thrift --against old.thrift --surface {surface}"))["files"][0])
    };
    assert_eq!(
        of("json"),
        [
            "json-renamed-field backward+forward /structs/R/fields/1:1 /structs/R/fields/1:1",
            "json-type-mismatch forward /structs/R/fields/2:1 /structs/R/fields/2:1",
        ]
    );
    assert_eq!(
        of("source"),
        [
            "source-changed-fields backward+forward /structs/R/fields/1:1 /structs/R:1",
            "source-changed-fields backward+forward /structs/R:1 /structs/R/fields/1:1",
            "source-changed-method backward+forward /services/S/functions/f:2 /services/S/functions/f:2",
            "source-changed-type backward+forward /structs/R/fields/2:1 /structs/R/fields/2:1",
            "source-changed-type backward+forward /structs/R/fields/3:1 /structs/R/fields/3:1",
        ]
    );
}

#[test]
fn schemas_that_cannot_be_used_are_never_compatible() {
    let folder = versions().file("bad.thrift", "struct R { 1: Nothing a }").file("user.avsc", "\"int\"");
    for arguments in [
        "v2/api/user.thrift --against bad.thrift",
        "bad.thrift --against v1/api/user.thrift",
        "v2/api/user.thrift --against gone.thrift",
        "v2/api/user.thrift --against user.avsc",
        "user.avsc --against v2/api/user.thrift",
    ] {
        let done = folder.run(&format!("compat {arguments}"));
        assert!(!done.fails(2).is_empty() && done.stdout.is_empty(), "{arguments}");
    }
}

fn git(folder: &Path, arguments: &str) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]);
    let done = command.args(arguments.split_whitespace()).current_dir(folder).output().expect("git is there");
    assert!(done.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn versions_in_git_have_their_own_includes() {
    let folder = Folder::new().file("api/user.thrift", V1).file("api/base.thrift", BASE);
    folder.write("top.thrift", "include \"api/base.thrift\"\nstruct Top { 1: base.Color color }");
    folder.write("far.thrift", "include \"base.thrift\"\nstruct Far { 1: base.Color color }");
    git(&folder.path("."), "init --quiet");
    git(&folder.path("."), "add .");
    git(&folder.path("."), "commit --quiet -m one");
    folder.write("api/base.thrift", "enum Color { RED = 1, BLUE = 3 }\n");
    for new in ["api/user.thrift", "top.thrift", "-I api far.thrift"] {
        let json = findings(&folder, &format!("{new} --against git:HEAD"));
        let renumbered =
            "renumbered-value backward+forward /enums/base.Color/values/BLUE:1 /enums/base.Color/values/BLUE:1";
        assert_eq!(told(&json["files"][0]), [renumbered], "{new}");
    }
    let json = findings(&folder, "api --against git:HEAD");
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
    assert_eq!(json["files"][0]["old"], "git:HEAD:api/base.thrift");
}

#[test]
fn every_field_has_its_fate() {
    let folder = versions();
    let resolve = "resolve --writer v1/api/user.thrift --reader v2/api/user.thrift --type User";
    let done = folder.run(resolve);
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("thrift_resolve", done.text());
    let json: Value = serde_json::from_slice(&folder.run(&format!("{resolve} --format json")).stdout).unwrap();
    let fates: Vec<_> = json["fields"].as_array().unwrap().iter().map(|row| (&row["path"], &row["fate"])).collect();
    let expected = [("", "convert"), ("full_name", "alias"), ("age", "drop"), ("color", "copy"), ("active", "fault")];
    assert_eq!(
        fates,
        expected.map(|(path, fate)| (json!(path), json!(fate))).iter().map(|(a, b)| (a, b)).collect::<Vec<_>>()
    );
    assert_eq!(
        json["fields"][2]["writer"],
        json!({"type": "i32", "path": "/structs/User/fields/2", "line": 4, "column": 3})
    );
    assert!(
        folder
            .run("resolve --writer v1/api/user.thrift --reader v2/api/user.thrift --type No")
            .fails(2)
            .contains("User")
    );
}
