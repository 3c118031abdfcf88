//! `cognate`, the command-line tool.
//!
//! Results go to standard output, everything else to standard error. Every command ends with **0** when all is well, **1**
//! when there are findings (an invalid schema, data that cannot be decoded or encoded, generated code that is not up to
//! date) and **2** for wrong usage and failed input or output. When the reader of the output goes away, as `head` does,
//! the command ends quietly with 0.
//!
//! # Stable formats
//!
//! `validate --format json` prints one object:
//!
//! ```json
//! {"valid": false, "files": [{"path": "user.avsc", "diagnostics": [
//!   {"rule": "avro/unknown-type", "severity": "error", "message": "…", "line": 4, "column": 30, "end_line": 4,
//!    "end_column": 38, "labels": [], "notes": [], "suggestions": []}]}]}
//! ```
//!
//! - Every file that was looked at is there, in the order in which it was given or found, those without problems included.
//! - Lines and columns count from 1, columns in characters; the end is behind the last character. A diagnostic without a
//!   place lacks all four.
//! - `severity` is `error` or `warning`; `valid` says that there is no error.
//! - `labels` are the places: `kind` (`primary` or `secondary`), `message`, `path`, and the four numbers.
//! - `suggestions` are changes that would help: `message`, and `edits` with `path`, the four numbers and `replacement`.
//!
//! `compat --format json` prints one object:
//!
//! ```json
//! {"compatible": false, "level": "backward", "files": [{"language": "avro", "old": "v1/user.avsc", "new": "v2/user.avsc",
//!   "compatible": false, "findings": [{"rule": "avro/reader-field-without-default", "severity": "error",
//!   "breaks": ["backward"], "surfaces": ["wire"], "message": "…", "old": {"path": "/fields", "line": 4, "column": 3},
//!   "new": {"path": "/fields/2", "line": 7, "column": 5}, "fix": "give `country` a default"}]}]}
//! ```
//!
//! - `breaks` lists every direction that a change breaks on the surfaces that were asked for, whatever the level; `compatible` is
//!   about the level. A warning alters a meaning and breaks nothing. `surfaces` are those of the surfaces asked for
//!   (`--surface`, `wire` by default) that are concerned: `wire`, `json`, `source`.
//! - `old` and `new` of a file are paths, or `git:REV:PATH`. A place that is in another text, such as an included file, has that
//!   one's name as `file`.
//! - A path of an Avro schema is a JSON pointer over the schema with every name replaced by its definition, `/` for the schema
//!   itself. A path of Thrift definitions names them, and fields by their ids: `/structs/User/fields/3`, its type `…/type` and
//!   what that holds `…/type/element`, `…/type/key`, `…/type/value`; `/unions/…`, `/exceptions/…`; `/enums/Color/values/RED`;
//!   `/services/Calc/functions/add` with `/arguments/1`, `/result` and `/throws/1`. A definition of another file than the
//!   one that is compared stands with that file's name: `/structs/base.User`.
//! - `fix` is left out where nothing helps. With `--witness` a finding has `witnesses`, one for each direction where a value can be
//!   made that fails or changes: `direction`, `value`, `hex` (its bytes), and either `error` (what the reader says) or `reads` (the
//!   value that the reader takes it for); for Thrift also `type` and `protocol`. Where another fault comes first in
//!   every such value, `error` is about that one, and `behind` is what would come next. A direction without a witness is
//!   among the `unwitnessed`: `direction` and `reason`.
//! - In formats other than JSON, a change that breaks only what the level does not ask for is a warning.
//!
//! `resolve --format json` prints `{"compatible": bool, "fields": [{"path", "writer", "reader", "fate", "why"}]}`; `writer` and
//! `reader` are null where there is no such field, otherwise have `type`, `path`, `line`, `column`; `fate` is `copy`, `promote`,
//! `convert`, `alias`, `default`, `absent`, `skip`, `drop` or `fault`.
//!
//! `sarif` is SARIF 2.1.0, `junit` one `testsuite` with a `testcase` per file, `github` the workflow commands of GitHub
//! Actions, `gitlab` the Code Quality report of GitLab.
//!
//! `decode --header` prints the header of a container file: `{"schema": …, "codec": "snappy", "sync_marker": "<32 hex
//! digits>", "metadata": {"key": "text"}}`. The metadata lacks the schema and the codec; a value that is not UTF-8 stands
//! as `{"base64": "…"}`.
//!
//! Thrift data as JSON has the fields that are there; enums by name, or by number where the schema has no name; maps whose keys
//! are no strings as arrays of `[key, value]`. What the schema does not know stands under `@unknown`, with all that the wire says of
//! it: `{"9": {"i32": 5}, "10": {"list": ["string", ["a"]]}, "11": {"map": ["i32", "bool", [[7, true]]]}}`. Text that is not UTF-8 is a
//! `binary` in base64. Data without a schema is printed as that alone.
//!
//! Messages of Thrift services are printed as `{"name": "add", "type": "call", "seqid": 1, "value": {…}}`; `type` is `call`, `reply`,
//! `exception` or `oneway`, and `value` the struct of the arguments, of the answer, or of the failure of the call. Where the schema does
//! not have the method its struct stands under `@unknown`. With `--json thrift` a message is what Thrift's JSON protocol makes of it: an
//! array of the version 1, the name, the number of the kind, the sequence number and the struct.
//!
//! # Where things are
//!
//! Each command is one file of [`commands`]: its arguments, and the choice of the schema language. What a command does for
//! a language is in the folder of that language, [`avro`]. Diagnostics are drawn by [`render`], one file per format.

use std::process::ExitCode;
use std::thread;

use clap::Parser;

mod avro;
mod commands;
mod console;
mod fates;
mod faults;
mod frames;
mod generated;
mod git;
mod hex;
mod input;
mod json_lines;
mod language;
mod origin;
mod output;
mod progress;
mod readers;
mod render;
mod sample_lines;
mod schema_files;
mod size;
mod stop;
mod thrift;
mod versions;
mod window;

use commands::Command;
use console::{ColorChoice, Console};

/// One schema toolkit for Avro, Protocol Buffers and Thrift.
#[derive(Debug, Parser)]
#[command(
    name = "cognate",
    version,
    arg_required_else_help = true,
    after_help = "Exit status: 0 clean, 1 findings, 2 wrong usage or failed input or output."
)]
struct Cli {
    /// When to colour what people read.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

/// Stack of the thread that works, in bytes. Values are decoded recursively, and `--max-depth` may ask for a deep one. Memory
/// is only taken by what is used.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(cli.color);
    let work = || match cli.command.run(&console) {
        Ok(outcome) => outcome.exit_code(),
        Err(stop) => {
            stop.report(&console);
            stop.exit_code()
        }
    };
    let code = thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
        Ok(worker) => worker.join().ok(),
        Err(error) => {
            console.error(&format!("no thread can be started: {error}"));
            None
        }
    });
    // A panic has printed its message already; it is no finding about the input.
    ExitCode::from(code.unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
