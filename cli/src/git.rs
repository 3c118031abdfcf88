//! Files in commits, read by the command `git`.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use cognate_schema::thrift::FileSystem;

use crate::input;
use crate::language::Language;
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Result, Stop};

/// `git:REV[:PATH]`
#[derive(Debug)]
pub(crate) struct GitVersion {
    revision: String,
    repository: Repository,
    /// The way from the top of the repository; empty for the top itself.
    path: String,
}

/// The schema files of a version.
pub(crate) struct Files {
    pub(crate) is_folder: bool,
    /// Those that were asked for, by name.
    pub(crate) asked: Vec<File>,
    /// Those of include folders.
    pub(crate) included: Vec<File>,
}

/// A file in a commit.
pub(crate) struct File {
    /// `git:REV:PATH`, or the path of a file that is not in the repository.
    pub(crate) name: String,
    /// The way from the folder that was asked for.
    pub(crate) inside: PathBuf,
    pub(crate) text: Vec<u8>,
}

/// A repository, and a folder in it.
#[derive(Debug, Clone)]
struct Repository {
    folder: PathBuf,
    top: String,
    /// The way from the top to the folder; empty, or with a slash at its end.
    prefix: String,
}

/// A line of a tree.
struct Entry {
    object: String,
    path: String,
}

impl GitVersion {
    /// Reads what stands after `git:`. Without a path it is that of the new schema.
    pub(crate) fn parse(text: &str, new: &Path) -> Result<Self> {
        let (revision, path) = match text.split_once(':') {
            Some((revision, path)) => (revision, Some(path)),
            None => (text, None),
        };
        let fault = |what: &str| Err(Stop::Usage(format!("git:{text}: {what}")));
        let found = |folder: &Path| Repository::of(folder).map_err(|failure| failure.outside(text, folder));
        if revision.is_empty() || revision.starts_with('-') {
            return fault("a revision is a commit, a tag or a branch, as in git:HEAD~1 or git:v1.2:schemas/user.avsc");
        }
        let (repository, path) = match path {
            Some(path) => {
                // A schema from elsewhere may be compared with the repository that one is in.
                let here = found(Path::new("."));
                let repository = here.or_else(|fault| Repository::of(&folder_of(new)).map_err(|_| fault))?;
                let Some(path) = repository.resolve(path) else { return fault("the path leads out of the repository") };
                (repository, path)
            }
            None if input::is_stdin(new) => {
                return fault("a path is needed where the new schema is read from standard input: git:REV:PATH");
            }
            None => {
                let repository = found(&folder_of(new))?;
                let name = if is_dir(new) { None } else { new.file_name().and_then(OsStr::to_str) };
                let path = format!("{}{}", repository.prefix, name.unwrap_or_default());
                (repository, path.trim_end_matches('/').to_owned())
            }
        };
        Ok(Self { revision: revision.to_owned(), repository, path })
    }

    /// The schema files there, and those of the include folders: of the same commit, where they are in the repository.
    pub(crate) fn files(&self, options: &SchemaOptions, wanted: Language) -> Result<Files> {
        let tree = self.tree()?;
        let entries = self.repository.list(&tree, &self.path)?;
        let is_file = entries.iter().any(|entry| entry.path == self.path);
        if entries.is_empty() {
            return Err(Stop::Usage(format!("{self}: there is no such file or folder in this revision")));
        }
        let asked: Vec<Entry> = if is_file { entries } else { schemas(entries, &self.path, options.language, wanted) };
        for entry in &asked {
            let language = Language::of(Path::new(&entry.path), options.language)?;
            if language != wanted {
                let name = self.name(&entry.path);
                return Err(Stop::Usage(format!("{name}: this is {language}, and the new schema {wanted}")));
            }
        }
        if asked.is_empty() {
            let extension = wanted.extension();
            return Err(Stop::Usage(format!("{self}: no schema files (.{extension}) are in this folder")));
        }
        let mut seen: HashSet<String> = asked.iter().map(|entry| entry.path.clone()).collect();
        let asked = self.read(asked)?;
        let mut included = Vec::new();
        // Files that name what they include are looked for when they are asked for.
        let folders = if wanted.has_includes() { &[] } else { options.include.as_slice() };
        for folder in folders {
            included.extend(self.including(folder, &tree, options, &mut seen)?);
        }
        Ok(Files { is_folder: !is_file, asked, included })
    }

    fn including(
        &self,
        folder: &Path,
        tree: &str,
        options: &SchemaOptions,
        seen: &mut HashSet<String>,
    ) -> Result<Vec<File>> {
        match Repository::of(folder) {
            Ok(repository) if repository.top == self.repository.top => {
                let path = repository.prefix.trim_end_matches('/');
                let mut entries = schemas(repository.list(tree, path)?, path, options.language, Language::Avro);
                entries.retain(|entry| seen.insert(entry.path.clone()));
                self.read(entries)
            }
            _ => {
                let found = options.find_in(folder)?;
                let file =
                    |path: PathBuf| Ok(File { name: input::name(&path), text: input::read_all(&path)?, inside: path });
                found.into_iter().map(file).collect()
            }
        }
    }

    /// All files of the revision, for those that include each other.
    pub(crate) fn tree_files(&self, options: &SchemaOptions) -> Result<TreeFiles> {
        let entries = self.repository.list(&self.tree()?, "")?;
        let objects = entries.into_iter().map(|entry| (entry.path, entry.object)).collect();
        let (mut folders, mut outside) = (Vec::new(), Vec::new());
        for folder in &options.include {
            match Repository::of(folder) {
                Ok(repository) if repository.top == self.repository.top => {
                    folders.push(self.name(repository.prefix.trim_end_matches('/')));
                }
                _ => {
                    let folder = folder.display().to_string();
                    folders.push(folder.clone());
                    outside.push(folder);
                }
            }
        }
        Ok(TreeFiles { start: self.name(""), repository: self.repository.clone(), objects, folders, outside })
    }

    /// The tree of the revision.
    fn tree(&self) -> Result<String> {
        let object = format!("{}^{{tree}}", self.revision);
        match self.repository.ask(&["rev-parse", "--verify", "--quiet", &object]) {
            Ok(id) => Ok(String::from_utf8_lossy(&id).trim().to_owned()),
            Err(Failure::Refused(_)) => {
                let (revision, top) = (&self.revision, &self.repository.top);
                let help = if self.repository.is_shallow() {
                    "which is a shallow clone, without all of the history; `git fetch --unshallow --tags` gets the rest"
                } else {
                    "where `git branch --all`, `git tag` and `git log` tell those that there are; `git fetch --tags` gets new ones"
                };
                Err(Stop::Usage(format!("git:{revision}: there is no such revision in {top}, {help}")))
            }
            Err(Failure::Stop(stop)) => Err(stop),
        }
    }

    fn read(&self, entries: Vec<Entry>) -> Result<Vec<File>> {
        let texts = self.repository.contents(&entries)?;
        let file = |(entry, text): (Entry, Vec<u8>)| {
            let inside = entry.path.strip_prefix(&*self.path).unwrap_or(&entry.path).trim_start_matches('/');
            File { name: self.name(&entry.path), inside: PathBuf::from(inside), text }
        };
        Ok(entries.into_iter().zip(texts).map(file).collect())
    }

    fn name(&self, path: &str) -> String {
        format!("git:{}:{path}", self.revision)
    }
}

/// The files of a commit by their names, `git:REV:PATH`.
pub(crate) struct TreeFiles {
    /// What names start with.
    start: String,
    repository: Repository,
    objects: HashMap<String, String>,
    /// Where included files are looked for.
    pub(crate) folders: Vec<String>,
    /// Those of the folders that are not in the repository.
    outside: Vec<String>,
}

impl TreeFiles {
    /// The way from the top of the repository.
    fn inside(&self, name: &str) -> Option<String> {
        if self.outside.iter().any(|folder| Path::new(name).starts_with(folder)) {
            return None;
        }
        // What stands beside a file at the top has a name without a folder.
        let path = self.repository.resolve_from("", name.strip_prefix(&self.start).unwrap_or(name))?;
        self.objects.contains_key(&path).then_some(path)
    }
}

impl cognate_schema::thrift::Files for TreeFiles {
    fn identify(&self, name: &str) -> Option<String> {
        match self.inside(name) {
            Some(path) => Some(format!("{}{path}", self.start)),
            None if self.outside.iter().any(|folder| Path::new(name).starts_with(folder)) => FileSystem.identify(name),
            None => None,
        }
    }

    fn read(&self, name: &str) -> std::io::Result<Vec<u8>> {
        let Some(path) = self.inside(name) else { return FileSystem.read(name) };
        let object = self.objects.get(&path).cloned().unwrap_or_default();
        let texts = self.repository.contents(&[Entry { object, path }]);
        let text = texts.map(|mut texts| texts.pop().unwrap_or_default());
        text.map_err(|_| std::io::Error::other("git does not give it"))
    }
}

impl fmt::Display for GitVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name(&self.path))
    }
}

enum Failure {
    /// What git says.
    Refused(String),
    Stop(Stop),
}

impl Repository {
    /// The repository that a folder is in.
    fn of(folder: &Path) -> Result<Self, Failure> {
        let mut repository = Self { folder: folder.to_owned(), top: String::new(), prefix: String::new() };
        let line = |what| {
            let mut answer = repository.ask(&["rev-parse", what])?;
            while answer.last().is_some_and(|last| matches!(last, b'\n' | b'\r')) {
                answer.pop();
            }
            let not_text = |_| Stop::Usage(format!("{}: a path in git is not UTF-8", folder.display()));
            String::from_utf8(answer).map_err(|error| Failure::Stop(not_text(error)))
        };
        let (top, prefix) = (line("--show-toplevel")?, line("--show-prefix")?);
        (repository.top, repository.prefix) = (top, prefix);
        Ok(repository)
    }

    /// Whether only a part of the history is here.
    fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.trim_ascii() == b"true")
    }

    /// A path as one writes it, from the top; nothing when it leads out.
    fn resolve(&self, path: &str) -> Option<String> {
        let is_relative = matches!(path.split('/').next(), Some("." | ".."));
        self.resolve_from(if is_relative { self.prefix.as_str() } else { "" }, path)
    }

    /// A path from a folder; nothing when it leads out.
    #[expect(clippy::unused_self, reason = "beside its callers")]
    fn resolve_from(&self, from: &str, path: &str) -> Option<String> {
        let mut steps: Vec<&str> = Vec::new();
        for step in from.split('/').chain(path.split('/')) {
            match step {
                "" | "." => {}
                ".." => drop(steps.pop()?),
                step => steps.push(step),
            }
        }
        Some(steps.join("/"))
    }

    /// The files of a tree at or below a path. Links, and what is in other repositories, are left out.
    fn list(&self, tree: &str, path: &str) -> Result<Vec<Entry>> {
        let mut arguments = vec!["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", tree];
        if !path.is_empty() {
            arguments.extend(["--", path]);
        }
        let listing = self.ask(&arguments).map_err(|failure| failure.into_stop(&self.top))?;
        let mut entries = Vec::new();
        for line in listing.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let Some((facts, path)) = line.split_once('\t') else { continue };
            let facts: Vec<_> = facts.split(' ').collect();
            if let [mode, "blob", object] = facts.as_slice()
                && mode.starts_with("100")
            {
                entries.push(Entry { object: (*object).to_owned(), path: path.to_owned() });
            }
        }
        Ok(entries)
    }

    /// What files contain.
    fn contents(&self, entries: &[Entry]) -> Result<Vec<Vec<u8>>> {
        let unreadable = |error: &dyn fmt::Display| Stop::Io(format!("git cat-file: {error}"));
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(not_run)?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(unreadable(&"no pipes"));
        };
        let wanted = entries.iter().flat_map(|entry| [&entry.object, "\n"]).collect::<String>();
        // Both sides at once, since neither pipe holds everything. A git that ends early shows in what it wrote.
        let asking = thread::spawn(move || stdin.write_all(wanted.as_bytes()));
        let mut stdout = BufReader::new(stdout);
        let mut read = || -> std::io::Result<Vec<u8>> {
            let mut head = String::new();
            stdout.read_line(&mut head)?;
            let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
            let size = size.ok_or_else(|| std::io::Error::other(format!("unexpected answer `{}`", head.trim_end())))?;
            let mut text = Vec::new();
            stdout.by_ref().take(size).read_to_end(&mut text)?;
            stdout.read_exact(&mut [0])?;
            Ok(text)
        };
        let texts = entries.iter().map(|_| read()).collect::<std::io::Result<Vec<_>>>();
        drop(stdout);
        let _ = asking.join();
        let _ = child.wait();
        texts.map_err(|error| unreadable(&error))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let output = self.command(arguments).output().map_err(|error| Failure::Stop(not_run(error)))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(Failure::Refused(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}

impl Failure {
    /// The end of a command that was asked for a version where no repository is.
    fn outside(self, version: &str, folder: &Path) -> Stop {
        let place =
            if folder == Path::new(".") { "the current folder".to_owned() } else { folder.display().to_string() };
        match self {
            Self::Refused(text) if text.contains("not a git repository") => Stop::Usage(format!(
                "git:{version}: {place} is in no repository of git, so that it has no versions; --against takes files and folders, too"
            )),
            failure => failure.into_stop(&format!("git:{version}: {place}")),
        }
    }

    fn into_stop(self, place: &str) -> Stop {
        match self {
            Self::Refused(text) => Stop::Usage(format!("{place}: git says: {text}")),
            Self::Stop(stop) => stop,
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn not_run(error: std::io::Error) -> Stop {
    Stop::Io(format!("git cannot be run, which versions of the form git:REV are read with: {error}"))
}

/// The folder that a schema is in.
fn folder_of(path: &Path) -> PathBuf {
    if input::is_stdin(path) {
        return PathBuf::from(".");
    }
    if is_dir(path) {
        return path.to_owned();
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The schema files among those below a folder, without what is hidden in it.
fn schemas(entries: Vec<Entry>, folder: &str, asked: Option<Language>, wanted: Language) -> Vec<Entry> {
    let extensions = Language::extensions(Some(asked.unwrap_or(wanted)));
    let is_schema = |entry: &Entry| {
        let inside = entry.path.strip_prefix(folder).unwrap_or(&entry.path).trim_start_matches('/');
        let extension = Path::new(inside).extension();
        !inside.split('/').any(|step| step.starts_with('.'))
            && extension.is_some_and(|have| extensions.iter().any(|want| have == *want))
    };
    entries.into_iter().filter(is_schema).collect()
}
