//! The Java judge: libraries by Maven, our own program by `javac`.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{OurFault, is_current, read, remove_folder, sources, swap_in, write_launcher};
use crate::Workspace;
use crate::process::{install_packages, run, run_with_retries, works};

/// Part of the stamp: raise it when the way of installing changes.
const RECIPE: &str = "java recipe 1\n";

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let judge = workspace.root.join("compat-tests").join("judges").join("java");
    let pom = judge.join("pom.xml");
    let sources = sources(&judge, "java")?;
    let libraries_ingredients = format!("{RECIPE}{}", read(&pom)?);
    let mut classes_ingredients = libraries_ingredients.clone();
    for source in &sources {
        classes_ingredients.push_str(&read(source)?);
    }
    let place = workspace.peers.join("java");
    let (libraries, classes) = (place.join("lib"), place.join("classes"));
    let (libraries_stamp, classes_stamp) = (libraries.join("stamp"), classes.join("stamp"));
    if is_current(&classes_stamp, &classes_ingredients) && works(Command::new("java").arg("-version")) {
        return Ok(());
    }

    if !works(Command::new("javac").arg("-version")) || !works(Command::new("mvn").arg("-version")) {
        install_packages(&["default-jdk-headless", "maven"])?;
    }
    fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
    if !is_current(&libraries_stamp, &libraries_ingredients) {
        let fresh = place.join("lib.new");
        remove_folder(&fresh)?;
        let mut maven = Command::new("mvn");
        maven
            .args(["--batch-mode", "--quiet", "-Dstyle.color=never", "--file"])
            .arg(&pom)
            .arg("dependency:copy-dependencies");
        run_with_retries(maven.arg(format!("-DoutputDirectory={}", fresh.display())))?;
        fs::write(fresh.join("stamp"), &libraries_ingredients).context("cannot write the stamp")?;
        swap_in(&fresh, &libraries)?;
    }

    let fresh = place.join("classes.new");
    remove_folder(&fresh)?;
    let mut compiler = Command::new("javac");
    compiler.args(["-Xlint:all,-processing", "-Werror", "-encoding", "UTF-8", "-cp"]);
    compiler.arg(libraries.join("*")).arg("-d").arg(&fresh).args(&sources);
    run(&mut compiler).context(OurFault)?;
    fs::write(fresh.join("stamp"), &classes_ingredients).context("cannot write the stamp")?;
    swap_in(&fresh, &classes)?;
    write_launcher(&workspace.peers, "java", "exec java -cp \"$here/java/classes:$here/java/lib/*\" \"$@\"")
}
