//! Generated files in a folder: written, or compared with what is there.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::output::NewFile;
use crate::stop::{Result, Stop};

/// Files as they should be, by their path within the folder.
pub(crate) struct Generated<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) files: &'a [(PathBuf, String)],
    /// What tells a file that was generated: its first line.
    pub(crate) mark: &'a str,
}

/// How a file on disk is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    /// It is not there.
    Missing,
    /// It has another text.
    Changed,
    /// It was generated, and would not be any more.
    Stale,
}

impl Generated<'_> {
    /// The files that are not as they should be, those that are to be written first.
    pub(crate) fn differences(&self) -> Result<Vec<(PathBuf, Difference)>> {
        let mut found = Vec::new();
        for (path, contents) in self.files {
            let path = self.folder.join(path);
            match fs::read(&path) {
                Ok(text) if text == contents.as_bytes() => {}
                Ok(_) => found.push((path, Difference::Changed)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => found.push((path, Difference::Missing)),
                Err(error) => return Err(Stop::io(&path, &error)),
            }
        }
        found.extend(self.stale()?.into_iter().map(|path| (path, Difference::Stale)));
        Ok(found)
    }

    /// Makes the folder as it should be. Files that are so already are left alone, so that builds see no change.
    pub(crate) fn write(&self) -> Result<()> {
        for (path, difference) in self.differences()? {
            let fault = |error: io::Error| Stop::io(&path, &error);
            if difference == Difference::Stale {
                fs::remove_file(&path).map_err(fault)?;
                if let Some(folder) = path.parent() {
                    // Which fails, as it should, when there is something left.
                    let _ = fs::remove_dir(folder);
                }
                continue;
            }
            let contents = self.files.iter().find(|(name, _)| self.folder.join(name) == path);
            let Some((_, contents)) = contents else { continue };
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|error| Stop::io(folder, &error))?;
            }
            NewFile::write(&path, contents.as_bytes()).map_err(fault)?;
        }
        Ok(())
    }

    /// Files in the folder that bear the mark and are none of those that should be there.
    fn stale(&self) -> Result<Vec<PathBuf>> {
        let wanted: BTreeSet<PathBuf> = self.files.iter().map(|(path, _)| self.folder.join(path)).collect();
        let mut found = Vec::new();
        let mut folders = vec![self.folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Stop::io(&folder, &error)),
            };
            for entry in entries {
                let entry = entry.map_err(|error| Stop::io(&folder, &error))?;
                let (path, kind) = (entry.path(), entry.file_type().map_err(|error| Stop::io(&entry.path(), &error))?);
                if entry.file_name().as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                if kind.is_dir() {
                    // A root within is the folder of another run.
                    let root = path.join("mod.rs");
                    if !(root.is_file() && self.is_generated(&root)?) {
                        folders.push(path);
                    }
                } else if kind.is_file() && !wanted.contains(&path) && self.is_generated(&path)? {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn is_generated(&self, path: &Path) -> Result<bool> {
        if path.extension().is_none_or(|extension| extension != "rs") {
            return Ok(false);
        }
        let text = fs::read(path).map_err(|error| Stop::io(path, &error))?;
        Ok(text.starts_with(self.mark.as_bytes()))
    }
}
