//! Fields, with their ids and defaults.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::Field as Written;
use crate::thrift::link::{Linker, head};
use crate::thrift::program::{Field, FileId, Location, Requiredness, StructId, StructKind};
use crate::thrift::rules;
use crate::thrift::types::{Type, TypeRef};

/// Where fields stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Struct(StructKind),
    Arguments,
    Throws,
    XsdAttributes,
}

impl<'a> Linker<'a> {
    pub(super) fn structure(&mut self, file: FileId, id: StructId, kind: StructKind, written: &'a [Written]) {
        let fields = self.fields(file, written, Within::Struct(kind));
        if kind == StructKind::Union {
            self.check_union_defaults(file, written);
        }
        let entry = &mut self.structs[id.index()];
        entry.by_id = fields.iter().enumerate().map(|(index, field)| (field.id, index)).collect();
        entry.by_name = fields.iter().enumerate().map(|(index, field)| (field.head.name.clone(), index)).collect();
        entry.fields = fields;
    }

    pub(super) fn fields(&mut self, file: FileId, written: &'a [Written], within: Within) -> Vec<Field> {
        let mut names: HashMap<&str, Span> = HashMap::new();
        let mut ids: HashMap<i64, Span> = HashMap::new();
        let mut automatic = -1i64;
        let mut fields = Vec::with_capacity(written.len());
        for field in written {
            let id_span = field.id.map_or(field.name.span, |id| id.span);
            let (id, has_written_id) = self.field_id(file, field, &mut automatic);
            if let Some(first) = ids.get(&id) {
                let message = format!("the id {id} is taken");
                let (at, other) = (Location { file, span: id_span }, Location { file, span: *first });
                self.report_with(&rules::DUPLICATE_ID, at, message, other, "by this field");
            }
            ids.entry(id).or_insert(id_span);
            if let Some(first) = names.get(&*field.name.text) {
                let message = format!("there is a field `{}` already", field.name.text);
                let (at, other) = (Location { file, span: field.name.span }, Location { file, span: *first });
                self.report_with(&rules::DUPLICATE_FIELD, at, message, other, "first defined here");
            }
            names.entry(&field.name.text).or_insert(field.name.span);
            if let Some(attributes) = &field.xsd.attributes {
                self.fields(file, attributes, Within::XsdAttributes);
            }
            let requiredness = self.requiredness(file, field, within);
            let ty = self.ty(file, &field.ty);
            if within != Within::Throws {
                self.check_exception(file, &ty);
            }
            let default = field.default.as_ref().and_then(|value| self.value(file, ty.id, value));
            fields.push(Field {
                head: head!(file, field, field.span),
                // What does not fit was reported.
                id: i16::try_from(id).unwrap_or_default(),
                has_written_id,
                requiredness,
                ty,
                default,
                is_reference: field.reference.is_some(),
            });
        }
        fields
    }

    /// The id of a field, and whether it is the one that is written.
    fn field_id(&mut self, file: FileId, field: &Written, automatic: &mut i64) -> (i64, bool) {
        let at = Location { file, span: field.id.map_or(field.name.span, |id| id.span) };
        match field.id.map(|id| id.value) {
            Some(id) if id > 0 || self.options.negative_ids => {
                if id <= 0 {
                    *automatic = id.saturating_sub(1);
                }
                self.check_id(at, id);
                (id, true)
            }
            written => {
                let id = *automatic;
                *automatic -= 1;
                let name = &field.name.text;
                let message = match written {
                    None => format!("the field `{name}` has no id, and is given {id} by its place"),
                    Some(written) if written == id => format!("the id {id} of `{name}` is given by its place"),
                    Some(written) => format!(
                        "the id {written} of `{name}` does not count, being less than 1; {id} is given by its place"
                    ),
                };
                let mut fault = Diagnostic::new(&rules::IMPLICIT_ID, message)
                    .primary(self.source(file), at.span, "")
                    .note("fields without positive ids cannot be moved, added or removed safely");
                if written.is_some_and(|written| written < 0 && written != id) {
                    fault =
                        fault.note("negative ids count as they are written where that is asked for (`--negative-ids`)");
                }
                self.diagnostics.push(fault);
                self.check_id(at, id);
                (id, false)
            }
        }
    }

    fn check_id(&mut self, at: Location, id: i64) {
        if i16::try_from(id).is_err() {
            self.report(&rules::BAD_ID, at, format!("the id {id} does not fit into 16 bits, as on the wire"));
        }
    }

    fn requiredness(&mut self, file: FileId, field: &Written, within: Within) -> Requiredness {
        let Some((written, span)) = field.requiredness else {
            return if within == Within::Struct(StructKind::Union) {
                Requiredness::Optional
            } else {
                Requiredness::Default
            };
        };
        let at = Location { file, span };
        match (within, written) {
            (Within::Struct(StructKind::Union), Requiredness::Required) => {
                let message = format!("`{}` is required, but a union has only one of its fields", field.name.text);
                self.report(&rules::REQUIRED_IN_UNION, at, message);
                Requiredness::Optional
            }
            (Within::Arguments, Requiredness::Optional) => {
                let message = format!("the argument `{}` cannot be optional", field.name.text);
                self.report(&rules::IGNORED_REQUIREDNESS, at, message);
                Requiredness::Default
            }
            (Within::Throws, Requiredness::Required) => {
                let message = format!("the exception `{}` cannot be required", field.name.text);
                self.report(&rules::IGNORED_REQUIREDNESS, at, message);
                Requiredness::Default
            }
            (_, written) => written,
        }
    }

    fn check_exception(&mut self, file: FileId, ty: &TypeRef) {
        let Some((_, Type::Struct(id))) = self.true_type(ty.id) else { return };
        let head = &self.structs[id.index()].head;
        if self.structs[id.index()].kind == StructKind::Exception {
            let (message, other) = (format!("the exception `{}` is used as a type", head.name), head.location);
            self.report_with(
                &rules::EXCEPTION_AS_TYPE,
                Location { file, span: ty.span },
                message,
                other,
                "the exception",
            );
        }
    }

    fn check_union_defaults(&mut self, file: FileId, written: &[Written]) {
        let mut first = None;
        for field in written {
            let Some(default) = &field.default else { continue };
            let at = Location { file, span: default.span };
            match first {
                None => first = Some(at),
                Some(other) => {
                    let message = format!("`{}` is a second field of the union with a default", field.name.text);
                    self.report_with(&rules::UNION_DEFAULTS, at, message, other, "the first default");
                }
            }
        }
    }
}
