//! `compat` for Thrift files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use cognate_schema::Diagnostic;
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Comparable, check_with};
use cognate_schema::thrift::Linked;

use super::load;
use crate::commands::Compat;
use crate::console::Console;
use crate::git;
use crate::input;
use crate::language::Language;
use crate::origin::Origin;
use crate::render::FileVerdict;
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Result, Stop};

/// Compares the files of the new version with those of the old ones.
pub(crate) fn compare(
    command: &Compat,
    schemas: &SchemaOptions,
    olds: &[Origin],
    console: &Console,
) -> Result<Vec<FileVerdict>> {
    let new = Version::load(&Origin::Path(command.new.clone()), "new", schemas)?;
    let olds = olds.iter().map(|origin| Version::load(origin, "old", schemas)).collect::<Result<Vec<_>>>()?;
    let options = command.checks();
    let asked = if options.level.is_transitive() { 0 } else { olds.len().saturating_sub(1) };
    let mut verdicts = Vec::new();
    let mut compared = vec![0; olds.len()];
    for root in &new.roots {
        // The versions that have the file, the asked ones among them.
        let versions = olds.iter().enumerate();
        let former: Vec<_> = versions.filter_map(|(at, old)| Some((at, old.counterpart(root, &new)?))).collect();
        if former.last().is_none_or(|(at, _)| *at < asked) {
            continue;
        }
        let definitions: Vec<_> = former.iter().map(|(_, old)| old.definitions.clone()).collect();
        for comparison in check_with(&root.definitions, &definitions, options).comparisons {
            let Some((at, old)) = former.get(comparison.old) else { continue };
            compared[*at] += 1;
            verdicts.push((
                *at,
                FileVerdict {
                    language: Definitions::LANGUAGE,
                    old: old.path.clone(),
                    new: root.path.clone(),
                    compatible: comparison.compatible,
                    findings: comparison.findings,
                },
            ));
        }
    }
    if let Some((old, _)) = olds.iter().zip(&compared).skip(asked).find(|(_, count)| **count == 0) {
        return Err(Stop::Usage(format!(
            "no file of {} is in {}, so that nothing can be compared",
            new.name, old.name
        )));
    }
    if let Some(last) = olds.last() {
        for lost in last.roots.iter().filter(|lost| new.counterpart(lost, last).is_none()) {
            console.warning(&format!("{}: {} has no such file any more; it is not compared", lost.path, new.name));
        }
    }
    verdicts.sort_by_key(|(at, _)| *at);
    Ok(verdicts.into_iter().map(|(_, verdict)| verdict).collect())
}

/// The files of one version, linked together.
struct Version {
    name: String,
    is_folder: bool,
    roots: Vec<Root>,
}

/// A file.
struct Root {
    path: String,
    /// The way from the folder of the version.
    inside: PathBuf,
    definitions: Definitions,
}

/// The name of each file that was asked for, and its way from the folder of the version.
type Places = Vec<(String, PathBuf)>;

impl Version {
    /// That a schema cannot be used is no finding about compatibility.
    fn load(origin: &Origin, role: &'static str, options: &SchemaOptions) -> Result<Self> {
        let (is_folder, places, Linked { program, mut diagnostics }) = match origin {
            Origin::Path(path) => Self::link_at(path, options)?,
            Origin::Git(version) => {
                let git::Files { is_folder, asked, .. } = version.files(options, Language::Thrift)?;
                let tree = version.tree_files(options)?;
                let folders = tree.folders.clone();
                let mut loader = load::loader(options).files(tree);
                for folder in folders {
                    loader.include_folder(folder);
                }
                let mut places = Vec::new();
                for git::File { name, inside, text } in asked {
                    loader.add_bytes(name.clone(), text);
                    places.push((name, inside));
                }
                (is_folder, places, loader.link())
            }
        };
        let name = origin.to_string();
        let Some(program) = program else {
            diagnostics.retain(Diagnostic::is_error);
            return Err(Stop::Unusable { what: format!("{name}: the {role} schema is not valid"), diagnostics });
        };
        let root = |((path, inside), definitions)| Root { path, inside, definitions };
        let roots = places.into_iter().zip(Definitions::roots(&program)).map(root).collect();
        Ok(Self { name, is_folder, roots })
    }

    fn link_at(path: &Path, options: &SchemaOptions) -> Result<(bool, Places, Linked)> {
        let mut found = options.find(&[path.to_owned()])?;
        if !is_dir(path)
            && let Some((other, _)) = found.iter().find(|(language, _)| *language != Language::Thrift)
        {
            return Err(Stop::Usage(format!("{}: this is {other}, and the other schema Thrift", input::name(path))));
        }
        found.retain(|(language, _)| *language == Language::Thrift);
        let Some((_, files)) = found.pop() else {
            return Err(Stop::Usage(format!("{}: no schema files (.thrift) are in this folder", input::name(path))));
        };
        let inside = |file: &PathBuf| file.strip_prefix(path).unwrap_or(file).to_owned();
        let places = files.asked.iter().map(|file| (input::name(file), inside(file))).collect();
        Ok((is_dir(path), places, load::link(&files, options)?))
    }

    /// The file of this version that one of another version is: of the same path or, where that tells nothing, of the same name.
    fn counterpart(&self, root: &Root, other: &Self) -> Option<&Root> {
        if let ([only], false, false) = (self.roots.as_slice(), self.is_folder, other.is_folder) {
            return Some(only);
        }
        let same_path =
            || self.roots.iter().find(|mine| self.is_folder && other.is_folder && mine.inside == root.inside);
        let same_name = || {
            let mut named = self.roots.iter().filter(|mine| name(&mine.path) == name(&root.path));
            named.next().filter(|_| named.next().is_none())
        };
        same_path().or_else(same_name)
    }
}

/// The name of a file without its folders.
fn name(path: &str) -> Option<&OsStr> {
    Path::new(path.rsplit(':').next().unwrap_or(path)).file_name()
}
