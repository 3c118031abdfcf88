//! Boxes for types that would contain themselves, and lifetimes for types that can borrow.

use super::model::{ItemId, Model, Type};

/// Puts a `Box` at the one place of each circle that closes it, seen in the order of the schema.
pub(super) fn box_circles(model: &mut Model) {
    let mut state = vec![State::New; model.items.len()];
    for start in 0..model.items.len() {
        visit(model, ItemId(start), &mut state);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first without recursion, since schemas may nest records as deep as they like.
fn visit(model: &mut Model, start: ItemId, state: &mut [State]) {
    if state[start.0] != State::New {
        return;
    }
    state[start.0] = State::Open;
    let mut stack = vec![(start, 0)];
    while let Some((id, position)) = stack.last_mut() {
        let id = *id;
        let mut types = model.items[id.0].kind.types_mut();
        let Some(ty) = types.get_mut(*position) else {
            state[id.0] = State::Done;
            stack.pop();
            continue;
        };
        *position += 1;
        if let Some((held, boxed)) = ty.held_item() {
            match state[held.0] {
                State::Open => *boxed = true,
                State::New => {
                    state[held.0] = State::Open;
                    stack.push((held, 0));
                }
                State::Done => {}
            }
        }
    }
}

/// Finds the items with text or bytes in them.
pub(super) fn find_borrowing(model: &mut Model) {
    loop {
        let borrowing: Vec<bool> =
            model.items.iter().map(|item| item.kind.types().into_iter().any(|ty| borrows(model, ty))).collect();
        let mut changed = false;
        for (item, borrows) in model.items.iter_mut().zip(borrowing) {
            changed |= borrows && !item.borrows;
            item.borrows |= borrows;
        }
        if !changed {
            return;
        }
    }
}

/// Whether there is text or bytes in a type.
pub(super) fn borrows(model: &Model, ty: &Type) -> bool {
    match ty {
        Type::String(_) | Type::Bytes(_) => true,
        Type::Item { id, .. } => model.item(*id).borrows,
        Type::Array(of) | Type::Set(of) | Type::Optional { of, .. } | Type::Alias { of, .. } => borrows(model, of),
        Type::Map(key, of) => borrows(model, key) || borrows(model, of),
        _ => false,
    }
}
