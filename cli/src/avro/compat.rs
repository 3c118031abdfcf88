//! `compat` for Avro schemas.

use std::path::{Path, PathBuf};

use cognate_schema::Diagnostic;
use cognate_schema::avro::{Schema, SchemaSet};
use cognate_schema::compat::{Level, Options, check_with};

use super::load;
use crate::commands::Compat;
use crate::console::Console;
use crate::input;
use crate::language::Language;
use crate::render::FileVerdict;
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Result, Stop};

/// Compares the files of the new version with those of the old ones.
pub(crate) fn compare(command: &Compat, console: &Console) -> Result<Vec<FileVerdict>> {
    let level = Level::from(command.level);
    let new = Version::load(&command.new, "new", &command.options)?;
    let load = |path: &PathBuf| Version::load(path, "old", &command.options);
    let olds = command.against.iter().map(load).collect::<Result<Vec<_>>>()?;
    let asked =
        if level.is_transitive() { &olds } else { olds.get(olds.len().saturating_sub(1)..).unwrap_or_default() };
    let options = Options::at(level).with_witnesses(command.witness);
    let mut verdicts = Vec::new();
    for old in asked {
        let before = verdicts.len();
        for root in &new.roots {
            let Some((path, schema)) = old.counterpart(root, &new) else { continue };
            let report = check_with(&root.schema, &[schema], options);
            for comparison in report.comparisons {
                verdicts.push(FileVerdict {
                    old: path.clone(),
                    new: root.path.clone(),
                    compatible: comparison.compatible,
                    findings: comparison.findings,
                });
            }
        }
        if verdicts.len() == before {
            return Err(Stop::Usage(format!(
                "no type of {} is in {}, so that nothing can be compared",
                new.name, old.name
            )));
        }
    }
    if let Some(last) = olds.last() {
        for lost in last.roots.iter().filter(|root| !new.has(root, last)) {
            console.warning(&format!("{}: {} has no such type any more; it is not compared", lost.path, new.name));
        }
    }
    Ok(verdicts)
}

/// The files of one version, linked together.
struct Version {
    name: String,
    is_folder: bool,
    set: SchemaSet,
    roots: Vec<Root>,
}

/// What a file is.
struct Root {
    path: String,
    /// The way from the folder of the version.
    inside: PathBuf,
    schema: Schema,
}

impl Version {
    /// That a schema cannot be used is no finding about compatibility.
    fn load(path: &Path, role: &'static str, options: &SchemaOptions) -> Result<Self> {
        let mut found = options.find(&[path.to_owned()])?;
        if let Some((other, _)) = found.iter().find(|(language, _)| *language != Language::Avro) {
            return Err(other.unsupported(path));
        }
        let files = found.pop().map(|(_, files)| files).unwrap_or_default();
        let load::Loaded { asked, linked } = load::link(&files)?;
        let Some(set) = linked.set else {
            let mut diagnostics = linked.diagnostics;
            diagnostics.retain(Diagnostic::is_error);
            return Err(Stop::Unusable {
                what: format!("{}: the {role} schema is not valid", input::name(path)),
                diagnostics,
            });
        };
        let root = |(file, id): (&PathBuf, &_)| Root {
            path: input::name(file),
            inside: file.strip_prefix(path).unwrap_or(file).to_owned(),
            schema: set.schema(*id),
        };
        let roots = files.asked.iter().zip(&asked).map(root).collect();
        Ok(Self { name: input::name(path), is_folder: is_dir(path), set, roots })
    }

    /// The schema of this version that a schema of a newer one comes from, with the path of its file.
    fn counterpart(&self, root: &Root, newer: &Self) -> Option<(String, Schema)> {
        if let ([only], false, false) = (self.roots.as_slice(), self.is_folder, newer.is_folder) {
            return Some((only.path.clone(), only.schema.clone()));
        }
        let kind = root.schema.kind(root.schema.root());
        let Some(name) = kind.name() else {
            let same = self.roots.iter().find(|old| old.inside == root.inside && old.name().is_none());
            return same.map(|old| (old.path.clone(), old.schema.clone()));
        };
        let names = std::iter::once(name).chain(kind.aliases().iter().map(|alias| &alias.name));
        let schema = names.into_iter().find_map(|name| self.set.get(name.full()))?;
        let file = schema.source(schema.root_ref().location.file);
        Some((file.path().to_owned(), schema))
    }

    /// Whether there is still something of an older version's schema here.
    fn has(&self, old: &Root, older: &Self) -> bool {
        if !self.is_folder && !older.is_folder {
            return true;
        }
        let Some(name) = old.name() else { return self.roots.iter().any(|root| root.inside == old.inside) };
        let renamed = |(_, schema): (_, Schema)| {
            schema.kind(schema.root()).aliases().iter().any(|alias| alias.name.full() == name)
        };
        self.set.get(&name).is_some() || self.set.named().any(renamed)
    }
}

impl Root {
    fn name(&self) -> Option<String> {
        self.schema.kind(self.schema.root()).name().map(|name| name.full().to_owned())
    }
}
