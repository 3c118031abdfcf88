//! Writes a container file of a given size and streams through it, each in a process of its own, and prints the peak of
//! the memory that each held.
//!
//! `stream_memory [MEGABYTES] [CODEC] [CONTENDER]`: 1000, `null` and every contender where nothing is said. The file goes to
//! the folder for temporary files and is removed at the end.

use std::any::Any;
use std::cell::Cell;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::rc::Rc;
use std::time::Instant;

#[cfg(feature = "cognate")]
use cognate_bench::cognate::{self, Counterpart as _};
use cognate_bench::data::{Dataset, log::Log};
use cognate_bench::peers::{apache_avro, serde_avro_fast};

/// What streaming may take, in megabytes of resident memory.
const TARGET_MB: f64 = 32.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--write", contender, codec, megabytes, path] => write(contender, codec, megabytes, Path::new(path)),
        ["--read", contender, path] => read(contender, Path::new(path)),
        rest => compare(rest),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stream_memory: {error}");
            ExitCode::from(2)
        }
    }
}

type Record = <Log as Dataset>::Owned;

/// Is handed every record.
type Each<'e> = &'e mut dyn FnMut(&dyn Any);

/// A library that streams containers.
struct Contender {
    name: &'static str,
    write: fn(&mut dyn Iterator<Item = &Record>, codec: &str, out: &mut dyn Write),
    read: fn(File, each: Each<'_>),
}

const CONTENDERS: &[Contender] = &[
    #[cfg(feature = "cognate")]
    Contender {
        name: cognate::NAME,
        write: |records, codec, out| {
            cognate::container::write::<Log>(records.map(Log::own), codec, out).expect("records of the schema");
        },
        read: |file, each| {
            cognate::container::stream::<Log>(file, |value| each(&value)).expect("a file of the schema");
        },
    },
    Contender {
        name: serde_avro_fast::NAME,
        write: |records, codec, out| serde_avro_fast::Library::<Log>::new().write(records, codec, out),
        read: |file, each| serde_avro_fast::Library::<Log>::stream(BufReader::new(file), |value| each(&value)),
    },
    Contender {
        name: apache_avro::NAME,
        write: |records, codec, out| apache_avro::Library::<Log>::new().write(records, codec, out),
        read: |file, each| apache_avro::Library::<Log>::read(BufReader::new(file), |value| each(&value)),
    },
];

fn compare(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let megabytes = arguments.first().copied().unwrap_or("1000");
    let codec = arguments.get(1).copied().unwrap_or("null");
    let contenders = match arguments.get(2) {
        Some(name) => std::slice::from_ref(find(name)?),
        None => CONTENDERS,
    };
    println!("{megabytes} MB of log records, codec {codec}; target: a peak of at most {TARGET_MB} MB");
    for contender in contenders {
        let path = std::env::temp_dir().join(format!("cognate-stream-{}-{}.avro", contender.name, std::process::id()));
        let written = again(&["--write".as_ref(), contender.name.as_ref(), codec.as_ref(), megabytes.as_ref(), &path]);
        let read = written.and_then(|()| again(&["--read".as_ref(), contender.name.as_ref(), &path]));
        let removed = std::fs::remove_file(&path);
        read?;
        removed?;
    }
    Ok(())
}

/// Runs this program in a fresh process.
fn again(arguments: &[&Path]) -> Result<(), Box<dyn Error>> {
    let status = Command::new(std::env::current_exe()?).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("a step ended with {status}").into()) }
}

fn write(contender: &str, codec: &str, megabytes: &str, path: &Path) -> Result<(), Box<dyn Error>> {
    let limit = megabytes.parse::<u64>()? * 1_000_000;
    let written = Rc::new(Cell::new(0));
    let mut out = Counted { out: BufWriter::new(File::create(path)?), written: Rc::clone(&written) };
    let records = Log::records();
    let mut count = 0_u64;
    let mut stream = records.iter().cycle().take_while(|_| {
        count += 1;
        written.get() < limit
    });
    let start = Instant::now();
    (find(contender)?.write)(&mut stream, codec, &mut out);
    out.flush()?;
    report(contender, "write", count - 1, start)
}

fn read(contender: &str, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut count = 0_u64;
    let start = Instant::now();
    (find(contender)?.read)(File::open(path)?, &mut |record| {
        count += 1;
        std::hint::black_box(record);
    });
    report(contender, "read", count, start)
}

fn find(name: &str) -> Result<&'static Contender, String> {
    let known = || CONTENDERS.iter().map(|contender| contender.name).collect::<Vec<_>>().join(", ");
    CONTENDERS.iter().find(|contender| contender.name == name).ok_or_else(|| format!("{name} is none of {}", known()))
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn report(contender: &str, what: &str, records: u64, start: Instant) -> Result<(), Box<dyn Error>> {
    let rate = records as f64 / start.elapsed().as_secs_f64() / 1e6;
    let peak = peak_kilobytes()? as f64 / 1024.0;
    let verdict = if peak <= TARGET_MB { "within the target" } else { "PAST the target" };
    println!("{contender:<18} {what:<6} {records:>10} records {rate:>8.2} M/s   peak {peak:>8.1} MB   {verdict}");
    Ok(())
}

/// The largest resident memory of this process so far, as Linux counts it.
fn peak_kilobytes() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in /proc/self/status")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}

/// Counts what is written.
struct Counted {
    out: BufWriter<File>,
    written: Rc<Cell<u64>>,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written.set(self.written.get() + count as u64);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
