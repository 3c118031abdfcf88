//! What a reader should have of a writer's value, told from the two texts alone: fields are the same when they have the same name,
//! or when one with the same id has a name that the other side does not have. Nothing of the plans is used.

use cognate_schema::thrift::{
    Enum, EnumId, Function, Head, Item, Messages, Program, ServiceId, StructId, StructKind, Type, TypeId,
};
use cognate_schema::value::{StructValue, Value};

/// The two versions, one writing and one reading.
#[derive(Clone, Copy)]
pub(crate) struct Meant<'p> {
    pub(crate) writer: &'p Messages,
    pub(crate) reader: &'p Messages,
    /// Whether readers take numbers that an enum has no value for.
    pub(crate) open_enums: bool,
}

/// The ways, in the writer's definitions, to what a reader has lost or taken for something else.
pub(crate) type Changes = Vec<String>;

impl Meant<'_> {
    /// Compares a writer's struct with what was read.
    pub(crate) fn changes(&self, (from, to): (StructId, StructId), written: &Value<'_>, read: &Value<'_>) -> Changes {
        let mut changes = Vec::new();
        let (Value::Struct(written), Value::Struct(read)) = (written, read) else { panic!("both are structs") };
        self.structs((from, to), written, read, &mut changes);
        changes
    }

    fn structs(
        &self,
        (from, to): (StructId, StructId),
        written: &StructValue<'_>,
        read: &StructValue<'_>,
        changes: &mut Changes,
    ) {
        let (writer, reader) = (&self.writer.program()[from], &self.reader.program()[to]);
        let (was_union, is_union) = (writer.kind == StructKind::Union, reader.kind == StructKind::Union);
        let path = path(self.writer.program(), from);
        if was_union != is_union {
            changes.push(path.clone());
        }
        let is_answer = writer.head.name.ends_with("_result") && writer.head.name.contains('.');
        if is_answer && reader.field_by_id(0).is_some() && writer.field_by_id(0).is_none() && written.fields.is_empty()
        {
            changes.push(format!("{path}/result"));
        }
        for (position, value) in &written.fields {
            let field = &writer.fields[*position];
            let path = match (is_answer, field.id) {
                (true, 0) => format!("{path}/result"),
                (true, id) => format!("{path}/throws/{id}"),
                (false, id) if writer.head.name.contains('.') => format!("{path}/{id}"),
                (false, id) => format!("{path}/fields/{id}"),
            };
            let under_id = reader.index_by_id(field.id);
            let under_name = if is_answer { under_id } else { reader.field_index(&field.head.name) };
            let got = |position: usize| read.fields.iter().find(|(at, _)| *at == position).map(|(_, value)| value);
            let meant = match (under_name, under_id) {
                (Some(same), _) => Some(same),
                // Another field that is now under this id.
                (None, Some(other)) if writer.field(&reader.fields[other].head.name).is_some() => {
                    if got(other).is_some() {
                        changes.push(path);
                    }
                    continue;
                }
                (None, renamed) => renamed,
            };
            match meant {
                Some(meant) if under_id == Some(meant) => match got(meant) {
                    Some(read) => {
                        self.values((field.ty.id, reader.fields[meant].ty.id), value, read, &path, changes);
                    }
                    None => changes.push(path),
                },
                Some(_) => changes.push(path),
                None if was_union && is_union => changes.push(path),
                None => {}
            }
        }
    }

    fn values(
        &self,
        (from, to): (TypeId, TypeId),
        written: &Value<'_>,
        read: &Value<'_>,
        path: &str,
        changes: &mut Changes,
    ) {
        let plain = |program: &Program, id| program[program.true_type(id)];
        let is_same = match (plain(self.writer.program(), from), plain(self.reader.program(), to), written, read) {
            (Type::Struct(from), Type::Struct(to), Value::Struct(written), Value::Struct(read)) => {
                return self.structs((from, to), written, read, changes);
            }
            (
                Type::List(from) | Type::Set(from),
                Type::List(to) | Type::Set(to),
                Value::List(written),
                Value::List(read),
            ) => {
                for (written, read) in written.iter().zip(read) {
                    self.values((from, to), written, read, path, changes);
                }
                written.len() == read.len()
            }
            (
                Type::Map(key, value),
                Type::Map(to_key, to_value),
                Value::Map(written) | Value::Entries(written),
                Value::Map(read) | Value::Entries(read),
            ) => {
                for (written, read) in written.iter().zip(read) {
                    self.values((key, to_key), &written.0, &read.0, path, changes);
                    self.values((value, to_value), &written.1, &read.1, path, changes);
                }
                written.len() == read.len()
            }
            (Type::Enum(from), Type::Enum(to), written, read) => return self.enums((from, to), written, read, changes),
            (Type::I32, Type::Enum(to), Value::Int(written), read) => {
                let enumeration = &self.reader.program()[to];
                number(enumeration, read) == *written
                    && (self.open_enums || enumeration.value_by_number(*written).is_some())
            }
            (Type::Enum(from), Type::I32, written, Value::Int(read)) => {
                number(&self.writer.program()[from], written) == *read
            }
            (Type::String, Type::Binary, Value::String(text), Value::Bytes(bytes))
            | (Type::Binary, Type::String, Value::Bytes(bytes), Value::String(text)) => text.as_bytes() == &**bytes,
            (from, to, written, read) => from == to && written == read,
        };
        if !is_same {
            changes.push(path.to_owned());
        }
    }

    fn enums(&self, (from, to): (EnumId, EnumId), written: &Value<'_>, read: &Value<'_>, changes: &mut Changes) {
        let (writer, reader) = (&self.writer.program()[from], &self.reader.program()[to]);
        let path = format!("/enums/{}", name(self.writer.program(), &writer.head));
        if number(writer, written) != number(reader, read) {
            changes.push(path);
            return;
        }
        // What has several names may be meant by any of them.
        let number = number(writer, written);
        let is_known = self.open_enums || reader.value_by_number(number).is_some();
        let is_same = writer
            .values
            .iter()
            .filter(|value| value.number == number)
            .all(|value| reader.value(&value.head.name).map_or(is_known, |same| same.number == number));
        if !is_same {
            changes.push(format!("{path}/values/{number}"));
        }
    }
}

fn number(enumeration: &Enum, value: &Value<'_>) -> i32 {
    match value {
        Value::Enum(symbol) => enumeration.values[symbol.index].number,
        Value::Int(number) => *number,
        other => panic!("{other:?} is no number"),
    }
}

/// The way to a struct, from the first file.
fn path(program: &Program, id: StructId) -> String {
    let structure = &program[id];
    let message = name(program, &structure.head);
    let message = message.rsplit_once('_').filter(|_| structure.head.name.contains('.'));
    if let Some((function, part)) = message {
        let (service, function) = function.rsplit_once('.').unwrap();
        let part = if part == "args" { "/arguments" } else { "" };
        return format!("/services/{service}/functions/{function}{part}");
    }
    let kind = match structure.kind {
        StructKind::Struct => "structs",
        StructKind::Union => "unions",
        StructKind::Exception => "exceptions",
    };
    format!("/{kind}/{}", name(program, &structure.head))
}

fn name(program: &Program, head: &Head) -> String {
    let file = head.location.file;
    if file.index() == 0 { head.name.to_string() } else { format!("{}.{}", program[file].name, head.name) }
}

/// The name of a struct as findings have it.
pub(crate) fn struct_name(program: &Program, id: StructId) -> String {
    name(program, &program[id].head)
}

/// The structs of one name in the first files, and the messages of what both versions can call.
pub(crate) fn pairs(writer: &Messages, reader: &Messages) -> Vec<(StructId, StructId)> {
    let structure = |program: &Program, name: &str| match program.files()[0].item(name)? {
        Item::Struct(id) => Some(id),
        Item::Typedef(id) => match program[program[id].true_type] {
            Type::Struct(id) => Some(id),
            _ => None,
        },
        _ => None,
    };
    let (from, to) = (writer.program(), reader.program());
    let names = |program: &Program| -> Vec<String> {
        let items = program.files()[0].items();
        let name = |item| match item {
            Item::Struct(id) => Some(program[id].head.name.to_string()),
            Item::Typedef(id) => Some(program[id].head.name.to_string()),
            _ => None,
        };
        items.filter_map(name).collect()
    };
    let same = |name: &String| Some((structure(from, name)?, structure(to, name)?));
    let mut pairs: Vec<_> = names(from).iter().filter_map(same).collect();
    let services = |program: &Program| -> Vec<(String, ServiceId)> {
        let service = |item| match item {
            Item::Service(id) => Some((program[id].head.name.to_string(), id)),
            _ => None,
        };
        program.files()[0].items().filter_map(service).collect()
    };
    for (name, service) in services(from) {
        let Some((_, other)) = services(to).into_iter().find(|(known, _)| *known == name) else { continue };
        let known = functions(reader, other);
        for of in functions(writer, service) {
            let Some(to) = known.iter().find(|to| to.function.head.name == of.function.head.name) else { continue };
            pairs.push((of.arguments, to.arguments));
            if !of.function.is_oneway && !to.function.is_oneway {
                pairs.push((of.answer, to.answer));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// A function with its messages.
pub(crate) struct Called<'p> {
    pub(crate) function: &'p Function,
    pub(crate) arguments: StructId,
    pub(crate) answer: StructId,
}

/// The functions of a service, inherited ones among them.
pub(crate) fn functions(messages: &Messages, service: ServiceId) -> Vec<Called<'_>> {
    let program = messages.program();
    let mut found: Vec<Called<'_>> = Vec::new();
    for service in std::iter::successors(Some(service), |service| program[*service].extends) {
        for (position, function) in program[service].functions.iter().enumerate() {
            if found.iter().all(|known| known.function.head.name != function.head.name) {
                let call = messages.call(service, position).unwrap();
                found.push(Called { function, arguments: call.arguments, answer: call.answer });
            }
        }
    }
    found
}
