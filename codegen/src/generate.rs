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

use crate::{config::Config, error::Error};

/// A file of generated source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GeneratedFile {
    /// Where it belongs, relative to the folder of all that is generated, with `/` between folders.
    pub path: String,
    /// The source text.
    pub contents: String,
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
        let facade = self.facade_tokens()?;
        let model = lower::lower(set, files, self);
        Ok(layout::Layout { model: &model, config: self, facade: &facade, origin: origin(set, files) }.folder())
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
        let facade = self.facade_tokens()?;
        let model = lower::lower(set, files, self);
        Ok(layout::Layout { model: &model, config: self, facade: &facade, origin: origin(set, files) }.one_file())
    }

    /// The types of a Thrift program's files, and all types that they name, as a folder of modules: `mod.rs`, and a file for
    /// each namespace (that of the language `rs`, or that of `*`, or the name of the Thrift file). The same program always
    /// gives the same text.
    ///
    /// # Errors
    ///
    /// When the facade's path is no path.
    pub fn generate_thrift(&self, program: &Program) -> Result<Vec<GeneratedFile>, Error> {
        let facade = self.facade_tokens()?;
        let model = thrift::lower(program, self);
        let origin = thrift_origin(program);
        Ok(layout::Layout { model: &model, config: self, facade: &facade, origin }.folder())
    }

    /// The same in one file, which is there to be included: a module within it holds all and is re-exported.
    ///
    /// # Errors
    ///
    /// As [`Config::generate_thrift`].
    pub fn generate_thrift_one_file(&self, program: &Program) -> Result<String, Error> {
        let facade = self.facade_tokens()?;
        let model = thrift::lower(program, self);
        let origin = thrift_origin(program);
        Ok(layout::Layout { model: &model, config: self, facade: &facade, origin }.one_file())
    }

    fn facade_tokens(&self) -> Result<proc_macro2::TokenStream, Error> {
        let path = syn::parse_str::<syn::Path>(&self.facade);
        path.map(quote::ToTokens::into_token_stream).map_err(|_| Error::facade(&self.facade))
    }
}

/// The names of the files, which say where the source comes from. Folders would make it depend on where it is generated.
fn origin(set: &SchemaSet, files: &[FileId]) -> String {
    listed(files.iter().filter_map(|file| set.files().nth(file.index())).map(|(path, _)| path))
}

fn thrift_origin(program: &Program) -> String {
    listed(program.roots().iter().map(|file| file.document.source.path()))
}

fn listed<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let names: Vec<String> = paths.map(|path| format!("`{}`", file_name(path))).collect();
    names.join(", ")
}

fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}
