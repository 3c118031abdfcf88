//! What puts a fault right.
//!
//! Only the new schema can be changed: the old one is out there. Where it is the old readers that fail, the new data must stay
//! readable to them.

use super::Sides;
use crate::compat::Direction;
use crate::thrift::resolve::{Fault, FaultKind, shared_typedef};

pub(super) fn fix(sides: &Sides<'_>, fault: &Fault) -> Option<String> {
    let site = fault.site.as_ref();
    let backward = sides.direction == Direction::Backward;
    // The last step of the way to the field.
    let id = |path: &str| path.split('/').find_map(|step| step.parse::<i16>().ok());
    let reader_field = || {
        let field = sides.reader.program[site?.reader].field_by_id(id(&fault.reader.path)?)?;
        Some(field.head.name.to_string())
    };
    let writer_field = || {
        let site = site?;
        let field = sides.writer.program[site.writer].fields.get(site.field?)?;
        Some((field.head.name.to_string(), field.id))
    };
    match fault.kind {
        FaultKind::MissingArm | FaultKind::TypeMismatch if sides.is_answer(fault) => None,
        FaultKind::MissingRequired if backward => Some(format!("make `{}` optional", reader_field()?)),
        FaultKind::MissingRequired => Some(format!(
            "keep `{}`, or make it optional in a version that all readers have before it goes",
            reader_field()?
        )),
        FaultKind::UnsetRequired if backward => Some(format!("leave `{}` as it was", reader_field()?)),
        FaultKind::UnsetRequired => Some(format!("keep `{}` required, or always write it", reader_field()?)),
        FaultKind::TypeMismatch => {
            let (old, new) = sides.old_and_new();
            let site = site?;
            let (old_id, _) = sides.turned(site.writer, site.reader);
            let field = old.program[old_id].field_by_id(writer_field()?.1)?;
            let new_id = sides.turned(site.writer, site.reader).1;
            let other = new.program[new_id].field_by_id(field.id)?;
            if site.parts.is_empty()
                && let Some((typedef, _)) = shared_typedef((old, field.ty.id), (new, other.ty.id))
            {
                let typedef = &old.program[typedef];
                return Some(format!(
                    "leave the typedef `{}` as {}, and give new fields with other ids the new type",
                    old.name(&typedef.head),
                    old.described(typedef.target.id)
                ));
            }
            let name = new.name(&new.program[new_id].head);
            Some(format!(
                "leave `{}` of `{name}` as {}, and add a field with another id for the new type",
                field.head.name,
                old.described(field.ty.id)
            ))
        }
        FaultKind::ChangedId => {
            let site = site?;
            let (old, new) = sides.old_and_new();
            let (old_id, new_id) = sides.turned(site.writer, site.reader);
            let name = writer_field()?.0;
            let (from, to) = (&old.program[old_id], &new.program[new_id]);
            let (was, is) = (from.field(&name)?, to.field(&name)?);
            if !was.has_written_id && !is.has_written_id {
                return Some(format!("put `{name}` back in its place: ids that are not written follow from the order"));
            }
            // Who has the id now and did not have another one.
            let holder = to.field_by_id(was.id).filter(|holder| from.field(&holder.head.name).is_none());
            let rest = holder.map_or_else(String::new, |holder| format!(", and `{}` another one", holder.head.name));
            Some(format!("give `{name}` the id {} again instead of {}{rest}", was.id, is.id))
        }
        FaultKind::MissingArm => {
            let (name, id) = writer_field()?;
            Some(if backward {
                format!("keep `{id}: {name}`")
            } else {
                format!("add `{name}` in a version that all readers have before it is written")
            })
        }
        FaultKind::RenumberedValue => {
            let name = fault.writer.path.rsplit('/').next()?;
            Some(format!("give `{name}` its old number again"))
        }
        FaultKind::UnknownValue => {
            let name = fault.writer.path.strip_prefix("/enums/")?.rsplit('/').next()?;
            Some(if backward { format!("keep `{name}`") } else { format!("write `{name}` when all readers know it") })
        }
        FaultKind::UnionAndStruct => {
            let (old, _) = sides.old_and_new();
            let structure = &old.program[sides.turned(site?.writer, site?.reader).0];
            Some(format!("leave `{}` a {}", structure.head.name, structure.kind.word()))
        }
        FaultKind::BytesAsText => None,
    }
}
