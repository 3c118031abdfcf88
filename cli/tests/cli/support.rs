//! A folder to work in, and the binary.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, thread};

use tempfile::TempDir;

pub(crate) const USER: &str = r#"{"type": "record", "name": "example.User", "fields": [
  {"name": "id", "type": "long"},
  {"name": "name", "type": "string"},
  {"name": "tags", "type": {"type": "array", "items": "string"}, "default": []}]}
"#;

/// Three users as `cognate decode` prints them.
pub(crate) const USERS: &str = concat!(
    r#"{"id":1,"name":"Ada","tags":[]}"#,
    "\n",
    r#"{"id":2,"name":"Björn","tags":["x","y"]}"#,
    "\n",
    r#"{"id":-3,"name":"","tags":[""]}"#,
    "\n"
);

/// A temporary folder, in which commands run.
pub(crate) struct Folder(TempDir);

/// What a command did.
pub(crate) struct Done {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with `user.avsc` and `users.jsonl`.
    pub(crate) fn with_users() -> Self {
        Self::new().file("user.avsc", USER).file("users.jsonl", USERS)
    }

    pub(crate) fn file(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
        self.write(path, contents);
        self
    }

    pub(crate) fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// The names in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The binary with arguments that are separated by white space.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        command.env_remove("NO_COLOR").env_remove("TERM");
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Done {
        self.command(arguments).stdin(Stdio::null()).output().unwrap().into()
    }

    pub(crate) fn pipe(&self, arguments: &str, input: impl AsRef<[u8]> + Send) -> Done {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        thread::scope(|scope| {
            // A command that finds a fault early does not read to the end.
            scope.spawn(move || drop(stdin.write_all(input.as_ref())));
            child.wait_with_output().unwrap().into()
        })
    }
}

impl Done {
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.stdout).unwrap()
    }

    /// The standard output of a command that found nothing wrong, and said nothing.
    #[track_caller]
    pub(crate) fn clean(self) -> Vec<u8> {
        assert_eq!((self.status, self.stderr.as_str()), (0, ""));
        self.stdout
    }

    #[track_caller]
    pub(crate) fn clean_text(self) -> String {
        String::from_utf8(self.clean()).unwrap()
    }

    /// The message of a command that ended with a status.
    #[track_caller]
    pub(crate) fn fails(&self, status: i32) -> &str {
        assert_eq!(self.status, status, "{}", self.stderr);
        &self.stderr
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let status = output.status.code().expect("no signal ends the command");
        Self { status, stdout: output.stdout, stderr: String::from_utf8(output.stderr).unwrap() }
    }
}

/// The folder of real inputs, which need not be there.
pub(crate) fn shared_data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    folder.is_dir().then_some(folder)
}

/// The folder of examples.
pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/avro")
}
