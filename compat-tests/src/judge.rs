//! Judges in processes of their own, asked through pipes.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::implementation::{
    Algorithm, Answer, AvroImplementation, Container, ContainerContents, Decoded, Refusal, RefusalKind,
};

/// How long one answer may take. The first one includes the start of a virtual machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A reference implementation that can judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    /// Python, the package `fastavro`.
    Fastavro,
    /// Python, the package `avro` of the Apache project.
    Avro,
    /// Java, `org.apache.avro:avro`.
    Java,
    /// Python, the package `thrift` of the Apache project; it judges Thrift only, as the next two do.
    Thrift,
    /// Node, the package `thrift` of the Apache project.
    ThriftNode,
    /// Rust, the crate `thrift` of the Apache project.
    ThriftRust,
    /// Java, `com.facebook.drift:drift-protocol`; it judges Thrift's protocols as fbthrift has them.
    Drift,
    /// Python, the package `pyarrow`; it judges footers of Parquet files.
    Pyarrow,
}

impl Library {
    /// All that judge Avro.
    pub const AVRO: [Self; 3] = [Self::Fastavro, Self::Avro, Self::Java];
    /// All that judge Thrift as the Apache project has it.
    pub const THRIFT: [Self; 3] = [Self::Thrift, Self::ThriftNode, Self::ThriftRust];

    /// The name that reports and golden vectors use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fastavro => "fastavro",
            Self::Avro => "avro",
            Self::Java => "java",
            Self::Thrift => "thrift",
            Self::ThriftNode => "thrift for Node",
            Self::ThriftRust => "thrift for Rust",
            Self::Drift => "drift",
            Self::Pyarrow => "pyarrow",
        }
    }

    fn command(self, peers: &Path) -> Command {
        let judges = Path::new(env!("CARGO_MANIFEST_DIR")).join("judges");
        let launcher = |name: &str| Command::new(peers.join("bin").join(name));
        let mut command = match self {
            Self::Fastavro | Self::Avro | Self::Thrift | Self::Pyarrow => launcher("python"),
            Self::Java | Self::Drift => launcher("java"),
            Self::ThriftNode => launcher("node"),
            Self::ThriftRust => Command::new(peers.join("rust").join("thrift-judge")),
        };
        match self {
            Self::Fastavro | Self::Avro => command.arg(judges.join("avro_judge.py")).arg(self.name()),
            Self::Java => command.arg("AvroJudge"),
            Self::Drift => command.arg("ThriftJudge"),
            Self::Thrift => command.arg(judges.join("thrift_judge.py")),
            Self::Pyarrow => command.arg(judges.join("parquet_judge.py")),
            Self::ThriftNode => command.arg(judges.join("npm").join("thrift_judge.js")),
            Self::ThriftRust => &mut command,
        };
        command
    }
}

/// The judge, or `None` after saying aloud that it is skipped because it is not installed.
///
/// # Panics
///
/// With `CI=true` in the environment a missing judge is a failure. An installed judge that does not start always is.
pub fn judge_or_skip(library: Library) -> Option<Judge> {
    match Judge::start(library) {
        Ok(judge) => Some(judge),
        Err(missing) => {
            skip(&missing);
            None
        }
    }
}

/// Says aloud that something is skipped, past the test harness, which would swallow it; the same thing once.
///
/// # Panics
///
/// With `CI=true` in the environment: there, nothing may be missing.
pub fn skip(reason: &str) {
    let ci = env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    assert!(!ci, "{reason}, and with CI=true nothing may be skipped");
    skip_optional(reason);
}

/// As [`skip`], for what may be missing anywhere.
pub fn skip_optional(reason: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(reason.to_owned()) {
        // A closed standard error is no reason to fail.
        let _ = writeln!(io::stderr(), "skipped: {reason}");
    }
}

/// A running judge. It ends when dropped.
///
/// Refusals are answers. A judge that dies, falls silent or talks nonsense panics the test with what it wrote to its
/// standard error.
#[derive(Debug)]
pub struct Judge {
    library: Library,
    child: Child,
    requests: Option<ChildStdin>,
    answers: Receiver<String>,
    complaints: Arc<Mutex<String>>,
    asked: u64,
}

impl Judge {
    /// Starts a judge from `COGNATE_PEERS`, or from `target/peers` of the workspace.
    ///
    /// # Errors
    ///
    /// When it is not installed; the text says how to.
    ///
    /// # Panics
    ///
    /// When it is installed and does not start.
    pub fn start(library: Library) -> Result<Self, String> {
        let peers = peers();
        let mut command = library.command(&peers);
        if !Path::new(command.get_program()).is_file() {
            let name = library.name();
            return Err(format!("the judge {name} is not in {}; `cargo xtask peers` installs it", peers.display()));
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{} does not start: {error}", library.name()));
        let requests = child.stdin.take();
        let stdout = child.stdout.take().expect("the output is piped");
        let mut stderr = child.stderr.take().expect("the errors are piped");

        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let complaints = Arc::new(Mutex::new(String::new()));
        let written = Arc::clone(&complaints);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(length @ 1..) = stderr.read(&mut chunk) {
                let text = String::from_utf8_lossy(&chunk[..length]);
                written.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
            }
        });
        Ok(Self { library, child, requests, answers, complaints, asked: 0 })
    }

    /// Which implementation this is.
    pub fn library(&self) -> Library {
        self.library
    }

    /// The implementation's own version.
    ///
    /// # Panics
    ///
    /// When the judge does not say.
    pub fn version(&mut self) -> String {
        let hello = self.ask("hello", json!({})).unwrap_or_else(|refusal| panic!("no hello: {refusal}"));
        text(&hello, "version")
    }

    /// Sends one request of the protocol and waits for its answer.
    ///
    /// # Panics
    ///
    /// When the judge fails to answer, or finds the request itself wrong.
    pub fn ask(&mut self, operation: &str, mut request: Value) -> Answer<Value> {
        self.asked += 1;
        request["id"] = self.asked.into();
        request["op"] = operation.into();
        let mut line = request.to_string();
        line.push('\n');
        let sent = self.requests.as_mut().map(|pipe| pipe.write_all(line.as_bytes()).and_then(|()| pipe.flush()));
        if !matches!(sent, Some(Ok(()))) {
            self.give_up("does not take requests", &line);
        }
        let answer = match self.answers.recv_timeout(PATIENCE) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => self.give_up("does not answer in time", &line),
            Err(RecvTimeoutError::Disconnected) => self.give_up("has ended", &line),
        };
        let Ok(mut answer) = serde_json::from_str::<Value>(&answer) else {
            self.give_up(&format!("talks nonsense ({answer})"), &line)
        };
        if answer["id"] != self.asked {
            self.give_up(&format!("answers something else ({answer})"), &line);
        }
        if let Some(ok) = answer.get_mut("ok") {
            return Ok(ok.take());
        }
        let kind = match answer["error"]["kind"].as_str() {
            Some("schema") => RefusalKind::Schema,
            Some("value") => RefusalKind::Value,
            Some("data") => RefusalKind::Data,
            Some("divided") => RefusalKind::Divided,
            Some("unsupported") => RefusalKind::Unsupported,
            _ => self.give_up(&format!("finds the request wrong ({answer})"), &line),
        };
        Err(Refusal::new(kind, text(&answer["error"], "message")))
    }

    fn give_up(&mut self, what: &str, request: &str) -> ! {
        self.stop();
        let complaints = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        panic!("the judge {} {what}\nrequest: {request}standard error: {complaints}", self.library.name());
    }

    fn stop(&mut self) {
        // The end of its input ends a judge that is well; the rest is for one that is not.
        drop(self.requests.take());
        for _ in 0..20 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.stop();
    }
}

impl AvroImplementation for Judge {
    fn name(&self) -> String {
        self.library.name().to_owned()
    }

    fn validate(&mut self, schema: &str) -> Answer<()> {
        self.ask("validate", json!({"schema": schema})).map(|_| ())
    }

    fn canonical(&mut self, schema: &str) -> Answer<String> {
        Ok(text(&self.ask("canonical", json!({"schema": schema}))?, "text"))
    }

    fn fingerprint(&mut self, schema: &str, algorithm: Algorithm) -> Answer<String> {
        let request = json!({"schema": schema, "algorithm": algorithm.name()});
        Ok(text(&self.ask("fingerprint", request)?, "hex"))
    }

    fn encode(&mut self, schema: &str, value: &Value) -> Answer<Vec<u8>> {
        Ok(bytes(&self.ask("encode", json!({"schema": schema, "value": value}))?))
    }

    fn decode(&mut self, schema: &str, reader: Option<&str>, data: &[u8]) -> Answer<Decoded> {
        let request = json!({"schema": schema, "reader": reader, "hex": hex::encode(data)});
        let mut answer = self.ask("decode", request)?;
        let read = answer["read"].as_u64().and_then(|read| usize::try_from(read).ok());
        let read = read.unwrap_or_else(|| panic!("the judge does not say how much it read: {answer}"));
        Ok(Decoded { value: answer["value"].take(), read })
    }

    fn json_encode(&mut self, schema: &str, value: &Value) -> Answer<String> {
        Ok(text(&self.ask("json_encode", json!({"schema": schema, "value": value}))?, "text"))
    }

    fn json_decode(&mut self, schema: &str, reader: Option<&str>, text: &str) -> Answer<Value> {
        let request = json!({"schema": schema, "reader": reader, "text": text});
        Ok(self.ask("json_decode", request)?["value"].take())
    }

    fn single_object_encode(&mut self, schema: &str, value: &Value) -> Answer<Vec<u8>> {
        Ok(bytes(&self.ask("single_object_encode", json!({"schema": schema, "value": value}))?))
    }

    fn single_object_decode(&mut self, schema: &str, data: &[u8]) -> Answer<Value> {
        let request = json!({"schema": schema, "hex": hex::encode(data)});
        Ok(self.ask("single_object_decode", request)?["value"].take())
    }

    fn container_write(&mut self, container: &Container<'_>) -> Answer<Vec<u8>> {
        let metadata = container.metadata.iter().map(|(name, value)| ((*name).to_owned(), hex::encode(value).into()));
        let request = json!({
            "schema": container.schema,
            "values": container.values,
            "codec": container.codec,
            "metadata": Value::Object(metadata.collect()),
            "sync": container.sync.map(hex::encode),
            "block_items": container.block_items,
        });
        Ok(bytes(&self.ask("container_write", request)?))
    }

    fn container_read(&mut self, data: &[u8], reader: Option<&str>) -> Answer<ContainerContents> {
        let mut answer = self.ask("container_read", json!({"hex": hex::encode(data), "reader": reader}))?;
        let (Value::Array(values), Value::Object(metadata)) = (answer["values"].take(), answer["metadata"].take())
        else {
            panic!("the judge gives no values or no metadata");
        };
        let unhex = |value: &Value| hex::decode(value.as_str().unwrap_or("no text")).expect("metadata is hex");
        Ok(ContainerContents {
            values,
            schema: text(&answer, "schema"),
            codec: text(&answer, "codec"),
            metadata: metadata.iter().map(|(name, value)| (name.clone(), unhex(value))).collect(),
        })
    }

    fn compatibility(&mut self, reader: &str, writer: &str) -> Answer<Value> {
        self.ask("compatibility", json!({"reader": reader, "writer": writer}))
    }
}

/// The Python of the judges, with their packages, or `None` after saying aloud that it is not installed.
///
/// # Panics
///
/// As [`skip`].
pub fn python_or_skip() -> Option<PathBuf> {
    launcher_or_skip("python")
}

/// The Node of the judges, with their packages, or `None` after saying aloud that it is not installed.
///
/// # Panics
///
/// As [`skip`].
pub fn node_or_skip() -> Option<PathBuf> {
    launcher_or_skip("node")
}

fn launcher_or_skip(name: &str) -> Option<PathBuf> {
    let launcher = peers().join("bin").join(name);
    if !launcher.is_file() {
        skip(&format!("the judges in {name} are not installed; `cargo xtask peers` installs them"));
        return None;
    }
    Some(launcher)
}

fn peers() -> PathBuf {
    match env::var_os("COGNATE_PEERS") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("target").join("peers"),
    }
}

fn text(answer: &Value, name: &str) -> String {
    let found = answer.get(name).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("the judge gives no `{name}`: {answer}")).to_owned()
}

fn bytes(answer: &Value) -> Vec<u8> {
    hex::decode(text(answer, "hex")).unwrap_or_else(|error| panic!("the judge's hex is none: {error}"))
}
