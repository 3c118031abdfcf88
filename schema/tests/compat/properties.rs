//! A verdict and a decoder do not disagree.

use cognate_codec::{DecodeErrorKind, Limits};
use cognate_schema::avro::resolve::{Meeting, Resolution, UnionOrder, resolve, walk};
use cognate_schema::avro::{Program, Sampler, Schema, TypeKind};
use cognate_schema::compat::avro::Witnesses;
use cognate_schema::compat::{Direction, Level, check};

use crate::pairs;

const PAIRS: u64 = 3_000;

#[test]
fn compatible_pairs_decode_and_every_fault_has_a_witness() {
    let (mut compatible, mut faults, mut behind) = (0, 0, 0);
    for seed in 0..PAIRS {
        let (old, new) = pairs::pair(seed);
        let parse = |text: &str| Schema::parse(text).unwrap_or_else(|problems| panic!("{seed}: {problems}\n{text}"));
        let (old_schema, new_schema) = (parse(&old), parse(&new));
        let report = check(&new_schema, std::slice::from_ref(&old_schema), Level::Full);
        for direction in Direction::ALL {
            let (writer, reader) = match direction {
                Direction::Backward => (&old_schema, &new_schema),
                Direction::Forward => (&new_schema, &old_schema),
            };
            let resolution = resolve(writer, reader, UnionOrder::default());
            let broken = report.findings().any(|finding| finding.breaks.iter().any(|broken| broken == direction));
            assert_eq!(broken, !resolution.is_compatible(), "{seed}: {old}\n{new}");
            let decoded = decode_samples(writer, reader, &resolution, seed);
            if resolution.is_compatible() {
                compatible += 1;
                assert_eq!(decoded, Ok(()), "{seed} {direction:?}: {old}\n{new}");
            }
            let witnesses = Witnesses::new(writer, reader, &resolution, Limits::default());
            for fault in &resolution.faults {
                faults += 1;
                let found = witnesses.of(fault);
                let context = || format!("{seed} {direction:?}: {fault}\n{old}\n{new}");
                let found = found.unwrap_or_else(|reason| panic!("{reason}: {}", context()));
                // It fails for the fault, or says that another always comes first.
                match found.behind {
                    None => assert!(found.error.contains(&fault.message), "{}: {}", found.error, context()),
                    Some(text) => {
                        behind += 1;
                        assert_eq!(text, fault.message, "{}", context());
                    }
                }
            }
        }
    }
    assert!(
        compatible > 1_000 && faults > 1_000 && behind * 3 < faults,
        "{compatible} compatible, {faults} faults, {behind} behind others: the pairs are too much alike"
    );
}

/// Decodes values of the writer's. Bytes that are read as a string need not be text, which no verdict can know; elsewhere,
/// nothing is excused. (Which values end so is tested in `compat-tests`, value by value.)
fn decode_samples(writer: &Schema, reader: &Schema, resolution: &Resolution, seed: u64) -> Result<(), String> {
    let (program, reading) = (Program::new(writer), Program::new(reader));
    let mut sampler = Sampler::new(&program, seed);
    let mut bytes_as_text = false;
    walk(writer, reader, UnionOrder::default(), &mut |meeting| {
        if let Meeting::Types(pair) = meeting {
            bytes_as_text |=
                matches!((writer.kind(pair.writer), reader.kind(pair.reader)), (TypeKind::Bytes, TypeKind::String));
        }
    });
    for _ in 0..10 {
        let mut bytes = Vec::new();
        program.encode_into(&sampler.value(), &mut bytes).map_err(|error| error.to_string())?;
        let mut decoder = reading.resolving_decoder(&resolution.plan, &bytes, Limits::default());
        match decoder.value() {
            Ok(_) if decoder.remaining() == 0 => {}
            Ok(_) => return Err(format!("{} bytes are left", decoder.remaining())),
            Err(error) if bytes_as_text && *error.kind() == DecodeErrorKind::InvalidUtf8 => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(())
}

/// A record that holds the next, and so on: every type is met, and the way to the last is long.
fn chain(length: usize, last: &str) -> Schema {
    let record = |number: usize| {
        let next = if number + 1 == length { format!("{last:?}") } else { format!("\"R{}\"", number + 1) };
        format!(
            r#"{{"type": "record", "name": "R{number}", "fields": [{{"name": "next", "type": {next}}}, {{"name": "a", "type": "int"}}]}}"#
        )
    };
    let mut loader = cognate_schema::avro::Loader::new();
    let first = loader.add("0", record(0));
    for number in 1..length {
        loader.add(number.to_string(), record(number));
    }
    loader.link().into_result().unwrap().schema(first)
}

#[test]
fn long_chains_of_types_are_compared() {
    let compare = || {
        let (old, new) = (chain(3_000, "int"), chain(3_000, "string"));
        let report = check(&new, &[old], Level::Full);
        assert_eq!(report.findings().count(), 1);
        assert_eq!(report.findings().next().unwrap().new.path.matches("/fields/0/type").count(), 3_000);
    };
    // As deep as this, the work needs more stack than a test has.
    std::thread::Builder::new().stack_size(256 << 20).spawn(compare).unwrap().join().unwrap();
}
