//! Starting other programs.

use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::Workspace;

/// A cargo command in the workspace, with the environment that tests rely on.
pub(crate) struct Cargo(Command);

impl Cargo {
    pub(crate) fn new(workspace: &Workspace, subcommand: &str) -> Self {
        // The toolchain that runs xtask, not whatever `cargo` stands first on the path.
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.arg(subcommand).current_dir(&workspace.root);
        command.env("COGNATE_PEERS", &workspace.peers);
        if workspace.ci {
            command.env("CI", "true");
        }
        Self(command)
    }

    pub(crate) fn args(mut self, arguments: &[&str]) -> Self {
        self.0.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    pub(crate) fn into_command(self) -> Command {
        self.0
    }
}

/// Runs to the end with output shown; anything but success is an error naming the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = describe(command);
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// As [`run`], three times at most, with pauses: for commands that fetch from the network.
pub(crate) fn run_with_retries(command: &mut Command) -> Result<()> {
    for pause in [2, 8] {
        match run(command) {
            Ok(()) => return Ok(()),
            Err(error) => eprintln!("{error:#}; once more in {pause} s"),
        }
        thread::sleep(Duration::from_secs(pause));
    }
    run(command)
}

/// Whether the command can be started and ends well; its output is not shown.
pub(crate) fn works(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs system packages where that is possible without asking anyone: as root on a Debian-like machine.
pub(crate) fn install_packages(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let root = std::fs::metadata("/proc/self").is_ok_and(|own| is_owned_by_root(&own));
    if !root || !works(Command::new("apt-get").arg("--version")) {
        bail!("install {names} (not done here: that takes root and apt-get)");
    }
    eprintln!("installing {names}");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        command
    };
    run_with_retries(apt().arg("update"))?;
    run_with_retries(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

/// The status as our own exit code; a death by signal counts as 1.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    match status.code() {
        Some(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        None => ExitCode::FAILURE,
    }
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut line = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

#[cfg(unix)]
fn is_owned_by_root(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.uid() == 0
}

#[cfg(not(unix))]
fn is_owned_by_root(_metadata: &std::fs::Metadata) -> bool {
    false
}
