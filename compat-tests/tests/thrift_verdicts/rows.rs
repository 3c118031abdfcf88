//! The cases of the compatibility check before the Apache package for Python.

use cognate_codec::thrift::{Binary, Compact, Protocol};
use cognate_compat_tests::{Judge, Library, judge_or_skip};
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Direction, Directions, Finding, Level, Options, check_with};
use cognate_schema::thrift::resolve::{Resolution, Settings, Step, StructPlan, Take, resolve};
use cognate_schema::thrift::{
    Layout, Loader, Messages, Program, Requiredness, Sampler, Struct, StructId, Type, TypeId,
};
use cognate_schema::value::JsonForm;
use serde_json::{Map, Value, json};

/// Their definitions stand before `---`, parted by `>>>`.
const CASES: &str = include_str!("../../../schema/tests/compat/thrift.suite");

#[test]
fn every_row_is_what_the_judge_does() {
    let Some(judge) = &mut judge_or_skip(Library::Thrift) else { return };
    let (mut shown, mut read) = (0, 0);
    for (case, (title, mut versions)) in CASES.split("\n=== ").skip(1).zip(programs()) {
        let title = title.as_str();
        let new = versions.pop().unwrap();
        let old = versions.remove(0);
        let roots = [&old, &new].map(|program| Definitions::roots(program).remove(0));
        let options = Options::at(Level::Full).with_witnesses(true);
        let report = check_with(&roots[1], &roots[..1], options);
        let findings: Vec<&Finding> = report.findings().collect();
        let messages = [Messages::of(&old), Messages::of(&new)];
        for direction in Direction::ALL {
            let (writer, reader) = match direction {
                Direction::Backward => (&messages[0], &messages[1]),
                Direction::Forward => (&messages[1], &messages[0]),
            };
            let sides = Sides { title, writer: writer.program(), reader: reader.program() };
            if findings.iter().any(|finding| finding.breaks.meet(direction.into())) {
                shown += sides.fails(judge, direction, &findings);
            } else {
                read += sides.reads(judge);
            }
        }
        // The first and the last version alone do not tell of an id that was used in between.
        let breaks = findings.iter().fold(Directions::NONE, |all, finding| all.or(finding.breaks));
        let compatible = case.contains("compatible: backward forward full");
        assert!(!versions.is_empty() || compatible == (breaks == Directions::NONE), "{title}");
    }
    assert!(shown >= 60, "only {shown} witnesses were shown");
    assert!(read >= 1000, "only {read} values were read");
}

struct Sides<'a> {
    title: &'a str,
    writer: &'a Program,
    reader: &'a Program,
}

impl Sides<'_> {
    /// Shows the judge all witnesses of what breaks a direction. A warning's may show a default, which is in no data.
    fn fails(&self, judge: &mut Judge, direction: Direction, findings: &[&Finding]) -> usize {
        let mut shown = 0;
        for finding in findings.iter().filter(|finding| finding.breaks.meet(direction.into())) {
            for witness in finding.witnesses.iter().filter(|witness| witness.direction == direction) {
                if witness.message.is_some() {
                    continue;
                }
                let name = witness.ty.as_deref().unwrap();
                let pair = self.pair(name, witness.read_as.as_deref());
                let layout = Layout::new(self.writer);
                let bytes = hex::decode(&witness.hex).unwrap();
                let value = layout.decode::<Binary>(pair.0, &bytes, cognate_codec::Limits::default()).unwrap();
                let resolution = resolve(self.writer, self.reader, pair, Settings::default());
                let mut compact = Vec::new();
                layout.encode_into::<Compact>(pair.0, &value, &mut compact).unwrap();
                for (protocol, bytes) in [("binary", &bytes), ("compact", &compact)] {
                    let context = format!("{}: {} {protocol} {witness:?}", self.title, finding.message);
                    let written = ask(judge, self.writer, pair.0, protocol, bytes).expect(&context);
                    let read = ask(judge, self.reader, pair.1, protocol, bytes);
                    let is_taken = read.is_ok_and(|read| self.is_same(&resolution, pair, &written, &read));
                    assert!(!is_taken, "the judge takes what it should not: {context}");
                    shown += 1;
                }
            }
        }
        shown
    }

    /// Has the judge write values of the writer's, and read them as the reader's.
    fn reads(&self, judge: &mut Judge) -> usize {
        let mut read = 0;
        for (index, structure) in self.writer.structs().iter().enumerate() {
            let Some(id) = id_of(self.writer, index) else { continue };
            let Some(to) = self.counterpart(&structure.head.name) else { continue };
            let pair = (id, to);
            let resolution = resolve(self.writer, self.reader, pair, Settings::default());
            let layout = Layout::new(self.writer);
            for seed in 0..10 {
                let value = Sampler::new(&layout, id, seed).value();
                let encoded = [
                    ("binary", encoded::<Binary>(&layout, id, &value)),
                    ("compact", encoded::<Compact>(&layout, id, &value)),
                ];
                for (protocol, bytes) in encoded {
                    let context = format!("{}: {protocol} {}", self.title, value.to_json(JsonForm::Plain));
                    let written = ask(judge, self.writer, id, protocol, &bytes).expect(&context);
                    let again = json!({
                        "schema": described(self.writer), "struct": name_of(self.writer, id), "protocol": protocol, "value": written,
                    });
                    let judges = judge.ask("encode", again).expect(&context);
                    assert_eq!(judges["hex"], hex::encode(&bytes), "{context}");
                    match ask(judge, self.reader, to, protocol, &bytes) {
                        Ok(taken) => {
                            assert!(
                                self.is_same(&resolution, pair, &written, &taken),
                                "{context}: {written} is {taken}"
                            );
                        }
                        // What is no text where text is expected is what the warning is about.
                        Err(fault) => assert!(
                            self.title.contains("binary") && fault.contains("UnicodeDecodeError"),
                            "{context}: {fault}"
                        ),
                    }
                    read += 1;
                }
            }
        }
        read
    }

    /// Whether a reader took all that it knows as it was meant.
    fn is_same(&self, resolution: &Resolution, pair: (StructId, StructId), written: &Value, read: &Value) -> bool {
        let plan: &StructPlan = resolution.plan(pair).expect("the structs meet");
        let (from, to) = (&self.writer[pair.0], &self.reader[pair.1]);
        // An arm that is not known leaves nothing, and a struct more than a union can have.
        let is_lost = to.kind == cognate_schema::thrift::StructKind::Union
            && read.as_object().is_some_and(|fields| fields.len() != 1)
            && written.as_object().is_some_and(|fields| !fields.is_empty());
        // A client gets a result or an exception.
        let is_missing = to.head.name.ends_with("_result")
            && to.field_by_id(0).is_some()
            && read.as_object().is_some_and(serde_json::Map::is_empty);
        let moved = |position: usize| {
            let field = &from.fields[position];
            let Some(other) = to.field(&field.head.name).filter(|other| other.id != field.id) else { return false };
            // Clients know exceptions by their types, whatever a field of the answer is called.
            let thrown = type_name((self.writer, field.ty.id));
            let has_it = |(program, of): (_, &Struct), id| {
                of.field_by_id(id).is_some_and(|field| type_name((program, field.ty.id)) == thrown)
            };
            !from.head.name.contains("_result")
                || type_name((self.reader, other.ty.id)) == thrown
                    && !has_it((self.reader, to), field.id)
                    && !has_it((self.writer, from), other.id)
        };
        !is_lost
            && !is_missing
            && plan.steps.iter().all(|step| match step {
                Step::Read { writer, reader, take } => {
                    let written = &written[&*from.fields[*writer].head.name];
                    let read = &read[&*to.fields[*reader].head.name];
                    (written.is_null() || !moved(*writer)) && self.is_same_value(resolution, take, written, read)
                }
                Step::Drop { writer, .. } => written[&*from.fields[*writer].head.name].is_null(),
                Step::Skip { writer } => !moved(*writer) || written[&*from.fields[*writer].head.name].is_null(),
                Step::Absent { .. } => true,
            })
    }

    fn is_same_value(&self, resolution: &Resolution, take: &Take, written: &Value, read: &Value) -> bool {
        match (take, written, read) {
            (_, Value::Null, Value::Null) => true,
            (Take::Struct(from, to), written, read) => self.is_same(resolution, (*from, *to), written, read),
            (Take::Items(take), Value::Array(written), Value::Array(read)) => {
                let mut pairs = written.iter().zip(read);
                written.len() == read.len() && pairs.all(|(a, b)| self.is_same_value(resolution, take, a, b))
            }
            (Take::Entries(take), written, read) => {
                let (Some(written), Some(read)) = (written["$map"].as_array(), read["$map"].as_array()) else {
                    return false;
                };
                let mut pairs = written.iter().zip(read);
                written.len() == read.len()
                    && pairs.all(|(a, b)| {
                        self.is_same_value(resolution, &take.0, &a[0], &b[0])
                            && self.is_same_value(resolution, &take.1, &a[1], &b[1])
                    })
            }
            (Take::Enum(from, to), written, read) => {
                // The judge hands numbers over; a name is what the reader's enum has for it.
                let number = |value: &Value| i32::try_from(value.as_i64()?).ok();
                let (Some(from_number), Some(to_number)) = (number(written), number(read)) else { return false };
                let name = self.writer[*from].value_by_number(from_number).map(|value| &value.head.name);
                let renumbered =
                    name.and_then(|name| self.reader[*to].value(name)).is_some_and(|value| value.number != to_number);
                from_number == to_number && !renumbered
            }
            (Take::Text, written, read) => {
                let bytes = written["$bytes"].as_str().and_then(|bytes| hex::decode(bytes).ok());
                bytes.is_some_and(|bytes| read.as_str().is_some_and(|text| text.as_bytes() == bytes))
            }
            // A text that is read as bytes.
            (Take::Copy, Value::String(text), Value::Object(bytes)) => {
                bytes.get("$bytes").is_some_and(|bytes| *bytes == hex::encode(text))
            }
            (_, written, read) => written == read,
        }
    }

    fn pair(&self, name: &str, read_as: Option<&str>) -> (StructId, StructId) {
        let named = |program, name| find(program, name).unwrap_or_else(|| panic!("{}: no {name}", self.title));
        (named(self.writer, name), named(self.reader, read_as.unwrap_or(name)))
    }

    /// The struct of the same name; of a renamed one, which is alone then, the only one that the writer has not.
    fn counterpart(&self, name: &str) -> Option<StructId> {
        let simple = simple(name);
        let is_new = |id: &StructId| find(self.writer, &self.reader[*id].head.name).is_none();
        let mut ids = (0..self.reader.structs().len()).filter_map(|index| id_of(self.reader, index));
        find(self.reader, simple).or_else(|| {
            let is_message = |name: &str| name.ends_with("_args") || name.ends_with("_result");
            let is_another = ["is another struct", "little remains"].iter().any(|words| self.title.contains(words));
            if is_message(simple) || is_another {
                None
            } else {
                ids.find(|id| is_new(id) && !is_message(&self.reader[*id].head.name))
            }
        })
    }
}

/// The name of a struct or exception.
fn type_name((program, ty): (&Program, TypeId)) -> Option<&str> {
    match program[program.true_type(ty)] {
        Type::Struct(id) => Some(name_of(program, id)),
        _ => None,
    }
}

/// The cases' titles and versions.
pub(crate) fn programs() -> impl Iterator<Item = (String, Vec<Program>)> {
    CASES.split("\n=== ").skip(1).map(|case| {
        let (title, texts) = case.split_once("\n---").unwrap().0.split_once('\n').unwrap();
        (title.to_owned(), texts.split("\n>>>\n").map(|text| program(title, text)).collect())
    })
}

fn program(title: &str, text: &str) -> Program {
    let text = if text.starts_with(">> ") { format!("\n{text}") } else { format!("\n>> t.thrift\n{text}") };
    let mut loader = Loader::new();
    for file in text.split("\n>> ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        loader.add(path, text);
    }
    loader.link().into_result().unwrap_or_else(|problems| panic!("{title}: {problems}"))
}

fn id_of(program: &Program, index: usize) -> Option<StructId> {
    program.struct_ids().nth(index)
}

fn find(program: &Program, name: &str) -> Option<StructId> {
    program.struct_ids().find(|id| *program[*id].head.name == *simple(name))
}

/// A name without that of its file. A message has the name of its service before that of the function.
fn simple(name: &str) -> &str {
    let is_message = name.ends_with("_args") || name.ends_with("_result");
    name.rsplit_once('.').filter(|_| !is_message).map_or(name, |(_, simple)| simple)
}

fn encoded<P: Protocol>(layout: &Layout, id: StructId, value: &cognate_schema::Value<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    layout.encode_into::<P>(id, value, &mut bytes).unwrap();
    bytes
}

/// What the judge reads.
pub(crate) fn ask(
    judge: &mut Judge,
    program: &Program,
    id: StructId,
    protocol: &str,
    bytes: &[u8],
) -> Result<Value, String> {
    let request = json!({
        "schema": described(program), "struct": name_of(program, id), "protocol": protocol, "hex": hex::encode(bytes),
    });
    let mut answer = judge.ask("decode", request).map_err(|refusal| refusal.to_string())?;
    // Whoever takes items for others may end somewhere else.
    let read = answer["read"].as_u64();
    if read == u64::try_from(bytes.len()).ok() {
        Ok(answer["value"].take())
    } else {
        Err(format!("{read:?} of {} bytes are read", bytes.len()))
    }
}

fn name_of(program: &Program, id: StructId) -> &str {
    &program[id].head.name
}

/// The structs as the judge has them described.
pub(crate) fn described(program: &Program) -> Value {
    let fields = |structure: &cognate_schema::thrift::Struct| -> Vec<Value> {
        let field = |field: &cognate_schema::thrift::Field| {
            let required = field.requiredness == Requiredness::Required;
            json!({"id": field.id, "name": &*field.head.name, "type": kind(program, field.ty.id), "required": required})
        };
        structure.fields.iter().map(field).collect()
    };
    program
        .structs()
        .iter()
        .map(|structure| (structure.head.name.to_string(), fields(structure).into()))
        .collect::<Map<_, _>>()
        .into()
}

fn kind(program: &Program, ty: TypeId) -> Value {
    match program[program.true_type(ty)] {
        Type::Enum(_) => json!("i32"),
        Type::Struct(id) => json!({"struct": name_of(program, id)}),
        Type::List(element) => json!({"list": kind(program, element)}),
        Type::Set(element) => json!({"set": kind(program, element)}),
        Type::Map(key, value) => json!({"map": [kind(program, key), kind(program, value)]}),
        base => json!(base.word()),
    }
}
