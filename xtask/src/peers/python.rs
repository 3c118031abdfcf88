//! The Python judges: a virtual environment with pinned packages, or a plain package folder where there is no `venv`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{is_current, remove_folder, swap_in, write_launcher};
use crate::Workspace;
use crate::process::{install_packages, run, run_with_retries, works};

/// Part of the stamp: raise it when the way of installing changes.
const RECIPE: &str = "python recipe 2\n";

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let requirements = workspace.root.join("compat-tests").join("judges").join("requirements.txt");
    let pins = fs::read_to_string(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let place = workspace.peers.join("python");
    let stamp = place.join("stamp");
    let ingredients = format!("{RECIPE}{pins}");
    let launched = || {
        works(
            Command::new(workspace.peers.join("bin").join("python"))
                .args(["-c", "import fastavro, avro, thrift, pyarrow"]),
        )
    };
    if is_current(&stamp, &ingredients) && launched() {
        return Ok(());
    }

    if !works(Command::new("python3").arg("--version")) {
        install_packages(&["python3", "python3-venv"])?;
    }
    let fresh = workspace.peers.join("python.new");
    remove_folder(&fresh)?;
    fs::create_dir_all(&workspace.peers).with_context(|| format!("cannot create {}", workspace.peers.display()))?;
    if make_environment(&fresh) {
        run_with_retries(&mut pip(&fresh.join("bin").join("python"), &requirements))?;
        swap_in(&fresh, &place)?;
        write_launcher(&workspace.peers, "python", "exec \"$here/python/bin/python\" -B \"$@\"")?;
    } else {
        remove_folder(&fresh)?;
        run_with_retries(pip(Path::new("python3"), &requirements).arg("--target").arg(&fresh))?;
        swap_in(&fresh, &place)?;
        write_launcher(&workspace.peers, "python", "PYTHONPATH=\"$here/python\" exec python3 -B \"$@\"")?;
    }
    fs::write(&stamp, ingredients).context("cannot write the stamp")
}

/// Debian splits `venv` off into a package of its own, and says so only when an environment is made.
fn make_environment(folder: &Path) -> bool {
    let make = || works(Command::new("python3").args(["-m", "venv"]).arg(folder));
    if make() {
        return true;
    }
    if let Err(error) = install_packages(&["python3-venv"]) {
        eprintln!("no virtual environment: {error:#}");
        return false;
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder)).is_ok()
}

fn pip(python: &Path, requirements: &Path) -> Command {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2", "-r"]);
    command.arg(requirements);
    command
}
