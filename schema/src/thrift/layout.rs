//! Values of Thrift types that are known only at run time.

pub(super) mod decode;
mod encode;
mod json;
mod tjson;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::thrift::resolve::Required;
use crate::thrift::{EnumId, Program, Requiredness, StructId, StructKind, Type, TypeId};
use crate::value::{EnumShape, EnumValue, StructShape, StructValue, Value};

/// A program in the form in which values run through it. Cheap to clone.
///
/// ```
/// use cognate_codec::{Limits, thrift::Compact};
/// use cognate_schema::value::JsonForm;
/// use cognate_schema::thrift::{Item, Layout, Program};
///
/// let program = Program::parse("struct User { 1: string name, 2: optional i32 age }")?;
/// let Some(Item::Struct(user)) = program.find("User") else { panic!() };
/// let layout = Layout::new(&program);
/// let value = layout.decode::<Compact>(user, b"\x18\x03ada\x15\x48\x00", Limits::default())?;
/// assert_eq!(value.to_json(JsonForm::Plain), r#"{"name":"ada","age":36}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Layout {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    program: Program,
    structs: Vec<StructLayout>,
    enums: Vec<EnumLayout>,
}

#[derive(Debug)]
pub(super) struct StructLayout {
    pub(super) shape: Arc<StructShape>,
    pub(super) fields: Vec<FieldLayout>,
    /// The ids and the positions of their fields, by id.
    pub(super) by_id: Vec<(i32, usize)>,
    pub(super) is_union: bool,
}

#[derive(Debug)]
pub(super) struct FieldLayout {
    id: i32,
    pub(super) ty: TypeId,
    pub(super) is_required: bool,
    pub(super) is_optional: bool,
}

#[derive(Debug)]
pub(super) struct EnumLayout {
    pub(super) shape: Arc<EnumShape>,
    /// The numbers by position.
    numbers: Vec<i32>,
    /// The first position of each number.
    positions: HashMap<i32, usize>,
}

impl Layout {
    /// Compiles a program.
    pub fn new(program: &Program) -> Self {
        Self::with_required(program, Required::Enforced)
    }

    /// Compiles a program for readers that look for required fields, or do not.
    pub fn with_required(program: &Program, required: Required) -> Self {
        let structs = program.structs().iter().map(|item| {
            let name = qualified(program, &item.head);
            let fields = item.fields.iter().map(|field| (i32::from(field.id), field.head.name.clone())).collect();
            let mut by_id: Vec<(i32, usize)> =
                item.fields.iter().enumerate().map(|(position, field)| (i32::from(field.id), position)).collect();
            by_id.sort_unstable();
            StructLayout {
                shape: Arc::new(StructShape { name, fields }),
                fields: item.fields.iter().map(|field| FieldLayout::of(program, field, required)).collect(),
                by_id,
                is_union: item.kind == StructKind::Union,
            }
        });
        let enums = program.enums().iter().map(|item| {
            let symbols = item.values.iter().map(|value| value.head.name.clone()).collect();
            let numbers: Vec<i32> = item.values.iter().map(|value| value.number).collect();
            // Of several values with one number the first is meant.
            let positions = numbers.iter().enumerate().rev().map(|(position, number)| (*number, position)).collect();
            let name = qualified(program, &item.head);
            EnumLayout { shape: Arc::new(EnumShape { name, symbols }), numbers, positions }
        });
        let (structs, enums) = (structs.collect(), enums.collect());
        Self { inner: Arc::new(Inner { program: program.clone(), structs, enums }) }
    }

    /// The program that was compiled.
    pub fn program(&self) -> &Program {
        &self.inner.program
    }

    /// The names of a struct.
    pub(crate) fn shape(&self, id: StructId) -> &Arc<StructShape> {
        &self.structure(id).shape
    }

    /// The value of an enum with a number; the number where there is none.
    pub(crate) fn symbol(&self, id: EnumId, number: i32) -> Value<'static> {
        let layout = self.enumeration(id);
        match layout.positions.get(&number) {
            Some(&index) => Value::Enum(EnumValue { shape: Arc::clone(&layout.shape), index }),
            None => Value::Int(number),
        }
    }

    /// A type without its typedefs.
    pub(super) fn ty(&self, id: TypeId) -> Type {
        let program = self.program();
        program[program.true_type(id)]
    }

    pub(super) fn structure(&self, id: StructId) -> &StructLayout {
        // Both tables have the order of the program's.
        &self.inner.structs[id.index()]
    }

    pub(super) fn enumeration(&self, id: EnumId) -> &EnumLayout {
        &self.inner.enums[id.index()]
    }
}

impl FieldLayout {
    pub(super) fn id(&self) -> i32 {
        self.id
    }

    fn of(program: &Program, field: &crate::thrift::Field, required: Required) -> Self {
        Self {
            id: i32::from(field.id),
            ty: program.true_type(field.ty.id),
            is_required: required == Required::Enforced && field.requiredness == Requiredness::Required,
            is_optional: field.requiredness == Requiredness::Optional,
        }
    }
}

impl StructLayout {
    /// The position of the field with an id, looked for behind the field that came last, since fields mostly come in order.
    fn position(&self, id: i32, rank: &mut usize) -> Option<usize> {
        if self.by_id.get(*rank).is_none_or(|(at, _)| *at != id) {
            *rank = self.by_id.binary_search_by_key(&id, |(at, _)| *at).ok()?;
        }
        let position = self.by_id.get(*rank)?.1;
        *rank += 1;
        Some(position)
    }

    /// The field of a name, and its position.
    fn field_named(&self, name: &str) -> Option<(usize, &FieldLayout)> {
        let position = self.shape.fields.iter().position(|(_, of)| &**of == name)?;
        Some((position, self.fields.get(position)?))
    }

    /// Whether a union's value has another arm beside one that the union knows.
    fn has_several_arms(&self, value: &StructValue<'_>) -> bool {
        self.is_union && value.fields.len() > usize::from(value.unknown.is_empty())
    }

    /// The name of the first required field that a value lacks.
    fn missing(&self, value: &StructValue<'_>) -> Option<&str> {
        let is_required = |position: &usize| self.fields.get(*position).is_some_and(|field| field.is_required);
        // Most values have all of them, by id.
        let mut by_id = self.by_id.iter().map(|(_, position)| *position).filter(is_required).peekable();
        for (position, _) in &value.fields {
            by_id.next_if_eq(position);
        }
        by_id.peek()?;
        let there: HashSet<usize> = value.fields.iter().map(|(position, _)| *position).collect();
        let position = (0..self.fields.len()).find(|position| is_required(position) && !there.contains(position))?;
        self.shape.fields.get(position).map(|(_, name)| &**name)
    }
}

fn qualified(program: &Program, head: &crate::thrift::Head) -> Box<str> {
    format!("{}.{}", program[head.location.file].name, head.name).into()
}

impl StructLayout {
    fn word(&self) -> &'static str {
        if self.is_union { "union" } else { "struct" }
    }
}
