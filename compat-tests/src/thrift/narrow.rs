//! Structs that know less than a model does: what an older reader, or one with other ideas, has of the same data.

use cognate_schema::thrift::Dialect;
use fastrand::Rng;

use super::model::{Model, Need, StructKind, Type};
use crate::generate::{once_in, pick};

/// The model with fields, arms and enum values left out, and with other types in their place.
///
/// Whether an empty collection may now be one of other items, which its header then says when it is written again, comes along.
pub fn narrowed(dialect: Dialect, model: &Model, random: &mut Rng) -> (Model, bool) {
    let mut narrow = model.clone();
    let mut other_items = false;
    for item in &mut narrow.structs {
        let mut left = item.fields.len();
        item.fields.retain(|_| {
            // An empty union would be refused.
            let stays = !once_in(random, 3) || (item.kind == StructKind::Union && left == 1);
            left -= usize::from(!stays);
            stays
        });
        for field in &mut item.fields {
            if once_in(random, 6) {
                let (ty, within) = other(dialect, &field.ty, random);
                field.ty = ty;
                other_items |= within;
                if field.need == Need::Required {
                    field.need = Need::Optional;
                }
            }
        }
    }
    for item in &mut narrow.enums {
        let first = item.numbers[0];
        item.numbers.retain(|number| *number == first || random.bool());
    }
    (narrow, other_items)
}

/// A type of another kind on the wire; and whether only so for what is within a collection.
fn other(dialect: Dialect, ty: &Type, random: &mut Rng) -> (Type, bool) {
    let within = |part: &Type, random: &mut Rng| Box::new(other(dialect, part, random).0);
    if random.bool() {
        match ty {
            Type::List(element) => return (Type::List(within(element, random)), true),
            Type::Set(element) => return (Type::Set(within(element, random)), true),
            Type::Map(key, value) if random.bool() => return (Type::Map(within(key, random), value.clone()), true),
            Type::Map(key, value) => return (Type::Map(key.clone(), within(value, random)), true),
            _ => {}
        }
    }
    let odd = if dialect == Dialect::Fbthrift { Type::Float } else { Type::Uuid };
    let choices = [Type::Bool, Type::I8, Type::I64, Type::Double, odd, Type::List(Box::new(Type::Bool))];
    loop {
        let choice = pick(random, &choices);
        if std::mem::discriminant(choice) != std::mem::discriminant(ty) {
            return (choice.clone(), false);
        }
    }
}
