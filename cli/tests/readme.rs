//! The README's commands, run as a reader would run them: each `console` block in turn, in one folder that holds the examples.
//!
//! After a line `$ command` stand the lines that it prints, on standard output and standard error, and `[n]` when it exits
//! with another status than 0.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn every_command_prints_what_the_readme_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root.join("examples/avro"), &folder.path().join("examples/avro"));

    let steps = steps(&readme);
    assert!(steps.len() >= 8, "the README has commands");
    for (command, expected) in steps {
        assert_eq!(run(&command, folder.path()), expected, "$ {command}");
    }
}

/// The commands of all `console` blocks with what they print.
fn steps(readme: &str) -> Vec<(String, String)> {
    let mut steps: Vec<(String, String)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines() {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => {
                    output.push_str(line);
                    output.push('\n');
                }
                (None, None) => panic!("output without a command: {line}"),
            }
        }
    }
    steps
}

fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_cognate")).parent().expect("the folder of the binary");
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", binary.display()))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    let mut text = String::from_utf8(output.stdout).expect("text");
    match output.status.code() {
        Some(0) => {}
        status => text = format!("{text}[{}]\n", status.unwrap_or(-1)),
    }
    text
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the examples") {
        let entry = entry.expect("an example");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
