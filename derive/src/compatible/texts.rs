//! Two schemas as texts, of which each has what the macro sees of a type. What it does not see stands on both sides for the same.

use std::collections::{HashMap, HashSet};

use cognate_codec::{FixedDesc, Logical as Meaning, Name, Shape, TypeDesc, Typed};
use cognate_codegen::emit::{FixedFacts, Inner, Logical, TypeTree};
use cognate_schema::avro::{Schema, TypeId, TypeKind};
use proc_macro2::TokenStream;
use syn::{Expr, ExprLit, Lit, Type, parse2};

use super::old::Old;
use crate::types::View;

/// Builds the two texts, part by part.
pub(super) struct Texts<'o> {
    old: &'o Old,
    /// The definitions of the writer's types that stand in its text, by full name.
    written: HashSet<String>,
    /// The sizes of the reader's fixed types that stand in its text.
    fixed: HashMap<String, usize>,
    /// What is left to the compiler.
    pub(super) unseen: Vec<Unseen>,
}

/// A type of a field that the macro does not see into, and what it has to read.
pub(super) struct Unseen {
    /// Of several, arms of a union, one is to read it.
    pub(super) rust: Vec<TokenStream>,
    pub(super) logical: Option<Logical>,
    /// The writer's types: several when they are the branches of a union.
    pub(super) writer: Vec<TypeId>,
    /// The way to what meets it in the writer's schema.
    pub(super) pointer: String,
}

/// A type of the writer's at its place: its branches, or itself.
#[derive(Default)]
pub(super) struct Written {
    types: Vec<TypeId>,
    is_union: bool,
    pointer: String,
}

/// A part of both texts: the reader's branches, and the text of each of the writer's.
struct Part {
    reader: Vec<String>,
    is_union: bool,
    writer: Vec<String>,
}

/// The name of what stands for a type on both sides.
const UNSEEN: &str = "cognate.unseen.Type";

impl<'o> Texts<'o> {
    pub(super) fn new(old: &'o Old) -> Self {
        Self { old, written: HashSet::new(), fixed: HashMap::new(), unseen: Vec::new() }
    }

    /// What the type that is read is made of.
    pub(super) fn root(&self) -> Written {
        self.at(self.old.root, self.old.pointer.clone())
    }

    /// The text of the writer's type without what is inside it, where that is of no account.
    pub(super) fn shallow_root(&mut self) -> String {
        let written = self.root();
        let types = written.types.iter().map(|id| self.shallow(*id)).collect();
        one_or_union(types, written.is_union)
    }

    /// Says that the text has a definition of the name.
    pub(super) fn define(&mut self, name: &str) {
        self.written.insert(name.to_owned());
    }

    /// What stands at a place of the writer's schema.
    pub(super) fn at(&self, id: TypeId, pointer: String) -> Written {
        match self.schema().kind(id) {
            TypeKind::Union(branches) => {
                Written { types: branches.iter().map(|branch| branch.id).collect(), is_union: true, pointer }
            }
            _ => Written { types: vec![id], is_union: false, pointer },
        }
    }

    /// The texts of a reader's type and of what it reads.
    pub(super) fn of(&mut self, tree: &TypeTree, written: &Written) -> (String, String) {
        let part = self.part(tree, written);
        (one_or_union(part.reader, part.is_union), one_or_union(part.writer, written.is_union))
    }

    /// The texts of a reader's union of several types, null being one that has no type. A branch of the writer's that no list, map or
    /// type which is seen takes is left to the others.
    pub(super) fn of_arms(&mut self, arms: &[Option<&TypeTree>], written: &Written) -> (String, String) {
        let mut reader = Vec::new();
        let mut writer: Vec<Option<String>> = vec![None; written.types.len()];
        let mut others = Vec::new();
        for arm in arms {
            let Some(tree) = arm else {
                reader.push("\"null\"".to_owned());
                continue;
            };
            if let Some(text) = self.seen(tree) {
                reader.push(text);
                continue;
            }
            let Some(is_partner) = container(tree) else {
                others.push(tree.rust.clone());
                continue;
            };
            let met = written.types.iter().position(|id| is_partner(self.schema().kind(*id)));
            let types = met.and_then(|at| written.types.get(at)).copied().into_iter().collect();
            let pointer = met.map_or_else(String::new, |at| format!("{}/{at}", written.pointer));
            let part = self.part(tree, &Written { types, is_union: false, pointer });
            reader.extend(part.reader);
            if let Some((slot, text)) = met.and_then(|at| writer.get_mut(at)).zip(part.writer.into_iter().next()) {
                *slot = Some(text);
            }
        }
        let seen = format!("[{}]", reader.join(", "));
        for (slot, id) in writer.iter_mut().zip(&written.types).filter(|(slot, _)| slot.is_none()) {
            let is_taken =
                Schema::parse(&seen).is_ok_and(|reader| super::comparison::reads(&self.old.schema.at(*id), &reader));
            *slot = Some(if is_taken || others.is_empty() {
                self.shallow(*id)
            } else {
                let text = self.stand_in();
                reader.push(text.clone());
                let (rust, pointer) = (others.clone(), written.pointer.clone());
                self.unseen.push(Unseen { rust, logical: None, writer: vec![*id], pointer });
                text
            });
        }
        let writer = writer.into_iter().flatten().collect();
        (format!("[{}]", reader.join(", ")), one_or_union(writer, written.is_union))
    }

    /// The default of a type, whichever: that there is one is what counts.
    pub(super) fn default(&self, text: &str) -> String {
        let word = text.trim_matches(|each| matches!(each, '[' | ' '));
        match word {
            _ if word.starts_with("\"null\"") => "null".to_owned(),
            _ if word.starts_with("\"boolean\"") => "false".to_owned(),
            _ if is_number(word) => "0".to_owned(),
            _ if word.starts_with(r#"{"type": "array""#) => "[]".to_owned(),
            _ if word.starts_with(r#"{"type": "map""#) => "{}".to_owned(),
            _ => {
                let size = self.fixed.iter().find(|(name, _)| word.contains(&format!("\"{name}\"")));
                format!("\"{}\"", "\\u0000".repeat(size.map_or(0, |(_, size)| *size)))
            }
        }
    }

    fn schema(&self) -> &'o Schema {
        &self.old.schema
    }

    fn part(&mut self, tree: &TypeTree, written: &Written) -> Part {
        match &tree.inner {
            Inner::Pointer(of) => self.part(of, written),
            Inner::Optional(of) => self.optional(of, tree.facts.null_at, written),
            Inner::List(of) | Inner::Set(of) | Inner::SetInList(of) => {
                let items = |kind: &TypeKind| if let TypeKind::Array(items) = kind { Some(items.id) } else { None };
                self.container(of, written, ("array", "items"), items)
            }
            Inner::Map(_, of) => {
                let values = |kind: &TypeKind| if let TypeKind::Map(values) = kind { Some(values.id) } else { None };
                self.container(of, written, ("map", "values"), values)
            }
            Inner::Leaf => match self.seen(tree) {
                Some(text) => {
                    let writer = written.types.iter().map(|id| self.shallow(*id)).collect();
                    Part { reader: vec![text], is_union: false, writer }
                }
                None => self.unseen(tree, written),
            },
        }
    }

    fn optional(&mut self, of: &TypeTree, null_at: Option<u8>, written: &Written) -> Part {
        let is_null = |id: &TypeId| matches!(self.old.schema.kind(*id), TypeKind::Null);
        let types = written.types.iter().copied().filter(|id| !is_null(id)).collect();
        let inner = Written { types, is_union: written.is_union, pointer: written.pointer.clone() };
        let mut part = self.part(of, &inner);
        let at = usize::from(null_at.unwrap_or(0)).min(part.reader.len());
        part.reader.insert(at, "\"null\"".to_owned());
        for (position, id) in written.types.iter().enumerate() {
            if is_null(id) {
                part.writer.insert(position.min(part.writer.len()), "\"null\"".to_owned());
            }
        }
        Part { is_union: true, ..part }
    }

    fn container(
        &mut self,
        of: &TypeTree,
        written: &Written,
        (word, key): (&str, &str),
        inner: impl Fn(&TypeKind) -> Option<TypeId>,
    ) -> Part {
        let types = written.types.iter().enumerate();
        let met = types.clone().find_map(|(at, id)| Some((at, inner(self.schema().kind(*id))?)));
        let mut writer: Vec<String> = written.types.iter().map(|id| self.shallow(*id)).collect();
        let inside = match met {
            Some((at, id)) => {
                let branch = if written.is_union { format!("/{at}") } else { String::new() };
                self.at(id, format!("{}{branch}/{key}", written.pointer))
            }
            None => Written::default(),
        };
        let text = |inner: String| format!(r#"{{"type": "{word}", "{key}": {inner}}}"#);
        let (reader, inside) = self.of(of, &inside);
        if let Some(slot) = met.and_then(|(at, _)| writer.get_mut(at)) {
            *slot = text(inside);
        }
        Part { reader: vec![text(reader)], is_union: false, writer }
    }

    /// A type that the macro does not see into is for both sides what the writer has there; whether it is, the compiler says.
    fn unseen(&mut self, tree: &TypeTree, written: &Written) -> Part {
        if written.types.is_empty() {
            return Part { reader: vec![self.stand_in()], is_union: false, writer: Vec::new() };
        }
        self.unseen.push(Unseen {
            rust: vec![tree.rust.clone()],
            logical: tree.facts.logical,
            writer: written.types.clone(),
            pointer: written.pointer.clone(),
        });
        let texts: Vec<_> = written.types.iter().map(|_| self.stand_in()).collect();
        Part { reader: texts.clone(), is_union: texts.len() > 1, writer: texts }
    }

    fn stand_in(&mut self) -> String {
        let name = format!("{UNSEEN}{}", self.fixed.len());
        let text = format!(r#"{{"type": "fixed", "name": "{name}", "size": 0}}"#);
        self.fixed.insert(name, 0);
        text
    }

    /// The text of a type that the macro sees.
    fn seen(&mut self, tree: &TypeTree) -> Option<String> {
        let desc = descriptor(tree)?;
        let schema = Schema::of_type(&desc).ok()?;
        if let (Shape::Fixed(fixed), Some(name)) = (desc.shape, schema.kind(schema.root()).name())
            && self.fixed.insert(name.full().to_owned(), fixed.size).is_some()
        {
            return Some(format!("\"{name}\""));
        }
        Some(schema.to_json())
    }

    /// A writer's type without what is inside it.
    fn shallow(&mut self, id: TypeId) -> String {
        let schema = self.schema();
        let kind = schema.kind(id);
        if let Some(name) = kind.name()
            && !self.written.insert(name.full().to_owned())
        {
            return format!("\"{name}\"");
        }
        match kind {
            TypeKind::Record(record) => format!(r#"{{"type": "record", "name": "{}", "fields": []}}"#, record.name),
            TypeKind::Array(_) => r#"{"type": "array", "items": "null"}"#.to_owned(),
            TypeKind::Map(_) => r#"{"type": "map", "values": "null"}"#.to_owned(),
            _ => schema.at(id).to_json(),
        }
    }
}

/// The positions among [`Shape::PLAIN`] of the types that read a writer's, as bits.
pub(super) fn plain_readers(old: &Old, writer: TypeId, logical: Option<Logical>) -> u16 {
    let meaning = logical.map_or(Meaning::None, meaning);
    let reads = |shape: &Shape| {
        let reader = Schema::of_type(&TypeDesc::new(*shape).with_logical(meaning));
        reader.is_ok_and(|reader| super::comparison::reads(&old.schema.at(writer), &reader))
    };
    let bits = Shape::PLAIN.iter().enumerate().filter(|(_, shape)| reads(shape));
    bits.fold(0, |bits, (position, _)| bits | 1 << position)
}

/// A fingerprint by which a writer's type is known to the types that read it.
pub(super) fn fingerprint(old: &Old, id: TypeId) -> u64 {
    let text = old.schema.at(id).to_json();
    cognate_schema::avro::rabin(text.as_bytes())
}

fn one_or_union(texts: Vec<String>, is_union: bool) -> String {
    match <[String; 1]>::try_from(texts) {
        Ok([text]) if !is_union => text,
        Ok([text]) => format!("[{text}]"),
        Err(texts) => format!("[{}]", texts.join(", ")),
    }
}

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(r#"{"type":"#).unwrap_or(text);
    ["int", "long", "float", "double"].iter().any(|word| text.trim_start().starts_with(&format!("\"{word}\"")))
}

/// The descriptor of a type that the macro sees.
fn descriptor(tree: &TypeTree) -> Option<TypeDesc> {
    let ty = parse2::<Type>(tree.rust.clone()).ok()?;
    let desc = match (&tree.facts.fixed, View::of(&ty)) {
        (Some(fixed), _) => named_fixed(fixed)?,
        (None, View::Fixed(Expr::Lit(ExprLit { lit: Lit::Int(size), .. }))) => {
            fixed(Name::new("", ""), Vec::new(), size.base10_parse().ok()?)
        }
        (None, View::Bool) => bool::TYPE,
        (None, View::Integer(name)) => integer(name)?,
        (None, View::Float("f32")) => f32::TYPE,
        (None, View::Float(_)) => f64::TYPE,
        (None, View::Text) => <&str>::TYPE,
        (None, View::Bytes { .. }) => TypeDesc::new(Shape::Bytes),
        _ => return None,
    };
    Some(match tree.facts.logical {
        Some(logical) => desc.with_logical(meaning(logical)),
        None => desc,
    })
}

/// Whether a writer's type can be that of a list or map.
fn container(tree: &TypeTree) -> Option<fn(&TypeKind) -> bool> {
    match &tree.inner {
        Inner::Pointer(of) => container(of),
        Inner::List(_) | Inner::Set(_) | Inner::SetInList(_) => Some(|kind| matches!(kind, TypeKind::Array(_))),
        Inner::Map(..) => Some(|kind| matches!(kind, TypeKind::Map(_))),
        Inner::Leaf | Inner::Optional(_) => None,
    }
}

fn integer(name: &str) -> Option<TypeDesc> {
    Some(match name {
        "i8" => i8::TYPE,
        "i16" => i16::TYPE,
        "i32" => i32::TYPE,
        "i64" => i64::TYPE,
        "u16" => u16::TYPE,
        "u32" => u32::TYPE,
        "u64" => u64::TYPE,
        _ => return None,
    })
}

/// A fixed whose size is known here.
fn named_fixed(facts: &FixedFacts) -> Option<TypeDesc> {
    let size: syn::LitInt = parse2(facts.size.clone()).ok()?;
    let leak = |text: &str| -> &'static str { Box::leak(text.into()) };
    let aliases: Vec<&'static str> = facts.aliases.iter().map(|alias| leak(alias)).collect();
    Some(fixed(Name::new(leak(&facts.name.name), leak(&facts.name.namespace)), aliases, size.base10_parse().ok()?))
}

/// Descriptors live as long as the program, which a macro is for one crate.
fn fixed(name: Name, aliases: Vec<&'static str>, size: usize) -> TypeDesc {
    TypeDesc::new(Shape::Fixed(Box::leak(Box::new(FixedDesc { name, aliases: aliases.leak(), doc: "", size }))))
}

fn meaning(logical: Logical) -> Meaning {
    match logical {
        Logical::Decimal { precision, scale } => Meaning::Decimal { precision, scale },
        Logical::BigDecimal => Meaning::BigDecimal,
        Logical::Uuid => Meaning::Uuid,
        Logical::Date => Meaning::Date,
        Logical::TimeMillis => Meaning::TimeMillis,
        Logical::TimeMicros => Meaning::TimeMicros,
        Logical::TimestampMillis => Meaning::TimestampMillis,
        Logical::TimestampMicros => Meaning::TimestampMicros,
        Logical::TimestampNanos => Meaning::TimestampNanos,
        Logical::LocalTimestampMillis => Meaning::LocalTimestampMillis,
        Logical::LocalTimestampMicros => Meaning::LocalTimestampMicros,
        Logical::LocalTimestampNanos => Meaning::LocalTimestampNanos,
        Logical::Duration => Meaning::Duration,
    }
}
