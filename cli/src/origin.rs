//! Where versions of schemas come from.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::git::GitVersion;
use crate::input;
use crate::stop::{Result, Stop};

/// Where a version of schemas comes from.
#[derive(Debug)]
pub(crate) enum Origin {
    /// A file, a folder, or standard input.
    Path(PathBuf),
    /// A file or folder in a commit.
    Git(GitVersion),
}

impl Origin {
    /// What the command line says of an older version of a schema.
    pub(crate) fn of(old: &Path, new: &Path) -> Result<Self> {
        let text = old.to_str().unwrap_or_default();
        if let Some(version) = text.strip_prefix("git:") {
            return GitVersion::parse(version, new).map(Self::Git);
        }
        if text.starts_with("registry:") {
            return Err(Stop::Usage(format!(
                "{text}: schemas in registries are not supported yet; files, folders and git:REV[:PATH] are"
            )));
        }
        Ok(Self::Path(old.to_owned()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.write_str(&input::name(path)),
            Self::Git(version) => version.fmt(f),
        }
    }
}
