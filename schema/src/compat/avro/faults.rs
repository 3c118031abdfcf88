//! Faults of a plan as findings.

use super::places::{described, spelled};
use super::{Sides, fixes, rules};
use crate::avro::resolve::{Fault, FaultKind, follow};
use crate::avro::{LogicalType, Schema, Symbol, TypeId, TypeKind};
use crate::compat::{Direction, Finding, Place, Rule, Surface};

impl Sides<'_> {
    /// The finding that a fault is.
    pub(super) fn finding(&self, fault: &Fault) -> Finding {
        let (writer_type, _) = follow(self.writer, &fault.writer.pointer);
        let (reader_type, _) = follow(self.reader, &fault.reader.pointer);
        let met = Met { sides: self, fault, writer_type, reader_type };
        let mut places =
            (self.documents.place(self.writer, &fault.writer), self.documents.place(self.reader, &fault.reader));
        if let Some(symbol) = met.missing_symbols().first() {
            places.0.span = symbol.span;
        }
        let mut finding = self.found(rule_of(fault.kind), met.message(), places);
        finding.breaks = self.direction.into();
        if met.decimals() {
            // Their JSON is that of the bytes, whatever the scale.
            finding.surfaces.retain(|surface| *surface == Surface::Wire);
        }
        finding.fix = fixes::fix(&met);
        finding
    }

    /// A finding at places of the writer's and the reader's schema. As yet it breaks nothing.
    pub(super) fn found(&self, rule: &'static Rule, message: String, (writer, reader): (Place, Place)) -> Finding {
        let (old, new) = match self.direction {
            Direction::Backward => (writer, reader),
            Direction::Forward => (reader, writer),
        };
        Finding::new(rule, self.surfaces, message, old, new)
    }
}

/// A fault and the types that met there.
pub(super) struct Met<'a, 's> {
    pub(super) sides: &'a Sides<'s>,
    pub(super) fault: &'a Fault,
    pub(super) writer_type: TypeId,
    pub(super) reader_type: TypeId,
}

impl<'s> Met<'_, 's> {
    pub(super) fn writer(&self) -> (&'s Schema, &'s TypeKind) {
        (self.sides.writer, self.sides.writer.kind(self.writer_type))
    }

    pub(super) fn reader(&self) -> (&'s Schema, &'s TypeKind) {
        (self.sides.reader, self.sides.reader.kind(self.reader_type))
    }

    /// The name of the reader's field that the data lacks.
    pub(super) fn missing_field(&self) -> Option<usize> {
        self.fault.reader.pointer.rsplit('/').next()?.parse().ok()
    }

    /// The writer's symbols that the reader lacks.
    pub(super) fn missing_symbols(&self) -> Vec<&'s Symbol> {
        match (self.writer().1, self.reader().1) {
            (TypeKind::Enum(from), TypeKind::Enum(to)) => {
                from.symbols.iter().filter(|symbol| to.symbol_index(&symbol.name).is_none()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the writer's type is a branch of a union, which fails only when it is met.
    pub(super) fn is_branch(&self) -> bool {
        let mut steps = self.fault.writer.pointer.rsplit('/');
        let last = steps.next().unwrap_or_default();
        last.parse::<usize>().is_ok() && steps.next() != Some("fields")
    }

    fn message(&self) -> String {
        let (reader_word, writer_word) = self.sides.direction.reader_and_writer();
        let who = format!("a reader with the {reader_word} schema");
        let place = spelled(self.sides.reader, &self.fault.reader.pointer);
        let from = described(self.sides.writer, self.writer_type);
        let to = described(self.sides.reader, self.reader_type);
        let fails = if self.is_branch() {
            format!("{who} fails on {writer_word} data with {from} in {place}")
        } else {
            format!("{who} cannot read {place} of {writer_word} data")
        };
        match self.fault.kind {
            FaultKind::ReaderFieldMissingDefaultValue => {
                let (_, kind) = self.reader();
                let field = match (kind, self.missing_field()) {
                    (TypeKind::Record(record), Some(field)) => record.fields.get(field).map_or("", |field| &field.name),
                    _ => "",
                };
                let record = kind.branch_name();
                format!(
                    "{who} cannot read any {writer_word} `{record}`: it has no `{field}`, for which there is no default"
                )
            }
            FaultKind::TypeMismatch => {
                let why = if self.decimals() { ", since precision and scale must be equal" } else { "" };
                format!("{fails}: {from} cannot become {to}{why}")
            }
            FaultKind::NameMismatch => {
                let (from, to) = (self.writer().1.branch_name(), self.reader().1.branch_name());
                format!("{fails}: `{from}` is another type than `{to}`, which has no such alias")
            }
            FaultKind::FixedSizeMismatch => {
                let size = |kind: &TypeKind| if let TypeKind::Fixed(fixed) = kind { fixed.size } else { 0 };
                let (from, to) = (size(self.writer().1), size(self.reader().1));
                let name = self.reader().1.branch_name();
                format!("{fails}: the fixed `{name}` has {from} bytes there, and {to} are expected")
            }
            FaultKind::MissingEnumSymbols => {
                let symbols = named(&self.missing_symbols());
                let name = self.reader().1.branch_name();
                format!(
                    "{who} fails on {writer_word} data with {symbols} in {place}: its enum `{name}` knows no such symbol and has \
                     no default"
                )
            }
            FaultKind::MissingUnionBranch => format!("{fails}: {from} fits no branch of {to}"),
        }
    }

    fn decimals(&self) -> bool {
        let is = |schema: &Schema, id| matches!(schema.ty(id).logical, Some(LogicalType::Decimal { .. }));
        is(self.sides.writer, self.writer_type) && is(self.sides.reader, self.reader_type)
    }
}

/// The symbols in a list.
pub(super) fn named(symbols: &[&Symbol]) -> String {
    symbols.iter().map(|symbol| format!("`{}`", symbol.name)).collect::<Vec<_>>().join(", ")
}

fn rule_of(kind: FaultKind) -> &'static Rule {
    match kind {
        FaultKind::NameMismatch => &rules::NAME_MISMATCH,
        FaultKind::FixedSizeMismatch => &rules::FIXED_SIZE_MISMATCH,
        FaultKind::MissingEnumSymbols => &rules::MISSING_ENUM_SYMBOLS,
        FaultKind::ReaderFieldMissingDefaultValue => &rules::READER_FIELD_WITHOUT_DEFAULT,
        FaultKind::TypeMismatch => &rules::TYPE_MISMATCH,
        FaultKind::MissingUnionBranch => &rules::MISSING_UNION_BRANCH,
    }
}
