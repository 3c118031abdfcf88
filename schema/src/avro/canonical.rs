//! Parsing canonical form, specification section "Parsing Canonical Form for Schemas".

use std::borrow::Cow;

use crate::avro::model::{Schema, TypeId, TypeKind};
use crate::json::write_string;

impl Schema {
    /// The schema's parsing canonical form: two schemas that read the same bytes have the same one.
    ///
    /// Of what the specification leaves open, an `error` is written as a `record`, as the Java implementation does.
    pub fn canonical_form(&self) -> String {
        let mut out = String::new();
        let mut defined = vec![false; self.type_count()];
        // A stack of what is still to be written, the next on top: schemas can be nested deeper than the call stack.
        let mut todo = vec![Piece::Type(self.root())];
        while let Some(piece) = todo.pop() {
            match piece {
                Piece::Text(text) => out.push_str(&text),
                Piece::Type(id) => self.canonical_type(id, &mut defined, &mut out, &mut todo),
            }
        }
        out
    }

    fn canonical_type<'a>(&'a self, id: TypeId, defined: &mut [bool], out: &mut String, todo: &mut Vec<Piece<'a>>) {
        let kind = self.kind(id);
        if let Some(name) = kind.name() {
            let again = defined.get_mut(id.index()).is_some_and(|defined| std::mem::replace(defined, true));
            if again {
                return write_string(name.full(), out);
            }
            out.push_str("{\"name\":");
            write_string(name.full(), out);
            out.push_str(",\"type\":\"");
            out.push_str(kind.word());
            out.push('"');
        }
        match kind {
            TypeKind::Record(record) => {
                out.push_str(",\"fields\":[");
                todo.push("]}".into());
                for (index, field) in record.fields.iter().enumerate().rev() {
                    let mut start = if index == 0 { "{\"name\":" } else { ",{\"name\":" }.to_owned();
                    write_string(&field.name, &mut start);
                    start.push_str(",\"type\":");
                    todo.extend(["}".into(), Piece::Type(field.ty.id), Piece::Text(start.into())]);
                }
            }
            TypeKind::Enum(symbols) => {
                out.push_str(",\"symbols\":[");
                for (index, symbol) in symbols.symbols.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    write_string(&symbol.name, out);
                }
                out.push_str("]}");
            }
            TypeKind::Fixed(fixed) => {
                out.push_str(",\"size\":");
                out.push_str(&fixed.size.to_string());
                out.push('}');
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
            primitive => write_string(primitive.word(), out),
        }
    }
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
