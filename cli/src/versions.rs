//! Versions of schemas that are compared, whatever their language.

use std::path::PathBuf;

use cognate_schema::compat::{Comparable, check_with};

use crate::commands::Compat;
use crate::console::Console;
use crate::origin::Origin;
use crate::render::FileVerdict;
use crate::schema_files::SchemaOptions;
use crate::stop::{Result, Stop};

/// The files of one version, linked together.
pub(crate) trait Version: Sized {
    /// What a file is.
    type Schema: Comparable + Clone;
    /// What is looked for in another version: a type, a file.
    const UNIT: &'static str;

    /// Reads a version. That a schema cannot be used is no finding about compatibility.
    fn load(origin: &Origin, role: &'static str, options: &SchemaOptions) -> Result<Self>;

    /// Where it comes from.
    fn name(&self) -> &str;

    /// The files that were asked for.
    fn roots(&self) -> &[Root<Self::Schema>];

    /// What of this version a schema of a newer one comes from, with the path of its file.
    fn counterpart(&self, root: &Root<Self::Schema>, newer: &Self) -> Option<(String, Self::Schema)>;

    /// Whether there is still something of an older version's schema here.
    fn has(&self, old: &Root<Self::Schema>, older: &Self) -> bool;
}

/// A file.
pub(crate) struct Root<S> {
    pub(crate) path: String,
    /// The way from the folder of the version.
    pub(crate) inside: PathBuf,
    pub(crate) schema: S,
}

/// Compares the files of the new version with those of the old ones.
pub(crate) fn compare<V: Version>(
    command: &Compat,
    schemas: &SchemaOptions,
    olds: &[Origin],
    console: &Console,
) -> Result<Vec<FileVerdict>> {
    let new = V::load(&Origin::Path(command.new.clone()), "new", schemas)?;
    let olds = olds.iter().map(|origin| V::load(origin, "old", schemas)).collect::<Result<Vec<_>>>()?;
    let options = command.checks();
    let asked = if options.level.is_transitive() { 0 } else { olds.len().saturating_sub(1) };
    let mut verdicts = Vec::new();
    let mut compared = vec![0; olds.len()];
    for root in new.roots() {
        // The versions that have the file, the asked ones among them.
        let versions = olds.iter().enumerate();
        let former: Vec<_> = versions.filter_map(|(at, old)| Some((at, old.counterpart(root, &new)?))).collect();
        if former.last().is_none_or(|(at, _)| *at < asked) {
            continue;
        }
        let former_schemas: Vec<_> = former.iter().map(|(_, (_, schema))| schema.clone()).collect();
        for comparison in check_with(&root.schema, &former_schemas, options).comparisons {
            let Some((at, (path, _))) = former.get(comparison.old) else { continue };
            compared[*at] += 1;
            verdicts.push((
                *at,
                FileVerdict {
                    language: V::Schema::LANGUAGE,
                    old: path.clone(),
                    new: root.path.clone(),
                    compatible: comparison.compatible,
                    findings: comparison.findings,
                },
            ));
        }
    }
    let unit = V::UNIT;
    if let Some((old, _)) = olds.iter().zip(&compared).skip(asked).find(|(_, count)| **count == 0) {
        let (new, old) = (new.name(), old.name());
        return Err(Stop::Usage(format!("no {unit} of {new} is in {old}, so that nothing can be compared")));
    }
    if let Some(last) = olds.last() {
        for lost in last.roots().iter().filter(|root| !new.has(root, last)) {
            let (path, new) = (&lost.path, new.name());
            console.warning(&format!("{path}: {new} has no such {unit} any more; it is not compared"));
        }
    }
    verdicts.sort_by_key(|(at, _)| *at);
    Ok(verdicts.into_iter().map(|(_, verdict)| verdict).collect())
}
