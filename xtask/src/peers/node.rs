//! The judge that runs in Node: packages by npm, in the versions of the lock file.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::{is_current, read, remove_folder, swap_in, write_launcher};
use crate::Workspace;
use crate::process::{install_packages, run_with_retries, works};

/// Part of the stamp: raise it when the way of installing changes.
const RECIPE: &str = "node recipe 1\n";

const FILES: [&str; 2] = ["package.json", "package-lock.json"];

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let judge = workspace.root.join("compat-tests").join("judges").join("npm");
    let mut ingredients = RECIPE.to_owned();
    for file in FILES {
        ingredients += &read(&judge.join(file))?;
    }
    let place = workspace.peers.join("npm");
    let launched = || works(Command::new(workspace.peers.join("bin").join("node")).args(["-e", "require('thrift')"]));
    if is_current(&place.join("stamp"), &ingredients) && launched() {
        return Ok(());
    }

    if !works(Command::new("node").arg("--version")) || !works(Command::new("npm").arg("--version")) {
        install_packages(&["nodejs", "npm"])?;
    }
    let fresh = workspace.peers.join("npm.new");
    remove_folder(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("cannot create {}", fresh.display()))?;
    for file in FILES {
        fs::copy(judge.join(file), fresh.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]).current_dir(&fresh);
    run_with_retries(&mut npm)?;
    fs::write(fresh.join("stamp"), &ingredients).context("cannot write the stamp")?;
    swap_in(&fresh, &place)?;
    write_launcher(&workspace.peers, "node", "NODE_PATH=\"$here/npm/node_modules\" exec node \"$@\"")?;
    if !launched() {
        bail!("the packages do not load in this version of Node");
    }
    Ok(())
}
