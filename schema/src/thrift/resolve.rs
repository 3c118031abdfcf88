//! What a reader makes of a writer's data.
//!
//! Thrift data tells the id and the kind of every field, so a reader needs nothing of the writer's schema. What it makes of the
//! data follows from both schemas nevertheless: [`resolve`] compares two structs and all that they hold in one walk, and yields
//! a [`StructPlan`] for each pair of structs that meet, and the [`Fault`]s: values that fail, are lost or are taken for others.
//!
//! ```
//! use cognate_schema::thrift::resolve::{FaultKind, Settings, Step, resolve};
//! use cognate_schema::thrift::{Item, Program};
//!
//! let writer = Program::parse("struct User { 1: string name, 2: i32 age, 3: string note }")?;
//! let reader = Program::parse("struct User { 1: string name, 2: i64 age }")?;
//! let (Some(Item::Struct(old)), Some(Item::Struct(new))) = (writer.find("User"), reader.find("User")) else { panic!() };
//! let resolution = resolve(&writer, &reader, (old, new), Settings::default());
//! let steps = &resolution.plan((old, new)).unwrap().steps;
//! assert!(matches!(steps[1], Step::Drop { writer: 1, reader: 1 }));
//! assert!(matches!(steps[2], Step::Skip { writer: 2 }));
//! assert_eq!(resolution.faults[0].kind, FaultKind::TypeMismatch);
//! assert_eq!(resolution.faults[0].reader.path, "/structs/User/fields/2/type");
//! # Ok::<(), cognate_schema::Diagnostics>(())
//! ```

mod fault;
mod place;
mod planner;
mod values;

use std::collections::HashMap;

pub use fault::{Fault, FaultKind, Part, Site};
pub use place::Place;
pub(crate) use place::{Side, shared_typedef};
pub(crate) use planner::Planner;

use crate::thrift::{EnumId, Messages, Program, StructId};

/// Compares two structs, unions or exceptions, and all that they hold.
pub fn resolve(writer: &Program, reader: &Program, (from, to): (StructId, StructId), settings: Settings) -> Resolution {
    let (writer, reader) = (Messages::of(writer), Messages::of(reader));
    let home = |messages: &Messages, id: StructId| messages.program()[id].head.location.file;
    let sides = (Side::new(&writer, home(&writer, from)), Side::new(&reader, home(&reader, to)));
    let mut planner = Planner::new(sides.0, sides.1, None, settings);
    planner.structs(from, to);
    planner.finish()
}

/// What readers are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Settings {
    /// Whether they look for required fields.
    pub required: Required,
    /// Whether they take numbers that an enum has no value for.
    pub enums: Enums,
}

/// Whether readers look for required fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Required {
    /// They fail without one, as generated code does.
    #[default]
    Enforced,
    /// They do not.
    Ignored,
}

/// Whether readers take numbers that an enum has no value for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Enums {
    /// They take any number, as generated C++, Python and Go do.
    #[default]
    Open,
    /// They do not: the field counts as absent, or all of the data fails.
    Closed,
}

/// What becomes of a writer's data, and what goes wrong with it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Resolution {
    /// The pairs of structs that meet, the first one being what was asked for.
    pub plans: Vec<StructPlan>,
    /// The pairs of enums that meet.
    pub enums: Vec<(EnumId, EnumId)>,
    /// What goes wrong, in the order in which it is met.
    pub faults: Vec<Fault>,
    index: HashMap<(StructId, StructId), usize>,
}

/// What becomes of a struct.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StructPlan {
    /// The writer's struct.
    pub writer: StructId,
    /// The reader's struct.
    pub reader: StructId,
    /// What becomes of the writer's fields in the order of its text, then what is with the fields that only the reader has.
    pub steps: Vec<Step>,
}

/// What becomes of a field; fields are told by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is read.
    Read {
        /// The writer's field.
        writer: usize,
        /// The reader's field with the same id and kind.
        reader: usize,
        /// How.
        take: Take,
    },
    /// It is skipped, because the reader's field with its id is of another kind, or holds items of another kind.
    Drop {
        /// The writer's field.
        writer: usize,
        /// The reader's field with the same id.
        reader: usize,
    },
    /// It is skipped or kept as an unknown field, because the reader has none with its id.
    Skip {
        /// The writer's field.
        writer: usize,
    },
    /// The writer has no field with its id: it has its default, or is absent.
    Absent {
        /// The reader's field.
        reader: usize,
    },
}

/// How a value is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Take {
    /// As it is.
    Copy,
    /// Bytes as text: only where they are UTF-8.
    Text,
    /// The number of an enum as an integer, or the other way round.
    Number,
    /// By its number.
    Enum(EnumId, EnumId),
    /// By the plan of the pair.
    Struct(StructId, StructId),
    /// Item by item.
    Items(Box<Take>),
    /// Keys and values.
    Entries(Box<(Take, Take)>),
}

impl Resolution {
    /// Whether nothing fails, is lost or is taken for something else, given what readers are taken for.
    pub fn is_compatible(&self) -> bool {
        self.faults.iter().all(|fault| !fault.breaks)
    }

    /// What becomes of the writer's struct where the reader's is expected, when they meet.
    pub fn plan(&self, pair: (StructId, StructId)) -> Option<&StructPlan> {
        self.plans.get(*self.index.get(&pair)?)
    }
}
