//! The work of a `build.rs`: from files to a file.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use cognate_schema::avro::{FileId, Loader};

use crate::{config::Config, error::Error};

impl Config {
    /// Generates the types of schema files, or of all in a folder, into `cognate.rs` in Cargo's `OUT_DIR`, and tells Cargo
    /// which files it depends on.
    ///
    /// # Errors
    ///
    /// When a schema is at fault, which the error shows with its line; when a file cannot be read or written; when the
    /// folder to write to is not known.
    pub fn compile(&self, paths: &[impl AsRef<Path>]) -> Result<(), Error> {
        let out_dir = self.out_dir.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out_dir.ok_or_else(Error::no_out_dir)?.join("cognate.rs");
        let (mut loader, mut asked, mut seen) = (Loader::new(), Vec::new(), Vec::new());
        for path in paths {
            let path = path.as_ref();
            println!("cargo:rerun-if-changed={}", path.display());
            let files = if path.is_dir() { in_folder(path)? } else { vec![path.to_owned()] };
            if files.is_empty() {
                return Err(Error::no_schemas(path));
            }
            for file in files {
                asked.extend(add(&mut loader, &file, &mut seen)?);
            }
        }
        for folder in &self.include {
            println!("cargo:rerun-if-changed={}", folder.display());
            for file in in_folder(folder)? {
                add(&mut loader, &file, &mut seen)?;
            }
        }
        let linked = loader.link();
        for diagnostic in linked.diagnostics.iter().filter(|diagnostic| !diagnostic.is_error()) {
            println!("cargo:warning={diagnostic}");
        }
        let set = linked.into_result().map_err(Error::schemas)?;
        let text = self.generate_one_file(&set, &asked)?;
        // A file that stays as it is keeps its time, and what includes it is not compiled again.
        if fs::read_to_string(&out).ok().as_deref() == Some(&text) {
            return Ok(());
        }
        fs::write(&out, text).map_err(|error| Error::io(&out, error))
    }
}

/// Adds a file, unless it is there already under this or another path.
fn add(loader: &mut Loader, file: &Path, seen: &mut Vec<PathBuf>) -> Result<Option<FileId>, Error> {
    let identity = file.canonicalize().map_err(|error| Error::io(file, error))?;
    if seen.contains(&identity) {
        return Ok(None);
    }
    seen.push(identity);
    let bytes = fs::read(file).map_err(|error| Error::io(file, error))?;
    Ok(Some(loader.add_bytes(file.display().to_string(), bytes)))
}

/// The schema files below a folder, by name. Hidden entries and links to folders are left out.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| Error::io(&folder, error))? {
            let entry = entry.map_err(|error| Error::io(&folder, error))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(|error| Error::io(&path, error))?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "avsc") && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
