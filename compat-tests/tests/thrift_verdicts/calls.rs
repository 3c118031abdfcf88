//! Clients and servers of two versions: what becomes of every call and its answer in the Apache package for Python, and whether
//! the verdict says so.

use cognate_codec::raw::Buffer;
use cognate_codec::thrift::{ApplicationError, ApplicationErrorKind, Binary, Compact, Envelope, MessageKind, Protocol};
use cognate_compat_tests::thrift::to_neutral;
use cognate_compat_tests::{Judge, Library, judge_or_skip};
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Direction, Directions, Finding, Level, Options, Outcome, Witness, check_with};
use cognate_schema::thrift::{Item, Layout, Messages, Program, Sampler, ServiceId, StructId, TypeId};
use serde_json::{Map, Value, json};

use crate::meant::{Called, Meant, functions};
use crate::random::pair;
use crate::rows::{described, programs};

/// How many random pairs of versions are looked at beside the cases.
const PAIRS: u64 = 120;

#[test]
fn every_call_comes_to_what_the_verdict_says() {
    let Some(judge) = &mut judge_or_skip(Library::Thrift) else { return };
    let mut counts = Counts::default();
    for (title, mut versions) in programs() {
        let new = versions.pop().unwrap();
        compare(judge, &title, &versions.remove(0), &new, &mut counts);
    }
    for seed in 0..PAIRS {
        let (old, new, history) = pair(seed);
        compare(judge, &format!("seed {seed}\n{history}"), &old, &new, &mut counts);
    }
    let Counts { answered, unknown, unanswered, unasked, missing, shown } = counts;
    assert!(
        answered > 500 && unknown > 50 && unanswered > 5 && unasked > 5 && missing > 20 && shown > 50,
        "{counts:?}"
    );
}

/// What calls came to.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    /// They were answered.
    answered: u64,
    /// The server did not know the function.
    unknown: u64,
    /// The client waits in vain.
    unanswered: u64,
    /// The client does not wait for the answer that there is.
    unasked: u64,
    /// Neither a result nor an exception arrives.
    missing: u64,
    /// Witnesses that did what they tell.
    shown: u64,
}

fn compare(judge: &mut Judge, context: &str, old: &Program, new: &Program, counts: &mut Counts) {
    let roots = [old, new].map(|program| Definitions::roots(program).remove(0));
    let options = Options::at(Level::Full).with_witnesses(true);
    let report = check_with(&roots[1], &roots[..1], options);
    let findings: Vec<&Finding> = report.findings().collect();
    let versions = [Messages::of(old), Messages::of(new)];
    for direction in Direction::ALL {
        let (writer, reader) = match direction {
            Direction::Backward => (&versions[0], &versions[1]),
            Direction::Forward => (&versions[1], &versions[0]),
        };
        let side = Side { context, direction, writer, reader, findings: &findings };
        for (name, service) in services(writer.program()) {
            let other = services(reader.program()).into_iter().find(|(known, _)| *known == name);
            side.calls(judge, service, other.map(|(_, id)| id), counts);
        }
        for finding in &findings {
            for witness in finding.witnesses.iter().filter(|witness| witness.direction == direction) {
                side.shows(judge, finding, witness, counts);
            }
        }
    }
}

/// One direction: clients of the writer's version ask servers of the reader's, and servers of the writer's version answer clients of
/// the reader's.
struct Side<'a> {
    context: &'a str,
    direction: Direction,
    writer: &'a Messages,
    reader: &'a Messages,
    findings: &'a [&'a Finding],
}

impl Side<'_> {
    fn calls(&self, judge: &mut Judge, service: ServiceId, other: Option<ServiceId>, counts: &mut Counts) {
        let (from, to) = (Layout::new(self.writer.program()), Layout::new(self.reader.program()));
        let known = other.map_or_else(Vec::new, |other| functions(self.reader, other));
        let served = described_functions(&to, &known);
        for of in functions(self.writer, service) {
            let name = &of.function.head.name;
            let kind = if of.function.is_oneway { MessageKind::Oneway } else { MessageKind::Call };
            for seed in 0..3 {
                let Some((value, calls)) = message(&from, of.arguments, (name, kind), seed) else { continue };
                for (protocol, call) in ["binary", "compact"].into_iter().zip(calls) {
                    let request = json!({
                        "schema": described(self.reader.program()), "functions": served, "protocol": protocol, "hex": hex::encode(call),
                    });
                    let answer = judge.ask("serve", request);
                    // The judge reads bytes as text in order to skip them.
                    if answer.as_ref().is_err_and(|refusal| refusal.to_string().contains("UnicodeDecodeError")) {
                        continue;
                    }
                    let Some(to_function) = known.iter().find(|known| known.function.head.name == *name) else {
                        let reply = answer.unwrap()["reply"].as_str().map(|reply| hex::decode(reply).unwrap());
                        self.is_refused(judge, (name, protocol), &reply.unwrap(), other.is_none());
                        counts.unknown += 1;
                        continue;
                    };
                    if !self.breaks("") {
                        let read = self.taken((of.arguments, to_function.arguments), &to, &value, protocol);
                        assert_eq!(answer.as_ref().unwrap()["arguments"], read, "{name} {}", self.context);
                    }
                    let Ok(answer) = answer else { continue };
                    match (of.function.is_oneway, answer["reply"].is_null()) {
                        (false, true) => {
                            assert!(self.breaks("changed-oneway"), "{name} {}", self.context);
                            counts.unanswered += 1;
                        }
                        (true, false) => {
                            assert!(self.breaks("changed-oneway"), "{name} {}", self.context);
                            counts.unasked += 1;
                        }
                        _ => counts.answered += 1,
                    }
                }
                if let Some(to_function) = known.iter().find(|known| known.function.head.name == *name)
                    && !of.function.is_oneway
                    && !to_function.function.is_oneway
                {
                    self.answers(judge, (&of, to_function), &from, seed, counts);
                }
            }
        }
    }

    /// Has a client of the reader's get an answer of the writer's.
    fn answers(
        &self,
        judge: &mut Judge,
        (of, to): (&Called<'_>, &Called<'_>),
        from: &Layout,
        seed: u64,
        counts: &mut Counts,
    ) {
        let name = &of.function.head.name;
        let Some((value, replies)) = message(from, of.answer, (name, MessageKind::Reply), seed) else { return };
        for (protocol, reply) in ["binary", "compact"].into_iter().zip(replies) {
            let is_void = to.function.result.id == TypeId::VOID;
            let answer = judge.ask("receive", json!({
                "schema": described(self.reader.program()), "result": self.reader.program()[to.answer].head.name, "void": is_void,
                "protocol": protocol, "hex": hex::encode(reply),
            }));
            let Ok(answer) = answer else {
                assert!(self.breaks(""), "{name} {}", self.context);
                continue;
            };
            if answer["failure"] == ApplicationErrorKind::MissingResult.number() {
                let is_told = self.breaks("changed-return-type")
                    || self.breaks("undeclared-exception")
                    || self.breaks("changed-id");
                assert!(
                    is_told || self.breaks("type-mismatch"),
                    "{name} {} {}",
                    from.program()[of.answer].head.name,
                    self.context
                );
                counts.missing += 1;
            } else if !self.breaks("") {
                let read = self.taken((of.answer, to.answer), &Layout::new(self.reader.program()), &value, protocol);
                let told = match answer.get("thrown") {
                    Some(thrown) => thrown.clone(),
                    None if is_void => json!({}),
                    None => json!({"success": answer["result"]}),
                };
                assert_eq!(told, read, "{name} {}", self.context);
                counts.answered += 1;
            }
        }
    }

    /// What our own reader has of a value, which is what was meant.
    fn taken(
        &self,
        pair: (StructId, StructId),
        to: &Layout,
        value: &cognate_schema::Value<'_>,
        protocol: &str,
    ) -> Value {
        let from = Layout::new(self.writer.program());
        let mut bytes = Vec::new();
        let limits = cognate_codec::Limits::default();
        let read = if protocol == "binary" {
            from.encode_into::<Binary>(pair.0, value, &mut bytes).unwrap();
            to.decode::<Binary>(pair.1, &bytes, limits)
        } else {
            from.encode_into::<Compact>(pair.0, value, &mut bytes).unwrap();
            to.decode::<Compact>(pair.1, &bytes, limits)
        };
        let read = read.unwrap_or_else(|error| panic!("{error} {}", self.context));
        let meant = Meant { writer: self.writer, reader: self.reader, open_enums: true };
        assert_eq!(meant.changes(pair, value, &read), [""; 0], "{}", self.context);
        to_neutral(to.program(), pair.1, &read)
    }

    /// A reply is that of a server which does not know the function, to the judge and to us, and the verdict has it.
    fn is_refused(&self, judge: &mut Judge, (name, protocol): (&str, &str), reply: &[u8], with_service: bool) {
        let body = match protocol {
            "binary" => {
                Binary::envelope_from_slice(reply).map(|(_, body)| Binary::from_slice::<ApplicationError>(body))
            }
            _ => Compact::envelope_from_slice(reply).map(|(_, body)| Compact::from_slice::<ApplicationError>(body)),
        };
        assert_eq!(body.unwrap().unwrap().kind, ApplicationErrorKind::UnknownMethod);
        assert_eq!(self.received(judge, protocol, reply), json!({"failure": 1}));
        let rule = if self.direction == Direction::Backward { "removed-method" } else { "added-method" };
        // A new service is no change of an old one.
        let is_new = with_service && self.direction == Direction::Forward;
        assert!(is_new || self.breaks(rule) || self.renamed(), "{name} {rule} {}", self.context);
    }

    /// Whether a service may have another name, under which its functions are still there.
    fn renamed(&self) -> bool {
        let names =
            |messages: &Messages| services(messages.program()).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let (from, to) = (names(self.writer), names(self.reader));
        to.iter().any(|name| !from.contains(name))
    }

    fn received(&self, judge: &mut Judge, protocol: &str, reply: &[u8]) -> Value {
        let schema = described(self.reader.program());
        let request =
            json!({"schema": schema, "result": "", "void": true, "protocol": protocol, "hex": hex::encode(reply)});
        judge.ask("receive", request).unwrap()
    }

    /// A message that is a witness does what it tells.
    fn shows(&self, judge: &mut Judge, finding: &Finding, witness: &Witness, counts: &mut Counts) {
        let Some(message) = witness.message else { return };
        let Outcome::Error(told) = &witness.outcome else { panic!("{witness:?}") };
        let bytes = hex::decode(&witness.hex).unwrap();
        if message == "exception" {
            assert_eq!(self.received(judge, "binary", &bytes), json!({"failure": 1}), "{witness:?} {}", self.context);
        } else {
            // The server is that of the version that reads, with its service or without it.
            let path = match self.direction {
                Direction::Backward => &finding.new.path,
                Direction::Forward => &finding.old.path,
            };
            let name = path.strip_prefix("/services/").and_then(|rest| rest.split('/').next());
            let service = services(self.reader.program()).into_iter().find(|(known, _)| Some(known.as_str()) == name);
            let layout = Layout::new(self.reader.program());
            let known = service.map_or_else(Vec::new, |(_, id)| functions(self.reader, id));
            let request = json!({
                "schema": described(self.reader.program()), "functions": described_functions(&layout, &known), "protocol": "binary",
                "hex": witness.hex,
            });
            let answer = judge.ask("serve", request).unwrap();
            match answer["reply"].as_str() {
                None => assert!(told.starts_with("no answer comes"), "{witness:?} {}", self.context),
                Some(reply) => {
                    assert!(told.starts_with("the service has no function"), "{witness:?} {}", self.context);
                    let reply = hex::decode(reply).unwrap();
                    assert_eq!(self.received(judge, "binary", &reply), json!({"failure": 1}), "{witness:?}");
                }
            }
        }
        counts.shown += 1;
    }

    /// Whether a finding of a rule, or any, breaks the direction.
    fn breaks(&self, rule: &str) -> bool {
        let broken = Directions::from(self.direction);
        self.findings.iter().any(|finding| finding.breaks.meet(broken) && finding.rule.id().ends_with(rule))
    }
}

/// The services of the first file.
fn services(program: &Program) -> Vec<(String, ServiceId)> {
    let service = |item| match item {
        Item::Service(id) => Some((program[id].head.name.to_string(), id)),
        _ => None,
    };
    program.files()[0].items().filter_map(service).collect()
}

/// The functions of a server, with answers that can be written.
fn described_functions(layout: &Layout, functions: &[Called<'_>]) -> Value {
    let program = layout.program();
    let described = |called: &Called<'_>| {
        let answer = (0..20).map(|seed| Sampler::new(layout, called.answer, seed).value());
        let mut answers =
            answer.filter(|value| layout.encode_into::<Binary>(called.answer, value, &mut Vec::new()).is_ok());
        let answer = answers.next().map_or_else(|| json!({}), |value| to_neutral(program, called.answer, &value));
        let names = [called.arguments, called.answer].map(|id| program[id].head.name.clone());
        let function =
            json!({"arguments": names[0], "result": names[1], "oneway": called.function.is_oneway, "answer": answer});
        (called.function.head.name.to_string(), function)
    };
    functions.iter().map(described).collect::<Map<_, _>>().into()
}

/// A random value of a message's struct, and the message in both protocols; nothing for a struct that requires itself.
fn message(
    layout: &Layout,
    id: StructId,
    (name, kind): (&str, MessageKind),
    seed: u64,
) -> Option<(cognate_schema::Value<'static>, [Vec<u8>; 2])> {
    let value = Sampler::new(layout, id, seed).value();
    let envelope = Envelope { name, kind, sequence: 7 };
    let mut bytes = [enveloped::<Binary>(&envelope), enveloped::<Compact>(&envelope)];
    layout.encode_into::<Binary>(id, &value, &mut bytes[0]).ok()?;
    layout.encode_into::<Compact>(id, &value, &mut bytes[1]).ok()?;
    Some((value, bytes))
}

fn enveloped<P: Protocol>(envelope: &Envelope<'_>) -> Vec<u8> {
    let mut buffer = Buffer::new();
    P::put_envelope(&mut buffer, envelope);
    buffer.into_bytes()
}
