//! Where included files come from.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use crate::source::MAX_LENGTH;

/// Files that can be included.
pub trait Files {
    /// The one name of a file that several paths may lead to, or nothing when there is no such file.
    fn identify(&self, path: &str) -> Option<String>;

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// The files of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileSystem;

/// Texts by their paths.
#[derive(Debug, Clone, Default)]
pub struct InMemory(HashMap<String, String>);

/// No files.
#[derive(Debug)]
pub(super) struct Nothing;

impl Files for FileSystem {
    fn identify(&self, path: &str) -> Option<String> {
        let path = Path::new(path).canonicalize().ok()?;
        path.is_file().then(|| path.to_string_lossy().into_owned())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if std::fs::metadata(path)?.len() > MAX_LENGTH as u64 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 GiB"));
        }
        std::fs::read(path)
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for InMemory {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        Self(files.into_iter().map(|(path, text)| (plain(&path.into()), text.into())).collect())
    }
}

impl Files for InMemory {
    fn identify(&self, path: &str) -> Option<String> {
        let path = plain(path);
        self.0.contains_key(&path).then_some(path)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let text = self.0.get(&plain(path)).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    }
}

impl Files for Nothing {
    fn identify(&self, _: &str) -> Option<String> {
        None
    }

    fn read(&self, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// A path without `.` and without `..` where that has something to go back from.
pub(super) fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// A path from a folder.
pub(super) fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() || path.starts_with('/') {
        return path.to_owned();
    }
    format!("{}/{path}", folder.trim_end_matches('/'))
}

/// The folder of a file; empty for the working folder.
pub(super) fn folder(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some(("", _)) => "/",
        Some((folder, _)) => folder,
        None => "",
    }
}

/// The name of a file without folders and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_put_together_and_taken_apart() {
        assert_eq!(plain("./a//b/../c.thrift"), "a/c.thrift");
        assert_eq!(plain("../../x"), "../../x");
        assert_eq!(plain("/a/../x"), "/x");
        assert_eq!((folder("a/b/c"), folder("c"), folder("/c")), ("a/b", "", "/"));
        assert_eq!((join("", "a"), join("/", "a"), join("x/", "a"), join("x", "/a")).3, "/a");
        assert_eq!(join("/", "a"), "/a");
        assert_eq!((stem("a/b.c.thrift"), stem("x")), ("b.c", "x"));
    }
}
