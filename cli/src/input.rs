//! Files to read, and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::progress::Progress;
use crate::stop::{Result, Stop};

/// A file or standard input, read from the front.
pub(crate) struct Input {
    name: String,
    reader: Box<dyn Read>,
    live: bool,
    progress: Progress,
}

/// The name of a path in messages.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// All bytes of a file or of standard input.
pub(crate) fn read_all(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Stop::io_named(&name(path), &error)),
    }
}

impl Input {
    /// Opens a file or standard input. `progress` tells whether reading it may be shown on the terminal.
    pub(crate) fn open(path: &Path, progress: bool) -> Result<Self> {
        let name = name(path);
        let fault = |error: io::Error| Stop::io_named(&name, &error);
        if is_stdin(path) {
            // Behind `Stdin` is a buffer of 8 KiB, which reads larger than itself pass by.
            let reader: Box<dyn Read> = Box::new(io::stdin().lock());
            return Ok(Self { reader, live: true, progress: Progress::of_bytes(progress, None), name });
        }
        let file = File::open(path).map_err(fault)?;
        let metadata = file.metadata().map_err(fault)?;
        if metadata.is_dir() {
            return Err(Stop::Io(format!("{name}: is a folder")));
        }
        let regular = metadata.is_file();
        let progress = Progress::of_bytes(progress, regular.then_some(metadata.len()));
        Ok(Self { reader: Box::new(file), live: !regular, progress, name })
    }

    /// The name in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the bytes may come slowly, so that what is known is to be shown before more is waited for.
    pub(crate) fn is_live(&self) -> bool {
        self.live
    }

    /// Passes the bytes through something.
    pub(crate) fn map(self, through: impl FnOnce(Box<dyn Read>) -> Box<dyn Read>) -> Self {
        Self { reader: through(self.reader), ..self }
    }

    /// Up to `count` bytes at the front, which stay there, as does an error that comes before there are as many.
    pub(crate) fn peek(&mut self, count: usize) -> Vec<u8> {
        let mut head = Vec::with_capacity(count);
        let reader = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        let mut reader = reader.take(u64::try_from(count).unwrap_or(u64::MAX));
        let fault = reader.read_to_end(&mut head).err();
        let again = io::Cursor::new(head.clone());
        self.reader = match fault {
            None => Box::new(again.chain(reader.into_inner())),
            Some(_) => Box::new(again.chain(Failing(fault))),
        };
        head
    }
}

/// Fails once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.progress.advance(count);
        Ok(count)
    }
}
