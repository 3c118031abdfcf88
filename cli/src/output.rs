//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::stop::{Result, Stop};

/// Bytes that are collected before they are written.
const CHUNK: usize = 64 << 10;

/// Text for standard output, written in large pieces.
pub(crate) struct Lines {
    text: String,
    out: io::StdoutLock<'static>,
}

impl Lines {
    pub(crate) fn new() -> Self {
        Self { text: String::with_capacity(CHUNK + CHUNK / 4), out: io::stdout().lock() }
    }

    /// Appends a line that `write` puts behind what is there.
    pub(crate) fn line(&mut self, write: impl FnOnce(&mut String)) -> Result<()> {
        write(&mut self.text);
        self.text.push('\n');
        if self.text.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Appends whole lines.
    pub(crate) fn append(&mut self, lines: &str) -> Result<()> {
        self.text.push_str(lines);
        if self.text.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Writes what is collected.
    pub(crate) fn flush(&mut self) -> Result<()> {
        let written = self.out.write_all(self.text.as_bytes()).and_then(|()| self.out.flush());
        self.text.clear();
        written.map_err(|error| stdout_fault(&error))
    }
}

impl Drop for Lines {
    /// What was decoded before an error is printed. An error now would hide the one before.
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

/// Whether results that go to `out` appear on a terminal, where they would mix with a progress bar.
pub(crate) fn is_terminal(out: Option<&Path>) -> bool {
    !goes_to_file(out) && io::stdout().is_terminal()
}

fn goes_to_file(out: Option<&Path>) -> bool {
    out.is_some_and(|path| path.as_os_str() != "-")
}

/// Writes a text to standard output.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| stdout_fault(&error))
}

fn stdout_fault(error: &io::Error) -> Stop {
    Stop::io_named("<stdout>", error)
}

/// Where bytes go.
pub(crate) enum Target {
    Stdout(io::StdoutLock<'static>),
    /// A file that takes its name when it is whole.
    New(NewFile),
    /// Something that cannot be replaced: a device, a pipe.
    Special(File),
    /// A file that is gone on with.
    Old {
        file: File,
        length: u64,
    },
}

/// A file under a temporary name beside its own, removed unless it is finished.
pub(crate) struct NewFile {
    file: File,
    temporary: PathBuf,
    path: PathBuf,
    kept: bool,
}

impl Target {
    /// Standard output for no path or `-`. `binary` output does not go to a terminal.
    pub(crate) fn create(path: Option<&Path>, binary: bool) -> Result<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            if binary && io::stdout().is_terminal() {
                return Err(Stop::usage("bytes are not written to a terminal; use --out FILE, a pipe, or --hex"));
            }
            return Ok(Self::Stdout(io::stdout().lock()));
        };
        let fault = |error: io::Error| Stop::io(path, &error);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Err(Stop::Io(format!("{}: is a folder", path.display()))),
            Ok(metadata) if !metadata.is_file() => {
                Ok(Self::Special(OpenOptions::new().write(true).open(path).map_err(fault)?))
            }
            _ => NewFile::create(path).map(Self::New).map_err(fault),
        }
    }

    /// A file that is there, to be gone on with; `None` if there is none yet.
    pub(crate) fn append(path: &Path) -> Result<Option<Self>> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Stop::io(path, &error)),
        };
        let mut target = &file;
        let length = target.seek(io::SeekFrom::End(0)).map_err(|error| Stop::io(path, &error))?;
        Ok(Some(Self::Old { file, length }))
    }

    /// Makes what was written final, or takes it back when not all could be. The name is for messages.
    pub(crate) fn end(self, written: Result<()>, name: &str) -> Result<()> {
        let io = |error: io::Error| Stop::io_named(name, &error);
        match written {
            Ok(()) => self.finish().map_err(io),
            Err(stop) => {
                self.abandon().map_err(io)?;
                Err(stop)
            }
        }
    }

    /// Makes what was written final.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Self::New(file) => file.keep(),
            Self::Stdout(_) | Self::Special(_) | Self::Old { .. } => Ok(()),
        }
    }

    /// Takes back what was written, as far as that can be done.
    fn abandon(self) -> io::Result<()> {
        match self {
            Self::Old { file, length } => file.set_len(length),
            Self::New(_) | Self::Stdout(_) | Self::Special(_) => Ok(()),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::New(NewFile { file, .. }) | Self::Special(file) | Self::Old { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::New(NewFile { file, .. }) | Self::Special(file) | Self::Old { file, .. } => file.flush(),
        }
    }
}

impl NewFile {
    /// Starts a file. Until [`Self::keep`], what is at the path stays as it is.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        // Through a link the file itself is replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
        for attempt in 0_u32.. {
            let mut temporary = std::ffi::OsString::from(".");
            temporary.push(name);
            temporary.push(format!(".{}-{attempt}.tmp", process::id()));
            let temporary = path.with_file_name(temporary);
            match OpenOptions::new().write(true).create_new(true).open(&temporary) {
                Ok(file) => {
                    if let Ok(old) = fs::metadata(&path) {
                        // A file that is replaced keeps who may read it.
                        let _ = file.set_permissions(old.permissions());
                    }
                    return Ok(Self { file, temporary, path, kept: false });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Writes a whole file.
    pub(crate) fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
        let mut file = Self::create(path)?;
        file.file.write_all(contents)?;
        file.keep()
    }

    fn keep(mut self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.path)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
