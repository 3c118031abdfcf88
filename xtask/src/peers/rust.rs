//! The judge in Rust: a package of its own, so that what it depends on stays out of the workspace.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{OurFault, is_current, read, remove_folder, sources, swap_in};
use crate::Workspace;
use crate::process::{run, run_with_retries, works};

/// Part of the stamp: raise it when the way of installing changes.
const RECIPE: &str = "rust recipe 1\n";

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let judge = workspace.root.join("compat-tests").join("judges").join("rust");
    let mut ingredients = format!("{RECIPE}{}{}", read(&judge.join("Cargo.toml"))?, read(&judge.join("Cargo.lock"))?);
    for source in sources(&judge.join("src"), "rs")? {
        ingredients += &read(&source)?;
    }
    let place = workspace.peers.join("rust");
    let program = place.join("thrift-judge");
    // A program that reads no request ends at once.
    if is_current(&place.join("stamp"), &ingredients) && works(&mut Command::new(&program)) {
        return Ok(());
    }

    let (build, fresh) = (workspace.peers.join("rust.build"), workspace.peers.join("rust.new"));
    remove_folder(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("cannot create {}", fresh.display()))?;
    run_with_retries(cargo(&judge, "fetch").arg("--locked"))?;
    let mut building = cargo(&judge, "build");
    building.args(["--release", "--locked", "--offline", "--quiet", "--target-dir"]).arg(&build);
    run(&mut building).context(OurFault)?;
    fs::copy(build.join("release").join("thrift-judge"), fresh.join("thrift-judge"))
        .context("cannot copy the judge")?;
    fs::write(fresh.join("stamp"), &ingredients).context("cannot write the stamp")?;
    swap_in(&fresh, &place)?;
    remove_folder(&build)
}

fn cargo(judge: &Path, subcommand: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(subcommand).current_dir(judge);
    command
}
