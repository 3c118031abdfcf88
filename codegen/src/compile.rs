//! The work of a `build.rs`: from files to a file.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use cognate_schema::{Diagnostic, avro, thrift};

use crate::{config::Config, error::Error, generate::Sources};

impl Config {
    /// Generates the types of schema files, or of all in a folder, into `cognate.rs` in Cargo's `OUT_DIR`, and tells Cargo
    /// which files it depends on. Files of Thrift end in `.thrift`; all others are Avro's. Types of the same namespace share a
    /// module, whichever their language.
    ///
    /// # Errors
    ///
    /// When a schema is at fault, which the error shows with its line; when a file cannot be read or written; when the
    /// folder to write to is not known.
    pub fn compile(&self, paths: &[impl AsRef<Path>]) -> Result<(), Error> {
        let out_dir = self.out_dir.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out_dir.ok_or_else(Error::no_out_dir)?.join(&self.file_name);
        let mut files = Vec::new();
        for path in paths {
            let path = path.as_ref();
            depends_on(path);
            let found = if path.is_dir() { in_folder(path, EXTENSIONS)? } else { vec![path.to_owned()] };
            if found.is_empty() {
                return Err(Error::no_schemas(path));
            }
            files.extend(found);
        }
        let (thrift, avro): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|file| is_thrift(file));
        let avro = if avro.is_empty() { None } else { Some(self.avro(&avro)?) };
        let thrift = if thrift.is_empty() { None } else { Some(self.thrift(&thrift)?) };
        let mut sources = Sources::default();
        if let Some((set, asked)) = &avro {
            sources = sources.avro(set, asked);
        }
        if let Some(program) = &thrift {
            sources = sources.thrift(program);
        }
        let text = self.generate_all_one_file(sources)?;
        // A file that stays as it is keeps its time, and what includes it is not compiled again.
        if fs::read_to_string(&out).ok().as_deref() == Some(&text) {
            return Ok(());
        }
        fs::write(&out, text).map_err(|error| Error::io(&out, error))
    }

    fn avro(&self, files: &[PathBuf]) -> Result<(avro::SchemaSet, Vec<avro::FileId>), Error> {
        let (mut loader, mut asked, mut seen) = (avro::Loader::new(), Vec::new(), Vec::new());
        for file in files {
            if is_new(file, &mut seen)? {
                asked.push(loader.add_bytes(file.display().to_string(), read(file)?));
            }
        }
        for folder in &self.include {
            depends_on(folder);
            for file in in_folder(folder, &["avsc"])? {
                if is_new(&file, &mut seen)? {
                    loader.add_bytes(file.display().to_string(), read(&file)?);
                }
            }
        }
        let linked = loader.link();
        warn(&linked.diagnostics);
        Ok((linked.into_result().map_err(Error::schemas)?, asked))
    }

    fn thrift(&self, files: &[PathBuf]) -> Result<thrift::Program, Error> {
        let (mut loader, mut seen) = (thrift::Loader::new().files(thrift::FileSystem), Vec::new());
        for folder in &self.include {
            loader.include_folder(folder.display().to_string());
        }
        for file in files {
            if is_new(file, &mut seen)? {
                loader.add_bytes(file.display().to_string(), read(file)?);
            }
        }
        let linked = loader.link();
        warn(&linked.diagnostics);
        let program = linked.into_result().map_err(Error::schemas)?;
        for file in &program.files()[program.roots().len()..] {
            depends_on(Path::new(file.document.source.path()));
        }
        Ok(program)
    }
}

/// Extensions of schema files in folders.
const EXTENSIONS: &[&str] = &["avsc", "thrift"];

fn is_thrift(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "thrift")
}

fn depends_on(path: &Path) {
    println!("cargo:rerun-if-changed={}", path.display());
}

fn warn(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics.iter().filter(|diagnostic| !diagnostic.is_error()) {
        println!("cargo:warning={diagnostic}");
    }
}

/// Whether a file has not been there already, under this or another path.
fn is_new(file: &Path, seen: &mut Vec<PathBuf>) -> Result<bool, Error> {
    let identity = file.canonicalize().map_err(|error| Error::io(file, error))?;
    let is_new = !seen.contains(&identity);
    seen.push(identity);
    Ok(is_new)
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    fs::read(file).map_err(|error| Error::io(file, error))
}

/// The schema files below a folder, by name. Hidden entries and links to folders are left out.
fn in_folder(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Error> {
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
            } else if path.extension().is_some_and(|have| extensions.iter().any(|want| have == *want)) && path.is_file()
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
