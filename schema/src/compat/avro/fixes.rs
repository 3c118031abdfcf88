//! What puts a fault right.
//!
//! Only the new schema can be changed: the old one is out there. Where it is the old readers that fail, the new data must stay
//! readable to them.

use super::faults::{Met, named};
use super::places::spelled;
use crate::avro::resolve::FaultKind;
use crate::avro::{Field, Record, TypeKind};
use crate::compat::Direction;

pub(super) fn fix(met: &Met<'_, '_>) -> Option<String> {
    let backward = met.sides.direction == Direction::Backward;
    match met.fault.kind {
        FaultKind::ReaderFieldMissingDefaultValue => missing_field(met, backward),
        FaultKind::NameMismatch => {
            let (old, new) = (met.writer().1.name()?, met.reader().1.name()?);
            backward.then(|| format!("add the alias `{old}` to `{new}`"))
        }
        FaultKind::MissingEnumSymbols => {
            let name = met.reader().1.name()?.simple();
            let symbols = named(&met.missing_symbols());
            Some(if backward {
                format!("give the enum `{name}` a default, or keep {symbols}")
            } else {
                format!(
                    "give the enum `{name}` a default in a version that all readers have before {symbols} is written"
                )
            })
        }
        FaultKind::MissingUnionBranch => {
            let branch = met.writer().1.branch_name();
            backward.then(|| {
                let place = spelled(met.sides.reader, &met.fault.reader.pointer);
                format!("keep `{branch}` among the branches of {place}")
            })
        }
        FaultKind::TypeMismatch => {
            let branch = met.writer().1.branch_name();
            let place = spelled(met.sides.reader, &met.fault.reader.pointer);
            (backward && met.is_branch()).then(|| format!("keep {place} a union with `{branch}`"))
        }
        FaultKind::FixedSizeMismatch => None,
    }
}

fn missing_field(met: &Met<'_, '_>, backward: bool) -> Option<String> {
    let (TypeKind::Record(from), TypeKind::Record(to)) = (met.writer().1, met.reader().1) else { return None };
    let field = to.fields.get(met.missing_field()?)?;
    let name = &field.name;
    if !backward {
        return Some(format!("keep `{name}`, or give it a default in a version that all readers have before it goes"));
    }
    Some(match renamed(met, from, to, field) {
        Some(former) => {
            format!("add the alias `{former}` to `{name}` if it is the same field, or give `{name}` a default")
        }
        None => format!("give `{name}` a default"),
    })
}

/// The field that was lost when this one came, if there is one of the same type: of several the one with the likest name.
fn renamed<'a>(met: &Met<'_, 'a>, from: &'a Record, to: &Record, field: &Field) -> Option<&'a str> {
    let (writer, reader) = (met.sides.writer, met.sides.reader);
    let form = reader.at(field.ty.id).canonical_form();
    let known = |name: &str| {
        to.fields.iter().any(|field| &*field.name == name || field.aliases.iter().any(|alias| &*alias.name == name))
    };
    let lost = from.fields.iter().filter(|old| !known(&old.name) && writer.at(old.ty.id).canonical_form() == form);
    let likeness = |old: &&Field| strsim::jaro_winkler(&old.name, &field.name);
    lost.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).map(|old| &*old.name)
}
