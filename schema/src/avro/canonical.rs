//! Parsing canonical form, specification section "Parsing Canonical Form for Schemas", and forms in its manner that keep more.

use std::borrow::Cow;

use crate::avro::model::{Field, Schema, Type, TypeId, TypeKind};
use crate::avro::write::{write_logical, write_member, write_strings};
use crate::json::{write_compact, write_string};

/// How much of a schema a form keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// What the bytes of the data depend on.
    Parsing,
    /// Also what the data means: logical types.
    Meaning,
    /// Also what a reader makes of the data of others: aliases and defaults. Two schemas of the same such form resolve alike.
    Resolving,
}

impl Schema {
    /// The schema's parsing canonical form: two schemas that read the same bytes have the same one.
    ///
    /// Of what the specification leaves open, an `error` is written as a `record`, as the Java implementation does.
    pub fn canonical_form(&self) -> String {
        self.form(Form::Parsing)
    }

    pub(super) fn form(&self, form: Form) -> String {
        let mut out = String::new();
        let mut defined = vec![false; self.type_count()];
        // A stack of what is still to be written, the next on top: schemas can be nested deeper than the call stack.
        let mut todo = vec![Piece::Type(self.root())];
        while let Some(piece) = todo.pop() {
            match piece {
                Piece::Text(text) => out.push_str(&text),
                Piece::Type(id) => self.type_in_form(id, form, &mut defined, &mut out, &mut todo),
            }
        }
        out
    }

    fn type_in_form<'a>(
        &'a self,
        id: TypeId,
        form: Form,
        defined: &mut [bool],
        out: &mut String,
        todo: &mut Vec<Piece<'a>>,
    ) {
        let ty = self.ty(id);
        let logical = form >= Form::Meaning && ty.logical.is_some();
        if let Some(name) = ty.kind.name() {
            let again = defined.get_mut(id.index()).is_some_and(|defined| std::mem::replace(defined, true));
            if again {
                return write_string(name.full(), out);
            }
            out.push_str("{\"name\":");
            write_string(name.full(), out);
            out.push_str(",\"type\":\"");
            out.push_str(ty.kind.word());
            out.push('"');
            if form >= Form::Resolving && !ty.kind.aliases().is_empty() {
                out.push_str(",\"aliases\":");
                write_strings(ty.kind.aliases().iter().map(|alias| alias.name.full()), out);
            }
        }
        match &ty.kind {
            TypeKind::Record(record) => {
                out.push_str(",\"fields\":[");
                todo.push("]}".into());
                for (index, field) in record.fields.iter().enumerate().rev() {
                    let mut start = if index == 0 { "{\"name\":" } else { ",{\"name\":" }.to_owned();
                    write_string(&field.name, &mut start);
                    start.push_str(",\"type\":");
                    todo.extend([end_of_field(field, form), Piece::Type(field.ty.id), Piece::Text(start.into())]);
                }
            }
            TypeKind::Enum(symbols) => {
                out.push_str(",\"symbols\":");
                write_strings(symbols.symbols.iter().map(|symbol| &*symbol.name), out);
                let default = symbols.default.filter(|_| form >= Form::Resolving);
                if let Some(default) = default.and_then(|index| symbols.symbols.get(index)) {
                    write_member("default", &default.name, out);
                }
                out.push('}');
            }
            TypeKind::Fixed(fixed) => {
                out.push_str(",\"size\":");
                out.push_str(&fixed.size.to_string());
                end_of_type(ty, logical, out);
            }
            TypeKind::Array(items) => {
                out.push_str("{\"type\":\"array\",\"items\":");
                todo.extend(["}".into(), Piece::Type(items.id)]);
            }
            TypeKind::Map(values) => {
                out.push_str("{\"type\":\"map\",\"values\":");
                todo.extend(["}".into(), Piece::Type(values.id)]);
            }
            TypeKind::Union(branches) => {
                out.push('[');
                todo.push("]".into());
                for (index, branch) in branches.iter().enumerate().rev() {
                    todo.push(Piece::Type(branch.id));
                    if index > 0 {
                        todo.push(",".into());
                    }
                }
            }
            primitive if logical => {
                out.push_str("{\"type\":");
                write_string(primitive.word(), out);
                end_of_type(ty, logical, out);
            }
            primitive => write_string(primitive.word(), out),
        }
    }
}

fn end_of_type(ty: &Type, logical: bool, out: &mut String) {
    if logical {
        write_logical(ty, out);
    }
    out.push('}');
}

fn end_of_field<'a>(field: &Field, form: Form) -> Piece<'a> {
    if form < Form::Resolving {
        return "}".into();
    }
    let mut end = String::new();
    if let Some(default) = &field.default {
        end.push_str(",\"default\":");
        write_compact(default, &mut end);
    }
    if !field.aliases.is_empty() {
        end.push_str(",\"aliases\":");
        write_strings(field.aliases.iter().map(|alias| &*alias.name), &mut end);
    }
    end.push('}');
    Piece::Text(end.into())
}

enum Piece<'a> {
    Text(Cow<'a, str>),
    Type(TypeId),
}

impl<'a> From<&'a str> for Piece<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}
