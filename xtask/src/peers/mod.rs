//! `cargo xtask peers`: the implementations that judge ours, installed under one folder.
//!
//! ```text
//! bin/python   a Python that imports the packages of compat-tests/judges/requirements.txt
//! bin/java     a Java with the judge's classes and their libraries on its class path
//! bin/node     a Node that finds the packages of compat-tests/judges/npm
//! rust/thrift-judge   the program of compat-tests/judges/rust
//! ```
//!
//! Each peer leaves a stamp with all that it was made from, so that a second run has nothing to do.

mod java;
mod node;
mod python;
mod rust;

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::Workspace;
use crate::report::{Outcome, Report};

/// One family of outside judges.
#[derive(Clone, Copy)]
pub(crate) enum Peer {
    Python,
    Java,
    Node,
    Rust,
}

impl Peer {
    pub(crate) const ALL: [Self; 4] = [Self::Python, Self::Java, Self::Node, Self::Rust];

    fn step(self) -> &'static str {
        match self {
            Self::Python => "Python judges",
            Self::Java => "Java judges",
            Self::Node => "Node judge",
            Self::Rust => "Rust judge",
        }
    }
}

/// Installs all peers and reports.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    let mut report = Report::new();
    for peer in Peer::ALL {
        install(workspace, peer, &mut report);
    }
    report.finish()
}

/// Installs one peer as a step. Where it cannot be had, that is a failure in CI and skipped aloud elsewhere.
pub(crate) fn install(workspace: &Workspace, peer: Peer, report: &mut Report) {
    report.step(peer.step(), || {
        let installed = match peer {
            Peer::Python => python::install(workspace),
            Peer::Java => java::install(workspace),
            Peer::Node => node::install(workspace),
            Peer::Rust => rust::install(workspace),
        };
        match installed {
            Ok(()) => Outcome::Passed,
            Err(error) if workspace.ci || error.is::<OurFault>() => {
                eprintln!("error: {error:#}");
                Outcome::Failed(ExitCode::FAILURE)
            }
            Err(error) => Outcome::Skipped(format!("{error:#}")),
        }
    });
}

/// Marks an error as a fault of the project's own sources: a failure everywhere, not a judge that cannot be had.
#[derive(Debug)]
struct OurFault;

impl fmt::Display for OurFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("our own part of the judge does not build")
    }
}

/// Whether the stamp says that what is installed was made from exactly these ingredients.
fn is_current(stamp: &Path, ingredients: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == ingredients)
}

/// The files of a folder with an extension, in a lasting order; none at all is an error.
fn sources(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.extension() == Some(OsStr::new(extension)) {
            sources.push(path);
        }
    }
    if sources.is_empty() {
        bail!("{} has no sources", folder.display());
    }
    sources.sort();
    Ok(sources)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Replaces a folder by a finished one, so that an interrupted installation never looks complete.
fn swap_in(finished: &Path, place: &Path) -> Result<()> {
    remove_folder(place)?;
    fs::rename(finished, place).with_context(|| format!("cannot move the installation to {}", place.display()))
}

fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes an executable shell script `bin/NAME`; `$here` in it is the folder of the peers.
fn write_launcher(peers: &Path, name: &str, body: &str) -> Result<()> {
    let bin = peers.join("bin");
    fs::create_dir_all(&bin).with_context(|| format!("cannot create {}", bin.display()))?;
    let path = bin.join(name);
    let script = format!("#!/bin/sh\nhere=$(dirname \"$0\")/..\n{body}\n");
    fs::write(&path, script).with_context(|| format!("cannot write {}", path.display()))?;
    make_executable(&path)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} executable", path.display()))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> Result<()> {
    anyhow::bail!("the judges are started by shell scripts, which this system does not run")
}
