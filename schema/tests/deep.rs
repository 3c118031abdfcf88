//! Schemas that are deeper than a stack: nothing that is done with them is a recursion without a limit.

use std::fmt::Write;
use std::thread;

use cognate_codec::Limits;
use cognate_schema::avro::resolve::{FaultKind, UnionOrder, resolve, walk};
use cognate_schema::avro::{Algorithm, Loader, Program, Sampler, Schema};
use cognate_schema::compat::{Level, Options, check, check_with};
use cognate_schema::value::Value;

const LEVELS: usize = 20_000;

/// Records, each with a field of the one before, beside others. Each stands in a file of its own, since a text has a limit of
/// depth.
fn chain(inside_the_first: &str, beside: &str) -> Schema {
    let mut loader = Loader::new();
    loader.add("0", format!(r#"{{"type": "record", "name": "L0", "fields": [{inside_the_first}]}}"#));
    let mut last = None;
    for level in 1..LEVELS {
        let mut text = String::new();
        let below = level - 1;
        let fields = format!(r#"[{{"name": "a", "type": "L{below}"}}{beside}]"#);
        write!(text, r#"{{"type": "record", "name": "L{level}", "fields": {fields}}}"#).unwrap();
        last = Some(loader.add(level.to_string(), text));
    }
    let set = loader.link().into_result().unwrap();
    set.schema(last.unwrap())
}

const ID: &str = r#"{"name": "id", "type": "int"}"#;
const ID_WITH_DEFAULT: &str = r#"{"name": "id", "type": "int", "default": 0}"#;
const BESIDE: &str = r#", {"name": "b", "type": "int"}"#;

/// A stack on which a recursion over a chain has no room.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(256 << 10).spawn(test).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn a_chain_that_nobody_asks_for_is_skipped() {
    on_a_small_stack(|| {
        let writer = chain("", "");
        let reader =
            Schema::parse(format!(r#"{{"type": "record", "name": "L{}", "fields": []}}"#, LEVELS - 1)).unwrap();
        assert!(resolve(&writer, &reader, UnionOrder::default()).is_compatible());
    });
}

#[test]
fn chains_that_are_the_same_have_the_identity_for_a_plan() {
    on_a_small_stack(|| {
        let resolution = resolve(&chain(ID, ""), &chain(ID, ""), UnionOrder::default());
        assert!(resolution.is_compatible());
        assert!(resolution.plan.is_identity());
    });
}

#[test]
fn what_changes_at_the_end_of_a_chain_is_found() {
    on_a_small_stack(|| {
        let (without, with, lenient) = (chain("", ""), chain(ID, ""), chain(ID_WITH_DEFAULT, ""));
        let resolution = resolve(&without, &lenient, UnionOrder::default());
        assert!(resolution.is_compatible() && !resolution.plan.is_identity());
        let resolution = resolve(&without, &with, UnionOrder::default());
        let [fault] = resolution.faults.as_slice() else { panic!("one fault: {:?}", resolution.faults.len()) };
        assert_eq!(fault.kind, FaultKind::ReaderFieldMissingDefaultValue);
        assert_eq!(fault.reader.pointer, format!("{}/fields/0", "/fields/0/type".repeat(LEVELS - 1)));
    });
}

#[test]
fn chains_with_a_fault_at_every_level_do_not_fill_the_memory() {
    on_a_small_stack(|| {
        let resolution = resolve(&chain("", ""), &chain("", BESIDE), UnionOrder::default());
        assert!(!resolution.is_compatible());
        let ways = resolution.faults.iter().map(|fault| fault.way.len() + fault.reader.pointer.len());
        assert!(ways.sum::<usize>() < 100 << 20);
    });
}

#[test]
fn a_chain_is_walked() {
    on_a_small_stack(|| {
        let (writer, reader) = (chain(ID, ""), chain(ID, BESIDE));
        let mut visits = 0;
        walk(&writer, &reader, UnionOrder::default(), &mut |_| visits += 1);
        // The types of each record, its field and the missing one but in the first record, and what is in that.
        assert_eq!(visits, LEVELS + 2 * (LEVELS - 1) + 2);
    });
}

#[test]
fn chains_are_checked() {
    on_a_small_stack(|| {
        assert!(check(&chain(ID, ""), &[chain(ID, "")], Level::Full).is_compatible());
        let options = Options::at(Level::Full).with_witnesses(true);
        let report = check_with(&chain(ID, ""), &[chain("", "")], options);
        assert!(!report.is_compatible());
        // The values are deeper than a decoder goes, so none of them is a witness.
        assert!(report.findings().all(|finding| finding.witnesses.is_empty()));
    });
}

#[test]
fn a_chain_is_compiled_and_written() {
    on_a_small_stack(|| {
        let schema = chain(ID, "");
        assert_eq!(schema.reachable().len(), LEVELS + 1);
        assert_eq!(schema.fingerprint(Algorithm::Rabin), chain(ID, "").fingerprint(Algorithm::Rabin));
        assert_eq!(schema, chain(ID, ""));
        let fault = Program::new(&schema).decode(&[0], Limits::default()).unwrap_err();
        assert!(fault.to_string().contains("nested"), "{fault}");
    });
}

#[test]
fn sampled_values_keep_out_of_chains() {
    on_a_small_stack(|| {
        let program = Program::new(&chain(ID, ""));
        let mut sampler = Sampler::new(&program, 1);
        assert!(!sampler.has_values());
        assert_eq!(sampler.value(), Value::Null);
        let text =
            format!(r#"{{"type": "record", "name": "R", "fields": [{ID}, {{"name": "b", "type": ["L1", "null"]}}]}}"#);
        let mut loader = Loader::new();
        let root = loader.add("root", text);
        loader.add("0", r#"{"type": "record", "name": "L0", "fields": []}"#);
        for level in 1..LEVELS {
            let fields = format!(r#"{{"name": "a", "type": "L{}"}}"#, (level + 1) % LEVELS);
            loader.add(level.to_string(), format!(r#"{{"type": "record", "name": "L{level}", "fields": [{fields}]}}"#));
        }
        let program = Program::new(&loader.link().into_result().unwrap().schema(root));
        let mut sampler = Sampler::new(&program, 1);
        assert!(sampler.has_values());
        for _ in 0..100 {
            let mut bytes = Vec::new();
            program.encode_into(&sampler.value(), &mut bytes).unwrap();
            program.decode(&bytes, Limits::default()).unwrap();
        }
    });
}
