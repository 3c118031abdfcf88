//! Project tasks: `cargo xtask test | peers | bench | ci`.
//!
//! Exit status: 0 when everything passed, the status of the first failing step otherwise, 2 for wrong usage.

mod checks;
mod peers;
mod process;
mod report;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::process::Cargo;

const USAGE: &str = "\
usage: cargo xtask <task>

  test           everything the project checks; missing outside judges are skipped aloud
  ci             the same with CI=true: a missing outside judge is a failure
  peers          install the outside judges into target/peers (or $COGNATE_PEERS)
  bench [NAME [FILTER]]
                 run the benchmarks side by side with the peers; NAME selects one of them (avro, protobuf, thrift,
                 container, resolve), FILTER a part of it ('big/decode'); BENCH_QUICK=1 takes a quarter of the time
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["test"] => Workspace::new(ci_requested()).map(|workspace| checks::run(&workspace)),
        ["ci"] => Workspace::new(true).map(|workspace| checks::run(&workspace)),
        ["peers"] => Workspace::new(ci_requested()).map(|workspace| peers::run(&workspace)),
        ["bench"] => Workspace::new(false).and_then(|workspace| bench(&workspace, None, None)),
        ["bench", name] => Workspace::new(false).and_then(|workspace| bench(&workspace, Some(name), None)),
        ["bench", name, filter] => {
            Workspace::new(false).and_then(|workspace| bench(&workspace, Some(name), Some(filter)))
        }
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What every task needs to know about where and how it runs.
struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    root: PathBuf,
    /// Where the outside judges are installed, absolute; tests see it as `COGNATE_PEERS`.
    peers: PathBuf,
    /// Whether a missing judge is a failure; tests see it as `CI`.
    ci: bool,
}

impl Workspace {
    fn new(ci: bool) -> Result<Self> {
        // As cargo says it now: a program that was built in another checkout may still be in a target folder of both.
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().context("xtask lies outside of a workspace")?.to_path_buf();
        let peers = match env::var_os("COGNATE_PEERS") {
            Some(folder) => std::path::absolute(folder).context("COGNATE_PEERS is not a path")?,
            None => root.join("target").join("peers"),
        };
        Ok(Self { root, peers, ci })
    }
}

fn ci_requested() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

fn bench(workspace: &Workspace, name: Option<&str>, filter: Option<&str>) -> Result<ExitCode> {
    let manifest = workspace.root.join("bench").join("Cargo.toml");
    if !manifest.is_file() {
        bail!("{} is missing", manifest.display());
    }
    let mut command = Cargo::new(workspace, "bench").into_command();
    // Without the feature the peers run alone.
    command.arg("--manifest-path").arg(&manifest).args(["--features", "cognate"]);
    if let Some(name) = name {
        command.args(["--bench", name]);
    }
    // The tables at the end are the result; criterion's own report of each task would bury them.
    command.args(["--", "--quiet"]).args(filter);
    let status = command.status().context("cargo did not start")?;
    Ok(process::exit_code(status))
}
