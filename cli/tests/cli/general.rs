use std::process::Stdio;

use crate::support::Folder;

#[test]
fn help_and_version_are_results() {
    let folder = Folder::new();
    let help = folder.run("--help").clean_text();
    for command in ["validate", "compile", "decode", "encode", "canon", "fingerprint", "sample", "completions"] {
        assert!(help.contains(command), "{command}");
        let help = folder.run(&format!("{command} --help")).clean_text();
        assert!(help.contains("Examples:"), "{command}");
    }
    assert!(folder.run("--version").clean_text().starts_with("cognate "));
    folder.run("").fails(2);
    assert!(folder.run("nonsense").fails(2).contains("unrecognized subcommand"));
}

#[test]
fn completions_are_for_every_shell() {
    let folder = Folder::new();
    for (shell, mark) in [("bash", "_cognate()"), ("zsh", "#compdef cognate"), ("fish", "complete -c cognate")] {
        let script = folder.run(&format!("completions {shell}")).clean_text();
        assert!(script.contains(mark) && script.contains("fingerprint"), "{shell}");
    }
    folder.run("completions tcsh").fails(2);
}

/// The reader takes a line and goes away, long before the command is done.
#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::with_users();
    for arguments in [
        "sample --schema user.avsc --count 1000000",
        "sample --schema user.avsc --count 1000000 --framing ocf",
        "sample --schema user.avsc --count 1000000 --framing raw --hex",
    ] {
        let mut command = folder.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        std::io::Read::read_exact(&mut stdout, &mut [0; 100]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), [].as_slice()), "{arguments}");
    }
    folder.run("sample --schema user.avsc --count 20000 --out users.avro").clean();
    let mut child = folder.command("decode users.avro").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), [].as_slice()));
}
