//! Rust source from linked schemas.

mod defaults;
mod docs;
mod items;
mod layout;
mod lower;
mod model;
mod modules;
mod names;
mod real;
mod recursion;
mod thrift;
mod types;

use std::path::Path;

use cognate_schema::{
    avro::{FileId, SchemaSet},
    thrift::Program,
};

use quote::ToTokens;

use self::{layout::Layout, modules::Modules};
use crate::{
    config::{Config, Ownership},
    error::Error,
};

/// A file of generated source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GeneratedFile {
    /// Where it belongs, relative to the folder of all that is generated, with `/` between folders.
    pub path: String,
    /// The source text.
    pub contents: String,
}

/// Linked schemas of several languages, whose types are to be generated together. Types of one namespace share a module.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'s> {
    avro: Option<(&'s SchemaSet, &'s [FileId])>,
    thrift: Option<&'s Program>,
}

impl Config {
    /// The types of some of the schemas that were linked together, and all types that they name, as a folder of modules:
    /// `mod.rs`, and a file for each namespace. The same schemas always give the same text.
    ///
    /// # Errors
    ///
    /// When the facade's path is no path.
    ///
    /// # Panics
    ///
    /// When a file is not of this set.
    pub fn generate(&self, set: &SchemaSet, files: &[FileId]) -> Result<Vec<GeneratedFile>, Error> {
        self.generate_all(Sources::default().avro(set, files))
    }

    /// The same in one file, which is there to be included: a module within it holds all and is re-exported.
    ///
    /// # Errors
    ///
    /// As [`Config::generate`].
    ///
    /// # Panics
    ///
    /// As [`Config::generate`].
    pub fn generate_one_file(&self, set: &SchemaSet, files: &[FileId]) -> Result<String, Error> {
        self.generate_all_one_file(Sources::default().avro(set, files))
    }

    /// The types of a Thrift program's files, and all types that they name, as a folder of modules: `mod.rs`, and a file for
    /// each namespace (that of the language `rs`, or that of `*`, or the name of the Thrift file). The same program always
    /// gives the same text.
    ///
    /// A constant or default that says nothing for a required union has no value in Rust. It is left out; a comment in its place says so,
    /// and the linked program has a warning (`thrift/loose-value`) at the value.
    ///
    /// # Errors
    ///
    /// When the facade's path is no path.
    pub fn generate_thrift(&self, program: &Program) -> Result<Vec<GeneratedFile>, Error> {
        self.generate_all(Sources::default().thrift(program))
    }

    /// The same in one file, which is there to be included: a module within it holds all and is re-exported.
    ///
    /// # Errors
    ///
    /// As [`Config::generate_thrift`].
    pub fn generate_thrift_one_file(&self, program: &Program) -> Result<String, Error> {
        self.generate_all_one_file(Sources::default().thrift(program))
    }

    /// The types of schemas of several languages, as a folder of modules.
    ///
    /// # Errors
    ///
    /// When the facade's path is no path.
    ///
    /// # Panics
    ///
    /// As [`Config::generate`].
    pub fn generate_all(&self, sources: Sources<'_>) -> Result<Vec<GeneratedFile>, Error> {
        Ok(self.layout(sources)?.folder())
    }

    /// The same in one file, which is there to be included: a module within it holds all and is re-exported.
    ///
    /// # Errors
    ///
    /// As [`Config::generate_all`].
    ///
    /// # Panics
    ///
    /// As [`Config::generate`].
    pub fn generate_all_one_file(&self, sources: Sources<'_>) -> Result<String, Error> {
        Ok(self.layout(sources)?.one_file())
    }

    fn layout(&self, sources: Sources<'_>) -> Result<Layout<'_>, Error> {
        let facade = syn::parse_str::<syn::Path>(&self.facade).map_err(|_| Error::facade(&self.facade))?;
        let mut modules = Modules::new(self.ownership == Ownership::Both);
        if let Some((set, files)) = sources.avro {
            lower::lower(set, files, self, &mut modules);
        }
        if let Some(program) = sources.thrift {
            thrift::lower(program, self, &mut modules);
        }
        let (model, facade, origin) = (modules.finish(), facade.into_token_stream(), sources.origin());
        Ok(Layout { model, config: self, facade, origin })
    }
}

impl<'s> Sources<'s> {
    /// Adds some of the Avro schemas that were linked together.
    #[must_use]
    pub fn avro(self, set: &'s SchemaSet, files: &'s [FileId]) -> Self {
        Self { avro: Some((set, files)), ..self }
    }

    /// Adds a Thrift program.
    #[must_use]
    pub fn thrift(self, program: &'s Program) -> Self {
        Self { thrift: Some(program), ..self }
    }

    /// The names of the files, which say where the source comes from. Folders would make it depend on where it is generated.
    fn origin(self) -> String {
        let avro = self.avro.into_iter().flat_map(|(set, files)| {
            files.iter().filter_map(|file| set.files().nth(file.index())).map(|(path, _)| path)
        });
        let thrift = self.thrift.into_iter().flat_map(Program::roots).map(|file| file.document.source.path());
        let names: Vec<String> = avro.chain(thrift).map(|path| format!("`{}`", file_name(path))).collect();
        names.join(", ")
    }
}

fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}
