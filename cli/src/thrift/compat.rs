//! `compat` for Thrift files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use cognate_schema::Diagnostic;
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::thrift::Linked;

use super::load;
use crate::git;
use crate::input;
use crate::language::Language;
use crate::origin::Origin;
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Result, Stop};
use crate::versions::{Root, Version};

/// The files of one version, linked together.
pub(crate) struct ThriftVersion {
    name: String,
    is_folder: bool,
    roots: Vec<Root<Definitions>>,
}

/// The name of each file that was asked for, and its way from the folder of the version.
type Places = Vec<(String, PathBuf)>;

impl Version for ThriftVersion {
    type Schema = Definitions;
    const UNIT: &'static str = "file";

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
        let root = |((path, inside), schema)| Root { path, inside, schema };
        let roots = places.into_iter().zip(Definitions::roots(&program)).map(root).collect();
        Ok(Self { name, is_folder, roots })
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn roots(&self) -> &[Root<Definitions>] {
        &self.roots
    }

    fn counterpart(&self, root: &Root<Definitions>, newer: &Self) -> Option<(String, Definitions)> {
        self.same(root, newer).map(|same| (same.path.clone(), same.schema.clone()))
    }

    fn has(&self, old: &Root<Definitions>, older: &Self) -> bool {
        self.same(old, older).is_some()
    }
}

impl ThriftVersion {
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
    fn same(&self, root: &Root<Definitions>, other: &Self) -> Option<&Root<Definitions>> {
        if let ([only], false, false) = (self.roots.as_slice(), self.is_folder, other.is_folder) {
            return Some(only);
        }
        let same_path =
            || self.roots.iter().find(|mine| self.is_folder && other.is_folder && mine.inside == root.inside);
        let same_name = || {
            let mut named = self.roots.iter().filter(|mine| file_name(&mine.path) == file_name(&root.path));
            named.next().filter(|_| named.next().is_none())
        };
        same_path().or_else(same_name)
    }
}

/// The name of a file without its folders.
fn file_name(path: &str) -> Option<&OsStr> {
    Path::new(path.rsplit(':').next().unwrap_or(path)).file_name()
}
