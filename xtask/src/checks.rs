//! `cargo xtask test`: everything the project checks.

use std::process::{Command, ExitCode};

use crate::Workspace;
use crate::peers::{self, Peer};
use crate::process::{Cargo, works};
use crate::report::{Outcome, Report};

/// Runs every check in order and prints the summary.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    let mut report = Report::new();

    if works(&mut Cargo::new(workspace, "fmt").args(&["--version"]).into_command()) {
        report.command("format", Cargo::new(workspace, "fmt").args(&["--all", "--check"]).into_command());
    } else {
        report.step("format", || Outcome::Skipped("rustfmt is not installed".to_owned()));
    }
    if works(&mut Cargo::new(workspace, "clippy").args(&["--version"]).into_command()) {
        let clippy = ["--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
        report.command("lints", Cargo::new(workspace, "clippy").args(&clippy).into_command());
    } else {
        report.step("lints", || Outcome::Skipped("clippy is not installed".to_owned()));
    }

    // The judges come before the tests that ask them.
    for peer in Peer::ALL {
        peers::install(workspace, peer, &mut report);
    }
    report.command("tests", Cargo::new(workspace, "test").args(&["--workspace", "--all-features"]).into_command());
    let bare = ["-p", "cognate-codec", "--no-default-features", "--features"];
    for (step, features) in [("codec without std", "avro"), ("codec without features", "")] {
        report.command(step, Cargo::new(workspace, "check").args(&bare).args(&[features]).into_command());
    }
    let docs = Cargo::new(workspace, "doc").args(&["--workspace", "--no-deps", "--all-features", "--lib"]);
    report.command("documentation", docs.env("RUSTDOCFLAGS", "-D warnings").into_command());

    for script in SCRIPTS {
        scripted(workspace, script, &mut report);
    }
    report.finish()
}

/// A script that writes committed data with the peers' help, and with `--check` compares instead.
struct Script {
    step: &'static str,
    path: &'static str,
}

const SCRIPTS: &[Script] = &[
    Script { step: "golden vectors of Avro up to date", path: "compat-tests/golden/make_avro.py" },
    Script { step: "golden vectors of Thrift up to date", path: "compat-tests/golden/make_thrift.py" },
    Script { step: "example data up to date", path: "examples/avro/make_data.py" },
];

fn scripted(workspace: &Workspace, script: &Script, report: &mut Report) {
    let python = workspace.peers.join("bin").join("python");
    if !python.is_file() {
        report.step(script.step, || {
            let reason = "the Python judges are not installed";
            if workspace.ci {
                eprintln!("error: {reason}");
                return Outcome::Failed(ExitCode::FAILURE);
            }
            Outcome::Skipped(reason.to_owned())
        });
        return;
    }
    let mut command = Command::new(python);
    command.arg(workspace.root.join(script.path)).arg("--check");
    command.env("COGNATE_PEERS", &workspace.peers).current_dir(&workspace.root);
    report.command(script.step, command);
}
