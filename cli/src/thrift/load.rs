//! Thrift files to linked programs.

use std::path::PathBuf;

use cognate_schema::thrift::{FileSystem, Linked, Loader};

use crate::input;
use crate::schema_files::SchemaFiles;
use crate::stop::Result;

/// Reads and links files, with what they include.
pub(super) fn link(files: &SchemaFiles, include: &[PathBuf]) -> Result<Linked> {
    let mut loader = Loader::new().files(FileSystem);
    for folder in include {
        loader.include_folder(folder.display().to_string());
    }
    for path in &files.asked {
        loader.add_bytes(input::name(path), input::read_all(path)?);
    }
    Ok(loader.link())
}
