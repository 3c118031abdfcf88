//! The committed golden vectors, made from the judges by `golden/make_avro.py`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::implementation::{AvroImplementation, Refusal, serve};
use crate::judge::Library;

/// The names of all suites of Avro.
pub const AVRO_SUITES: [&str; 11] = [
    "canonical",
    "compatibility",
    "container_read",
    "decode",
    "encode",
    "fingerprint",
    "json_decode",
    "json_encode",
    "resolve",
    "single_object_encode",
    "validate",
];

/// Golden vectors of one operation.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The operation of the judges' protocol.
    pub operation: String,
    /// The vectors.
    pub cases: Vec<GoldenCase>,
}

/// One golden vector.
#[derive(Clone, Debug)]
pub struct GoldenCase {
    /// What it is about, unique in its suite.
    pub name: String,
    /// The request of the judges' protocol.
    pub request: Value,
    /// The right answer; `None` where the request is to be refused.
    pub expected: Option<Value>,
    /// What judges answer that are known to differ.
    pub differing: BTreeMap<String, Option<Value>>,
    /// The judges that have the operation at all.
    pub judges: Vec<String>,
}

/// Reads a suite of `golden/avro`.
///
/// # Panics
///
/// When the file is missing or not as `make_avro.py` writes it.
pub fn avro_suite(name: &str) -> Suite {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join("avro").join(format!("{name}.json"));
    let content = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let suite: Value = serde_json::from_str(&content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let string = |value: &Value| value.as_str().unwrap_or_else(|| panic!("not a string: {value}")).to_owned();
    let answer = |value: &Value| (value["refused"] != true).then(|| value.clone());
    let case = |case: &Value| GoldenCase {
        name: string(&case["name"]),
        request: case["request"].clone(),
        expected: answer(&case["expect"]),
        differing: case["differs"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(judge, value)| (judge.clone(), answer(value)))
            .collect(),
        judges: case["judges"].as_array().into_iter().flatten().map(string).collect(),
    };
    let cases: Vec<GoldenCase> = suite["cases"].as_array().into_iter().flatten().map(case).collect();
    assert!(!cases.is_empty(), "{} holds no cases", path.display());
    Suite { operation: string(&suite["operation"]), cases }
}

/// The cases of a suite that Cognate is known to fail, from `golden/avro/known_failures.txt`.
///
/// # Panics
///
/// When the file is missing, or has a line that is not `suite: case`.
pub fn known_failures(suite: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join("avro").join("known_failures.txt");
    let content = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = content.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entries = lines.map(|line| line.split_once(": ").unwrap_or_else(|| panic!("no `suite: case`: {line}")));
    entries
        .inspect(|(of, _)| assert!(AVRO_SUITES.contains(of), "there is no suite {of}"))
        .filter(|(of, _)| *of == suite)
        .map(|(_, case)| case.to_owned())
        .collect()
}

/// Runs a suite with an implementation and returns how many vectors it has passed.
///
/// A judge is held to what is recorded of it, anyone else to the right answers. `known_failures` names the cases that
/// the implementation still fails; the list may only shrink, so a case on it that passes is a failure too.
///
/// # Panics
///
/// With the list of all cases that are not as they should be.
pub fn check(implementation: &mut dyn AvroImplementation, suite: &Suite, known_failures: &[String]) -> usize {
    let (mut passed, mut report) = (0, String::new());
    let own = implementation.name();
    for case in &suite.cases {
        let answer = serve(implementation, &suite.operation, &case.request);
        let unsupported = answer.as_ref().is_err_and(Refusal::is_unsupported);
        if unsupported && is_judge(&own) && !case.judges.contains(&own) {
            continue;
        }
        let expected = case.differing.get(&own).unwrap_or(&case.expected);
        let right = match (&answer, expected) {
            (Ok(answer), Some(expected)) => {
                comparable(&suite.operation, answer) == comparable(&suite.operation, expected)
            }
            (Err(_), None) => !unsupported,
            _ => false,
        };
        let known = known_failures.contains(&case.name);
        if right && !known {
            passed += 1;
        } else if right {
            let _ = writeln!(report, "{}: passes now, take it off the known failures", case.name);
        } else if !known {
            let expected = expected.as_ref().map_or("refused".to_owned(), Value::to_string);
            let answer = answer.map_or_else(|refusal| format!("refused, {refusal}"), |value| value.to_string());
            let request = &case.request;
            let _ = writeln!(report, "{}: {request}\n  expected {expected}\n  answered {answer}", case.name);
        }
    }
    for known in known_failures {
        if !suite.cases.iter().any(|case| case.name == *known) {
            let _ = writeln!(report, "{known}: known to fail, but there is no such case");
        }
    }
    assert!(report.is_empty(), "{own}, {}:\n{report}", suite.operation);
    passed
}

fn is_judge(name: &str) -> bool {
    Library::AVRO.iter().any(|library| library.name() == name)
}

/// The parts of an answer that have to be equal: not an implementation's own words, how it writes JSON and
/// schemas, nor in which order and how often it tells the same incompatibility.
fn comparable(operation: &str, answer: &Value) -> Value {
    let mut answer = answer.clone();
    let Some(parts) = answer.as_object_mut() else { return answer };
    if operation == "json_encode"
        && let Some(json) = parts.get("text").and_then(Value::as_str).and_then(|text| serde_json::from_str(text).ok())
    {
        parts.insert("text".to_owned(), json);
    }
    parts.remove("schema");
    if let Some(Value::Object(metadata)) = parts.get_mut("metadata") {
        metadata.remove("avro.schema");
        metadata.remove("avro.codec");
    }
    if let Some(found) = parts.get_mut("incompatibilities").and_then(Value::as_array_mut) {
        found.iter_mut().filter_map(Value::as_object_mut).for_each(|found| drop(found.remove("message")));
        found.sort_by_key(Value::to_string);
        found.dedup();
    }
    answer
}
