//! Schemas to JSON text.

use std::borrow::Cow;

use crate::avro::logical::LogicalType;
use crate::avro::model::{Alias, Field, Order, Record, Schema, Type, TypeId, TypeKind};
use crate::avro::name::Name;
use crate::avro::read::COMPLEX_WORDS;
use crate::json::{Member, pretty, write_compact, write_string};

impl Schema {
    /// The schema as compact JSON: every named type is defined where it is first used, names are as short as their
    /// namespace allows, and nothing that the source said is lost. Reading the text yields an equal schema.
    ///
    /// A chain of a few dozen types, each defined within the one before, is nested deeper than [`Schema::parse`] accepts.
    pub fn to_json(&self) -> String {
        let mut writer = Writer { schema: self, out: String::new(), defined: vec![false; self.type_count()] };
        let mut todo = vec![Piece::Type(self.root(), None)];
        while let Some(piece) = todo.pop() {
            match piece {
                Piece::Text(text) => writer.out.push_str(&text),
                Piece::Type(id, namespace) => writer.write(id, namespace, &mut todo),
            }
        }
        writer.out
    }

    /// The text of [`Schema::to_json`], laid out over lines with two spaces for each level.
    pub fn to_json_pretty(&self) -> String {
        pretty(&self.to_json())
    }
}

/// What is still to be written: text, or a type in a place with an enclosing namespace.
enum Piece<'a> {
    Text(Cow<'a, str>),
    Type(TypeId, Option<&'a str>),
}

struct Writer<'a> {
    schema: &'a Schema,
    out: String,
    defined: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn write(&mut self, id: TypeId, namespace: Option<&'a str>, todo: &mut Vec<Piece<'a>>) {
        let ty = self.schema.ty(id);
        if let Some(name) = ty.kind.name() {
            let again = self.defined.get_mut(id.index()).is_some_and(|defined| std::mem::replace(defined, true));
            if again {
                let text = self.reference(name, namespace);
                return write_string(&text, &mut self.out);
            }
        }
        match &ty.kind {
            TypeKind::Union(branches) => {
                self.out.push('[');
                todo.push(Piece::Text("]".into()));
                for (index, branch) in branches.iter().enumerate().rev() {
                    todo.push(Piece::Type(branch.id, namespace));
                    if index > 0 {
                        todo.push(Piece::Text(",".into()));
                    }
                }
            }
            TypeKind::Array(inner) | TypeKind::Map(inner) => {
                let (word, key) = match ty.kind {
                    TypeKind::Array(_) => ("array", "items"),
                    _ => ("map", "values"),
                };
                for part in ["{\"type\":\"", word, "\",\"", key, "\":"] {
                    self.out.push_str(part);
                }
                todo.extend([end_of(ty), Piece::Type(inner.id, namespace)]);
            }
            TypeKind::Record(record) => self.record(record, ty, namespace, todo),
            TypeKind::Enum(symbols) => {
                self.head("enum", &symbols.name, namespace, symbols.doc.as_deref(), &symbols.aliases);
                self.out.push_str(",\"symbols\":");
                write_strings(symbols.symbols.iter().map(|symbol| &*symbol.name), &mut self.out);
                if let Some(default) = symbols.default.and_then(|index| symbols.symbols.get(index)) {
                    write_member("default", &default.name, &mut self.out);
                }
                todo.push(end_of(ty));
            }
            TypeKind::Fixed(fixed) => {
                self.head("fixed", &fixed.name, namespace, fixed.doc.as_deref(), &fixed.aliases);
                write_number("size", fixed.size, &mut self.out);
                todo.push(end_of(ty));
            }
            primitive if ty.logical.is_none() && ty.properties.is_empty() => {
                write_string(primitive.word(), &mut self.out);
            }
            primitive => {
                self.out.push_str("{\"type\":");
                write_string(primitive.word(), &mut self.out);
                todo.push(end_of(ty));
            }
        }
    }

    fn record(&mut self, record: &'a Record, ty: &'a Type, outer: Option<&'a str>, todo: &mut Vec<Piece<'a>>) {
        let word = if record.is_error { "error" } else { "record" };
        self.head(word, &record.name, outer, record.doc.as_deref(), &record.aliases);
        self.out.push_str(",\"fields\":[");
        todo.extend([end_of(ty), Piece::Text("]".into())]);
        for (index, field) in record.fields.iter().enumerate().rev() {
            let mut start = if index == 0 { "{\"name\":" } else { ",{\"name\":" }.to_owned();
            write_string(&field.name, &mut start);
            start.push_str(",\"type\":");
            let ty = Piece::Type(field.ty.id, record.name.namespace());
            todo.extend([end_of_field(field), ty, Piece::Text(start.into())]);
        }
    }

    /// The attributes that all named types have.
    fn head(&mut self, word: &str, name: &Name, outer: Option<&str>, doc: Option<&str>, aliases: &[Alias]) {
        self.out.push_str("{\"type\":");
        write_string(word, &mut self.out);
        write_member("name", name.simple(), &mut self.out);
        if name.namespace() != outer {
            write_member("namespace", name.namespace().unwrap_or_default(), &mut self.out);
        }
        if let Some(doc) = doc {
            write_member("doc", doc, &mut self.out);
        }
        if !aliases.is_empty() {
            self.out.push_str(",\"aliases\":");
            let texts = aliases.iter().map(|alias| relative_alias(&alias.name, name.namespace()));
            write_strings(texts, &mut self.out);
        }
    }

    /// The shortest text that means the name within a namespace.
    fn reference(&self, name: &'a Name, namespace: Option<&str>) -> Cow<'a, str> {
        let (simple, full) = (name.simple(), name.full());
        match (name.namespace(), namespace) {
            // A type that is called `record` would be mistaken for the word by some readers.
            (Some(own), Some(outer)) if own == outer && !COMPLEX_WORDS.contains(&simple) => simple.into(),
            (None, Some(outer)) if self.schema.named(&format!("{outer}.{simple}")).is_some() => {
                format!(".{simple}").into()
            }
            _ => full.into(),
        }
    }
}

/// The alias as it is written in the type's namespace: an alias of the null namespace needs a dot before it there.
fn relative_alias<'a>(alias: &'a Name, namespace: Option<&str>) -> Cow<'a, str> {
    match (alias.namespace(), namespace) {
        (own, outer) if own == outer => alias.simple().into(),
        (None, Some(_)) => format!(".{}", alias.full()).into(),
        _ => alias.full().into(),
    }
}

/// The logical type, the unknown attributes and the closing brace.
fn end_of<'a>(ty: &Type) -> Piece<'a> {
    let mut out = String::new();
    write_logical(ty, &mut out);
    write_properties(&ty.properties, &mut out);
    out.push('}');
    Piece::Text(out.into())
}

/// The attributes of the logical type, if there is one.
pub(super) fn write_logical(ty: &Type, out: &mut String) {
    let Some(logical) = ty.logical else { return };
    write_member("logicalType", logical.name(), out);
    if let LogicalType::Decimal { precision, scale } = logical {
        write_number("precision", precision, out);
        if scale > 0 {
            write_number("scale", scale, out);
        }
    }
}

fn end_of_field<'a>(field: &Field) -> Piece<'a> {
    let mut out = String::new();
    if let Some(doc) = &field.doc {
        write_member("doc", doc, &mut out);
    }
    if let Some(default) = &field.default {
        out.push_str(",\"default\":");
        write_compact(default, &mut out);
    }
    if field.order != Order::default() {
        write_member("order", field.order.word(), &mut out);
    }
    if !field.aliases.is_empty() {
        out.push_str(",\"aliases\":");
        write_strings(field.aliases.iter().map(|alias| &*alias.name), &mut out);
    }
    write_properties(&field.properties, &mut out);
    out.push('}');
    Piece::Text(out.into())
}

fn write_properties(properties: &[Member], out: &mut String) {
    for property in properties {
        out.push(',');
        write_string(&property.key, out);
        out.push(':');
        write_compact(&property.value, out);
    }
}

pub(super) fn write_member(key: &str, value: &str, out: &mut String) {
    out.push(',');
    write_string(key, out);
    out.push(':');
    write_string(value, out);
}

fn write_number(key: &str, value: u32, out: &mut String) {
    out.push(',');
    write_string(key, out);
    out.push(':');
    out.push_str(&value.to_string());
}

pub(super) fn write_strings<T: AsRef<str>>(texts: impl Iterator<Item = T>, out: &mut String) {
    out.push('[');
    for (index, text) in texts.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(text.as_ref(), out);
    }
    out.push(']');
}
