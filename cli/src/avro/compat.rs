//! `compat` for Avro schemas.

use std::path::{Path, PathBuf};

use cognate_schema::Diagnostic;
use cognate_schema::avro::{self, Name, Schema, SchemaSet};

use super::load;
use crate::git;
use crate::input;
use crate::language::Language;
use crate::origin::Origin;
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Result, Stop};
use crate::versions::{Root, Version};

/// The files of one version, linked together.
pub(crate) struct AvroVersion {
    name: String,
    is_folder: bool,
    set: SchemaSet,
    roots: Vec<Root<Schema>>,
}

impl Version for AvroVersion {
    type Schema = Schema;
    const UNIT: &'static str = "type";

    fn load(origin: &Origin, role: &'static str, options: &SchemaOptions) -> Result<Self> {
        let files = Files::of(origin, options)?;
        let load::Loaded { asked, linked } = load::link_texts(files.texts, avro::Options::default());
        let name = origin.to_string();
        let Some(set) = linked.set else {
            let mut diagnostics = linked.diagnostics;
            diagnostics.retain(Diagnostic::is_error);
            let mut what = format!("{name}: the {role} schema is not valid");
            if files.is_folder && diagnostics.iter().any(|problem| problem.rule.id == avro::rules::DUPLICATE_NAME.id) {
                what.push_str("; the files of a folder are one version, and each version is an --against of its own");
            }
            return Err(Stop::Unusable { what, diagnostics });
        };
        let root = |((path, inside), id): ((String, PathBuf), &_)| Root { path, inside, schema: set.schema(*id) };
        let roots = files.places.into_iter().zip(&asked).map(root).collect();
        Ok(Self { name, is_folder: files.is_folder, set, roots })
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn roots(&self) -> &[Root<Schema>] {
        &self.roots
    }

    fn counterpart(&self, root: &Root<Schema>, newer: &Self) -> Option<(String, Schema)> {
        if let ([only], false, false) = (self.roots.as_slice(), self.is_folder, newer.is_folder) {
            return Some((only.path.clone(), only.schema.clone()));
        }
        let kind = root.schema.kind(root.schema.root());
        let Some(name) = kind.name() else {
            let same = self.roots.iter().find(|old| old.inside == root.inside && type_name(old).is_none());
            return same.map(|old| (old.path.clone(), old.schema.clone()));
        };
        let names = std::iter::once(name).chain(kind.aliases().iter().map(|alias| &alias.name));
        let schema = names.into_iter().find_map(|name| self.set.get(name.full()))?;
        let file = schema.source(schema.root_ref().location.file);
        Some((file.path().to_owned(), schema))
    }

    fn has(&self, old: &Root<Schema>, older: &Self) -> bool {
        if !self.is_folder && !older.is_folder {
            return true;
        }
        let Some(name) = type_name(old) else { return self.roots.iter().any(|root| root.inside == old.inside) };
        let renamed = |(_, schema): (_, Schema)| {
            schema.kind(schema.root()).aliases().iter().any(|alias| alias.name.full() == name)
        };
        self.set.get(name).is_some() || self.set.named().any(renamed)
    }
}

/// The files of a version.
struct Files {
    is_folder: bool,
    /// The name of each file that was asked for, and its way from the folder of the version.
    places: Vec<(String, PathBuf)>,
    texts: load::Texts,
}

impl Files {
    fn of(origin: &Origin, options: &SchemaOptions) -> Result<Self> {
        match origin {
            Origin::Path(path) => Self::at(path, options),
            Origin::Git(version) => {
                let git::Files { is_folder, asked, included } = version.files(options, Language::Avro)?;
                let places = asked.iter().map(|file| (file.name.clone(), file.inside.clone())).collect();
                let texts = |files: Vec<git::File>| files.into_iter().map(|file| (file.name, file.text)).collect();
                Ok(Self { is_folder, places, texts: load::Texts { asked: texts(asked), included: texts(included) } })
            }
        }
    }

    fn at(path: &Path, options: &SchemaOptions) -> Result<Self> {
        let mut found = options.find(&[path.to_owned()])?;
        if let Some((other, _)) = found.iter().find(|(language, _)| *language != Language::Avro) {
            return Err(other.unsupported(path));
        }
        let files = found.pop().map(|(_, files)| files).unwrap_or_default();
        let inside = |file: &PathBuf| file.strip_prefix(path).unwrap_or(file).to_owned();
        let places = files.asked.iter().map(|file| (input::name(file), inside(file))).collect();
        Ok(Self { is_folder: is_dir(path), places, texts: load::texts(&files)? })
    }
}

/// The name of a file's type, if it has one.
fn type_name(root: &Root<Schema>) -> Option<&str> {
    root.schema.kind(root.schema.root()).name().map(Name::full)
}
