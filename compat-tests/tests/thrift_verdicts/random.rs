//! Random definitions and changes of them: verdicts beside what becomes of values.

use std::collections::BTreeMap;

use cognate_codec::thrift::{Binary, Compact, Protocol};
use cognate_codec::{DecodeErrorKind, Limits};
use cognate_compat_tests::thrift::to_neutral;
use cognate_compat_tests::thrift::versions::{Definitions as Versions, changed, definitions};
use cognate_compat_tests::{Judge, Library, judge_or_skip};
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Direction, Finding, Level, Options, Outcome, Witness, check_with};
use cognate_schema::thrift::resolve::{Enums, Required, Settings};
use cognate_schema::thrift::{Layout, Loader, Messages, Program, Sampler, StructId};
use cognate_schema::value::{JsonForm, Value};
use fastrand::Rng;

use crate::meant::{Meant, pairs, struct_name};
use crate::rows::ask;

/// How many pairs of versions there are.
const PAIRS: u64 = 1_500;

/// Of how many pairs one is shown to the judge too.
const JUDGED: u64 = 10;

#[test]
fn verdicts_and_values_agree() {
    let mut judge = judge_or_skip(Library::Thrift);
    let mut counts = Counts::default();
    for seed in 0..PAIRS {
        let (old, new, history) = pair(seed);
        let mut settings = Settings::default();
        settings.required = if seed % 4 == 1 { Required::Ignored } else { Required::Enforced };
        settings.enums = if seed % 4 == 2 { Enums::Closed } else { Enums::Open };
        let judge = judge.as_mut().filter(|_| seed % JUDGED == 0 && settings == Settings::default());
        let roots = [&old, &new].map(|program| Definitions::roots(program).remove(0));
        let pair = Pair { roots, seed, history: &history, settings, old: Messages::of(&old), new: Messages::of(&new) };
        pair.agrees(judge, &mut counts);
    }
    let Counts { compatible, broken, read, shown, judged, rules, .. } = &counts;
    assert!(*compatible > PAIRS / 3 && *broken > PAIRS / 3 && *read > 20_000 && *shown > PAIRS / 2, "{counts:?}");
    assert!(*judged > 1_000 || judge.is_none(), "{counts:?}");
    for rule in [
        "missing-required-field",
        "unset-required-field",
        "type-mismatch",
        "union-and-struct",
        "missing-union-field",
        "changed-id",
        "renumbered-value",
        "unknown-value",
        "removed-method",
        "added-method",
        "changed-return-type",
        "changed-oneway",
        "undeclared-exception",
    ] {
        assert!(rules.get(rule).is_some_and(|count| *count >= 5), "{rule} is not found often enough: {counts:?}");
    }
}

/// What was seen.
#[derive(Debug, Default)]
struct Counts {
    /// Directions that nothing breaks, and those that something does.
    compatible: u64,
    broken: u64,
    /// Values that were read.
    read: u64,
    /// Witnesses that were shown, and faults without one.
    shown: u64,
    not_shown: u64,
    /// Values that the judge read.
    judged: u64,
    /// Faults by rule.
    rules: BTreeMap<String, u64>,
}

struct Pair<'a> {
    seed: u64,
    history: &'a str,
    settings: Settings,
    roots: [Definitions; 2],
    old: Messages,
    new: Messages,
}

impl Pair<'_> {
    fn agrees(&self, mut judge: Option<&mut Judge>, counts: &mut Counts) {
        let options = Options::at(Level::Full).with_witnesses(true).with_thrift(self.settings);
        let report = check_with(&self.roots[1], &self.roots[..1], options);
        let findings: Vec<&Finding> = report.findings().collect();
        for direction in Direction::ALL {
            let (writer, reader) = match direction {
                Direction::Backward => (&self.old, &self.new),
                Direction::Forward => (&self.new, &self.old),
            };
            let side = Side {
                pair: self,
                direction,
                meant: Meant { writer, reader, open_enums: self.settings.enums == Enums::Open },
                writing: Layout::with_required(writer.program(), self.settings.required),
                reading: Layout::with_required(reader.program(), self.settings.required),
            };
            let breaking: Vec<&Finding> =
                findings.iter().copied().filter(|finding| finding.breaks.meet(direction.into())).collect();
            let changed = side.sampled(breaking.is_empty().then_some(()).and(judge.as_deref_mut()), counts);
            match (changed, breaking.is_empty()) {
                (Some(changed), true) => panic!("{changed} although nothing is said to break: {}", side.context()),
                (_, true) => counts.compatible += 1,
                (_, false) => counts.broken += 1,
            }
            for finding in breaking {
                side.shows(finding, judge.as_deref_mut(), counts);
            }
        }
    }
}

/// One direction.
struct Side<'a> {
    pair: &'a Pair<'a>,
    direction: Direction,
    meant: Meant<'a>,
    writing: Layout,
    reading: Layout,
}

impl Side<'_> {
    fn context(&self) -> String {
        format!("seed {} {:?} {:?}\n{}", self.pair.seed, self.direction, self.pair.settings, self.pair.history)
    }

    /// Reads random values of all that both versions have; what becomes of one that is not what was written.
    fn sampled(&self, mut judge: Option<&mut Judge>, counts: &mut Counts) -> Option<String> {
        const VALUES: usize = 6;
        for pair in pairs(self.meant.writer, self.meant.reader) {
            let mut sampler = Sampler::new(&self.writing, pair.0, self.pair.seed);
            for _ in 0..VALUES {
                let value = sampler.value();
                let mut bytes = [Vec::new(), Vec::new()];
                // A struct that requires itself has no values.
                if self.writing.encode_into::<Binary>(pair.0, &value, &mut bytes[0]).is_err() {
                    continue;
                }
                self.writing.encode_into::<Compact>(pair.0, &value, &mut bytes[1]).unwrap();
                let outcomes =
                    [self.read::<Binary>(pair, &value, &bytes[0]), self.read::<Compact>(pair, &value, &bytes[1])];
                counts.read += 2;
                let [binary, compact] = outcomes;
                assert_eq!(binary.is_some(), compact.is_some(), "{binary:?} {compact:?} {}", self.context());
                if binary.is_some() {
                    return binary;
                }
                if let Some(judge) = judge.as_deref_mut() {
                    self.judged(judge, pair, &bytes);
                    counts.judged += 2;
                }
            }
        }
        None
    }

    /// What is wrong with what the reader has.
    fn read<P: Protocol>(&self, pair: (StructId, StructId), value: &Value<'_>, bytes: &[u8]) -> Option<String> {
        let written = value.to_json(JsonForm::Plain);
        match self.reading.decode::<P>(pair.1, bytes, Limits::default()) {
            Ok(read) => {
                let changes = self.meant.changes(pair, value, &read);
                (!changes.is_empty())
                    .then(|| format!("{written} is read as {}: {changes:?}", read.to_json(JsonForm::Plain)))
            }
            // Bytes that are no text are what a warning is about.
            Err(error) if *error.kind() == DecodeErrorKind::InvalidUtf8 => None,
            Err(error) => Some(format!("{written} is not read: {}", error.kind())),
        }
    }

    /// The judge reads what the reader reads.
    fn judged(&self, judge: &mut Judge, (from, to): (StructId, StructId), bytes: &[Vec<u8>; 2]) {
        let binary = self.reading.decode::<Binary>(to, &bytes[0], Limits::default());
        let compact = self.reading.decode::<Compact>(to, &bytes[1], Limits::default());
        for (protocol, bytes, ours) in [("binary", &bytes[0], binary), ("compact", &bytes[1], compact)] {
            ask(judge, self.meant.writer.program(), from, protocol, bytes).unwrap();
            let theirs = ask(judge, self.meant.reader.program(), to, protocol, bytes);
            match (ours, theirs) {
                (Ok(ours), Ok(theirs)) => {
                    let ours = to_neutral(self.meant.reader.program(), to, &ours);
                    assert_eq!(ours, theirs, "{protocol} {}", self.context());
                }
                (Err(_), Err(_)) => {}
                // The judge reads bytes as text in order to skip them.
                (Ok(ours), Err(theirs))
                    if theirs.contains("UnicodeDecodeError") && ours.to_json(JsonForm::Plain).contains("@unknown") => {}
                (ours, theirs) => panic!("{ours:?}, and the judge: {theirs:?}, {}", self.context()),
            }
        }
    }

    /// The witness of a finding is a value of the writer's that the reader makes of what is told.
    fn shows(&self, finding: &Finding, judge: Option<&mut Judge>, counts: &mut Counts) {
        let rule = finding.rule.id().rsplit('/').next().unwrap();
        *counts.rules.entry(rule.to_owned()).or_default() += 1;
        let context =
            || format!("{}: {} {:?} {}", finding.rule.id(), finding.message, finding.witnesses, self.context());
        let Some(witness) = finding.witnesses.iter().find(|witness| witness.direction == self.direction) else {
            counts.not_shown += 1;
            let reason = finding.unwitnessed.iter().find(|reason| reason.direction == self.direction);
            let reason = &reason.unwrap_or_else(|| panic!("neither a witness nor a reason, {}", context())).reason;
            let is_known = reason.contains("no struct that is compared holds")
                || reason.contains("has another of its kind in it")
                || reason.contains("printed as what was written")
                    && matches!(rule, "union-and-struct" | "renumbered-value")
                || reason.contains("leave a oneway call without an answer");
            assert!(is_known, "{reason}: {}", context());
            return;
        };
        counts.shown += 1;
        // Calls are shown elsewhere.
        if witness.message.is_some() {
            return;
        }
        let (from, bytes) = (self.of(witness), hex::decode(&witness.hex).unwrap());
        let value = self
            .writing
            .decode::<Binary>(from, &bytes, Limits::default())
            .unwrap_or_else(|error| panic!("{error} {}", context()));
        assert_eq!(value.to_json(JsonForm::Plain), witness.value, "{}", context());
        // The reader's struct is the one that makes of the value what is told.
        let mut candidates: Vec<StructId> = self.meant.reader.program().struct_ids().collect();
        candidates.sort_by_key(|id| {
            struct_name(self.meant.reader.program(), *id) != struct_name(self.meant.writer.program(), from)
        });
        let is_told = |to: &StructId| is_outcome(&self.reading, *to, &bytes, witness);
        let changes: Vec<(StructId, Vec<String>)> = candidates
            .into_iter()
            .filter(is_told)
            .map(|to| {
                let read = self.reading.decode::<Binary>(to, &bytes, Limits::default());
                (to, read.map_or_else(|_| vec!["all".to_owned()], |read| self.meant.changes((from, to), &value, &read)))
            })
            .collect();
        let place = match self.direction {
            Direction::Backward => &finding.old.path,
            Direction::Forward => &finding.new.path,
        };
        // A value with two names is read by the first of them.
        let place = &self.by_number(place);
        let is_meant = |change: &String| {
            change == "all" || change.starts_with(place.as_str()) || place.starts_with(change.as_str())
        };
        let found = changes.iter().find(|(_, changes)| witness.behind.is_some() || changes.iter().any(is_meant));
        let Some((to, _)) = found else { panic!("{changes:?} instead of {place}: {}", context()) };
        if let Some(judge) = judge
            && witness.behind.is_none()
        {
            ask(judge, self.meant.writer.program(), from, "binary", &bytes)
                .unwrap_or_else(|error| panic!("{error} {}", context()));
            let theirs = ask(judge, self.meant.reader.program(), *to, "binary", &bytes);
            let ours = self.reading.decode::<Binary>(*to, &bytes, Limits::default());
            // The judge does not look at the kinds of items, and takes some for others.
            match (ours, theirs) {
                _ if matches!(rule, "type-mismatch" | "changed-return-type") => {}
                (Ok(ours), Ok(theirs)) => {
                    assert_eq!(to_neutral(self.meant.reader.program(), *to, &ours), theirs, "{}", context());
                }
                (Err(_), Err(_)) => {}
                (ours, theirs) => panic!("{ours:?}, and the judge: {theirs:?}, {}", context()),
            }
            counts.judged += 1;
        }
    }

    /// A way to a value of an enum of the writer's, with the number instead of the name.
    fn by_number(&self, path: &str) -> String {
        let number = |enumeration: &str, value: &str| {
            let mut enums = self.meant.writer.program().enums().iter();
            let named = enums.find(|known| enumeration.rsplit('.').next() == Some(&*known.head.name))?;
            Some(named.value(value)?.number)
        };
        let parts = path.strip_prefix("/enums/").and_then(|rest| rest.split_once("/values/"));
        match parts.and_then(|(enumeration, value)| Some((enumeration, number(enumeration, value)?))) {
            Some((enumeration, number)) => format!("/enums/{enumeration}/values/{number}"),
            None => path.to_owned(),
        }
    }

    /// The writer's struct that a witness is of.
    fn of(&self, witness: &Witness) -> StructId {
        let program = self.meant.writer.program();
        let name = witness.ty.as_deref().unwrap();
        let found = program.struct_ids().find(|id| struct_name(program, *id) == name);
        found.unwrap_or_else(|| panic!("no {name}: {}", self.context()))
    }
}

/// Whether a reader's struct makes of the bytes what is told.
fn is_outcome(reading: &Layout, to: StructId, bytes: &[u8], witness: &Witness) -> bool {
    match (reading.decode::<Binary>(to, bytes, Limits::default()), &witness.outcome) {
        (Ok(read), Outcome::Reads(told)) => read.to_json(JsonForm::Plain) == *told,
        (Err(error), Outcome::Error(told)) => error.to_string() == *told,
        // What was read cannot be written again, is nothing, or has a number that a closed enum does not have.
        (Ok(_), Outcome::Error(told)) => {
            ["has no value", "values", "neither a result nor"].iter().any(|part| told.contains(part))
        }
        (Err(_), Outcome::Reads(_)) => false,
    }
}

/// Two versions that link, and their texts.
pub(crate) fn pair(seed: u64) -> (Program, Program, String) {
    let mut random = Rng::with_seed(seed);
    let (old, old_program) = linked(|| definitions(&mut random));
    let mut random = Rng::with_seed(!seed);
    let changes = random.usize(1..5);
    let (new, new_program) = linked(|| {
        let mut new = old.clone();
        (0..changes).for_each(|_| new = changed(&new, &mut random));
        new
    });
    let text = |versions: &Versions| versions.texts().join("-- b.thrift\n");
    (old_program, new_program, format!("{}>>>\n{}", text(&old), text(&new)))
}

fn linked(mut make: impl FnMut() -> Versions) -> (Versions, Program) {
    for _ in 0..1_000 {
        let versions = make();
        let [main, included] = versions.texts();
        let mut loader = Loader::new();
        loader.add("t.thrift", main);
        loader.add("b.thrift", included);
        if let Ok(program) = loader.link().into_result() {
            return (versions, program);
        }
    }
    panic!("no valid definitions in a thousand");
}
