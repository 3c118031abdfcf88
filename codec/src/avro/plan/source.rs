//! The source that executes a plan.

use alloc::{borrow::Cow, string::ToString};
use core::{mem, slice};

use super::{Conversion, Node, Plan, RecordPlan, Step, record::Move};
use crate::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, DecodeUnion, Enumeration, FieldDesc, Limits, PathSegment,
    RecordDesc, Source, TypeDesc, Typed, UnknownFields,
    avro::AvroSource,
    decode::{ListBuilder, MapBuilder},
};

/// Reads values from Avro binary that was written with another schema.
///
/// Whatever part of the plan is the identity is read by an [`AvroSource`] of the same bytes, at its speed. The plan lives as long
/// as the bytes, since values may borrow from its defaults.
#[derive(Clone, Debug)]
pub struct PlannedSource<'de> {
    direct: AvroSource<'de>,
    plan: &'de Plan,
    /// How the next value is read.
    node: &'de Node,
    /// The next value is not in the data: it starts here.
    default: Option<&'de [u8]>,
    /// What is left to do of the record that is being read, for each of the reader's fields in their order.
    moves: slice::Iter<'de, Move>,
    /// What is left to do then.
    rest: slice::Iter<'de, Step>,
    /// All that there is to do, for moves that go past several fields.
    steps: &'de [Step],
    /// The reader's branch, when an optional value has found it for the union inside.
    branch: Option<u32>,
}

impl<'de> PlannedSource<'de> {
    /// A source at the start of the bytes.
    #[inline]
    pub fn new(bytes: &'de [u8], plan: &'de Plan, limits: Limits) -> Self {
        let (direct, node) = (AvroSource::new(bytes, limits), plan.node(plan.root()));
        Self { direct, plan, node, default: None, moves: [].iter(), rest: [].iter(), steps: &[], branch: None }
    }

    /// The next value.
    ///
    /// # Errors
    /// When the bytes are not such a value, or the plan has no way to make one of it.
    #[inline]
    pub fn value<T: Decode<'de>>(&mut self) -> Result<T, DecodeError> {
        self.node = self.plan.node(self.plan.root());
        self.at_node(const { &T::TYPE })
    }

    /// Bytes that are left.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.direct.remaining()
    }

    /// The limits of a source that goes on where this one stands between two values.
    pub fn limits_left(&self) -> Limits {
        self.direct.limits_left()
    }

    /// The value that the current node leads to.
    #[inline(always)]
    fn at_node<T: Decode<'de>>(&mut self, ty: &'static TypeDesc) -> Result<T, DecodeError> {
        if matches!(self.node, Node::Same) { T::decode(ty, &mut self.direct) } else { T::decode(ty, self) }
    }

    /// Follows the writer's branches until the value itself comes; a reader's branch that comes with it is remembered.
    #[inline(always)]
    fn settle(&mut self) -> Result<(), DecodeError> {
        if matches!(self.node, Node::WriterUnion(_) | Node::ReaderUnion { .. } | Node::Fault(_)) {
            self.follow()?;
        }
        Ok(())
    }

    /// The plan has another shape than the type asks for: it was made for another reader.
    #[cold]
    fn other_plan(&self) -> DecodeError {
        unresolvable("the plan was made for another reader's schema", self.direct.offset())
    }

    /// Reads a value of which every part is the writer's own.
    #[inline(always)]
    fn direct<T>(
        &mut self,
        read: impl FnOnce(&mut AvroSource<'de>) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => read(&mut self.direct),
            _ => Err(self.other_plan()),
        }
    }

    /// Reads an int of the writer's.
    #[inline(always)]
    fn int(&mut self) -> Result<i32, DecodeError> {
        self.direct.i32(const { &i32::TYPE })
    }

    /// Goes on from a node of unions to that of the value itself.
    #[inline(never)]
    fn follow(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.node {
                Node::WriterUnion(branches) => {
                    let branch = self.direct.branch(branches.len())?;
                    self.node = branches.get(branch).map_or(&Node::Same, |branch| self.plan.node(*branch));
                }
                Node::ReaderUnion { branch, node } => {
                    self.branch = Some(*branch);
                    self.node = self.plan.node(*node);
                }
                Node::Fault(fault) => return Err(unresolvable(self.plan.fault(*fault), self.direct.offset())),
                _ => return Ok(()),
            }
        }
    }

    /// Runs a step that takes the fields of a record by its plan.
    #[inline(always)]
    fn fields<T>(
        &mut self,
        record: &'de RecordPlan,
        step: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let moves = mem::replace(&mut self.moves, record.moves());
        let rest = mem::replace(&mut self.rest, record.rest());
        let steps = mem::replace(&mut self.steps, record.steps());
        let result = step(self);
        (self.moves, self.rest, self.steps) = (moves, rest, steps);
        result
    }
}

/// A value out of a default.
#[inline(never)]
fn default<'de, T: Decode<'de>>(mut source: AvroSource<'de>, ty: &'static TypeDesc) -> Result<T, DecodeError> {
    T::decode(ty, &mut source)
}

#[cold]
#[inline(never)]
fn unresolvable(reason: &str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Unresolvable(reason.to_string()), offset)
}

impl<'de> Source<'de> for PlannedSource<'de> {
    const TAGGED: bool = true;
    const NULL_ON_WIRE: bool = true;

    #[inline(always)]
    fn expect(
        &mut self,
        _: &'static FieldDesc,
        _: &'static RecordDesc,
        _: Option<&mut UnknownFields<'de>>,
    ) -> Result<bool, DecodeError> {
        self.default = None;
        match self.moves.next() {
            Some(Move::Copy) => self.node = &Node::Same,
            Some(Move::Read(node)) => self.node = self.plan.node(*node),
            Some(Move::Skip(steps, node)) => {
                for step in self.steps.get(steps.start as usize..steps.end as usize).unwrap_or_default() {
                    if let Step::Skip(skip) = step {
                        self.direct.skip(self.plan, *skip)?;
                    }
                }
                self.node = node.map_or(&Node::Same, |node| self.plan.node(node));
            }
            Some(Move::Default(start)) => {
                self.node = &Node::Same;
                self.default = Some(self.plan.default_and_rest(*start));
            }
            Some(Move::Pass) | None => return Ok(false),
        }
        Ok(true)
    }

    #[inline(always)]
    fn next_field(
        &mut self,
        _: &'static RecordDesc,
        _: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        self.default = None;
        loop {
            match self.rest.next() {
                Some(Step::Copy { field }) => {
                    self.node = &Node::Same;
                    return Ok(Some(*field));
                }
                Some(Step::Read { field, node }) => {
                    self.node = self.plan.node(*node);
                    return Ok(Some(*field));
                }
                Some(Step::Skip(skip)) => self.direct.skip(self.plan, *skip)?,
                None => return Ok(None),
            }
        }
    }

    #[inline(always)]
    fn field<T: Decode<'de>>(
        &mut self,
        field: &'static FieldDesc,
        slot: &mut Option<T>,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        let result = match self.default {
            Some(bytes) => default(self.direct.at(bytes), &field.ty),
            None if matches!(self.node, Node::Same) => return self.direct.field(field, slot, unknown),
            None => T::decode(&field.ty, self),
        };
        match result {
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(error) => Err(error.inside(PathSegment::Field(field.name))),
        }
    }

    #[inline(always)]
    fn offset(&self) -> usize {
        self.direct.offset()
    }

    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.direct.enter()?;
        let value = step(self)?;
        self.direct.leave();
        Ok(value)
    }

    fn null(&mut self) -> Result<(), DecodeError> {
        self.direct(AvroSource::null)
    }

    fn bool(&mut self, ty: &'static TypeDesc) -> Result<bool, DecodeError> {
        self.direct(|source| source.bool(ty))
    }

    fn i32(&mut self, ty: &'static TypeDesc) -> Result<i32, DecodeError> {
        self.direct(|source| source.i32(ty))
    }

    fn i64(&mut self, ty: &'static TypeDesc) -> Result<i64, DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => self.direct.i64(ty),
            Node::Convert(Conversion::IntToLong) => self.int().map(i64::from),
            _ => Err(self.other_plan()),
        }
    }

    fn f32(&mut self, ty: &'static TypeDesc) -> Result<f32, DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => self.direct.f32(ty),
            #[expect(clippy::cast_precision_loss, reason = "the specification promotes so")]
            Node::Convert(Conversion::IntToFloat) => Ok(self.int()? as f32),
            #[expect(clippy::cast_precision_loss, reason = "the specification promotes so")]
            Node::Convert(Conversion::LongToFloat) => Ok(self.direct.i64(ty)? as f32),
            _ => Err(self.other_plan()),
        }
    }

    fn f64(&mut self, ty: &'static TypeDesc) -> Result<f64, DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => self.direct.f64(ty),
            #[expect(clippy::cast_precision_loss, reason = "the specification promotes so")]
            Node::Convert(Conversion::LongToDouble) => Ok(self.direct.i64(ty)? as f64),
            Node::Convert(Conversion::IntToDouble) => self.int().map(f64::from),
            Node::Convert(Conversion::FloatToDouble) => Ok(f64::from(self.direct.f32(ty)?)),
            _ => Err(self.other_plan()),
        }
    }

    fn str(&mut self, ty: &'static TypeDesc) -> Result<&'de str, DecodeError> {
        self.direct(|source| source.str(ty))
    }

    fn bytes(&mut self, ty: &'static TypeDesc) -> Result<&'de [u8], DecodeError> {
        self.direct(|source| source.bytes(ty))
    }

    fn fixed<const N: usize>(&mut self, ty: &'static TypeDesc) -> Result<[u8; N], DecodeError> {
        self.direct(|source| source.fixed(ty))
    }

    fn fixed_blob(&mut self, ty: &'static TypeDesc, size: usize) -> Result<Cow<'de, [u8]>, DecodeError> {
        self.direct(|source| source.fixed_blob(ty, size))
    }

    fn enumeration<E: Enumeration>(&mut self, ty: &'static TypeDesc) -> Result<E, DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => self.direct.enumeration(ty),
            Node::Enum(symbols) => {
                let offset = self.direct.offset();
                let index = self.direct.cursor_mut().zigzag_short()?;
                let symbol = usize::try_from(index).ok().and_then(|index| symbols.get(index));
                match symbol {
                    Some(Ok(position)) => match E::from_index(*position as usize) {
                        Some(value) => Ok(value),
                        None => Err(self.other_plan()),
                    },
                    Some(Err(fault)) => Err(unresolvable(self.plan.fault(*fault), self.direct.offset())),
                    None => {
                        let (name, symbols) = (E::ENUM.name.name.to_string(), symbols.len());
                        Err(DecodeError::new(DecodeErrorKind::UnknownSymbol { name, index, symbols }, offset))
                    }
                }
            }
            _ => Err(self.other_plan()),
        }
    }

    fn optional<T: Decode<'de>>(&mut self, ty: &'static TypeDesc) -> Result<Option<T>, DecodeError> {
        if matches!(self.node, Node::Same) {
            return self.direct.optional(ty);
        }
        self.settle()?;
        let Some(branch) = self.branch.take() else { return Err(self.other_plan()) };
        if Some(branch) == ty.null_at().map(u32::from) {
            return Ok(None);
        }
        if ty.union().is_some() {
            self.branch = Some(branch);
            return T::decode(ty, self).map(Some);
        }
        self.at_node(ty).map(Some)
    }

    fn union<U: DecodeUnion<'de>>(&mut self, ty: &'static TypeDesc) -> Result<U, DecodeError> {
        if self.branch.is_none() {
            if matches!(self.node, Node::Same) {
                return self.direct.union(ty);
            }
            self.settle()?;
        }
        let Some(branch) = self.branch.take() else { return Err(self.other_plan()) };
        let arm = match ty.null_at() {
            Some(null_at) if branch > u32::from(null_at) => branch - 1,
            _ => branch,
        } as usize;
        if arm >= U::UNION.arms.len() {
            return Err(self.other_plan());
        }
        if matches!(self.node, Node::Same) { U::decode_arm(arm, &mut self.direct) } else { U::decode_arm(arm, self) }
    }

    #[inline]
    fn record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc, slot: &mut Option<R>) -> Result<(), DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => R::decode_fields(slot, &mut self.direct),
            Node::Record(record) => self.fields(record, |source| R::decode_fields(slot, source)),
            _ => Err(self.other_plan()),
        }
    }

    /// Not through a slot that both ways share, which takes a tenth longer.
    #[inline]
    fn new_record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc) -> Result<R, DecodeError> {
        self.settle()?;
        match self.node {
            Node::Same => R::decode_new(&mut self.direct),
            Node::Record(record) => self.fields(record, R::decode_new),
            _ => Err(self.other_plan()),
        }
    }

    fn list<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        ty: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError> {
        self.settle()?;
        let item = match self.node {
            Node::Same => return self.direct.list(ty, items),
            Node::Array(item) => self.plan.node(*item),
            _ => return Err(self.other_plan()),
        };
        let element = ty.element().unwrap_or(const { &T::TYPE });
        self.deeper(|source| {
            let mut decoded = 0usize;
            while let Some(block) = source.direct.next_block()? {
                items.reserve(source.direct.worth_reserving::<T>(block.count()));
                for _ in 0..block.count() {
                    source.node = item;
                    match source.at_node(element) {
                        Ok(value) => items.push(value),
                        Err(error) => return Err(error.inside(PathSegment::Index(decoded))),
                    }
                    decoded += 1;
                }
                source.direct.end_block(&block)?;
            }
            Ok(())
        })
    }

    fn map<K: Decode<'de>, V: Decode<'de>, B: MapBuilder<K, V>>(
        &mut self,
        ty: &'static TypeDesc,
        entries: &mut B,
    ) -> Result<(), DecodeError> {
        self.settle()?;
        let node = match self.node {
            Node::Same => return self.direct.map(ty, entries),
            Node::Map(value) => self.plan.node(*value),
            _ => return Err(self.other_plan()),
        };
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        self.deeper(|source| {
            while let Some(block) = source.direct.next_block()? {
                entries.reserve(source.direct.worth_reserving::<(K, V)>(block.count()));
                for _ in 0..block.count() {
                    let at_key = source.direct.clone();
                    let key = K::decode(key_type, &mut source.direct)?;
                    source.node = node;
                    match source.at_node(value_type) {
                        Ok(value) => entries.insert(key, value),
                        Err(error) => return Err(at_key.in_entry(error)),
                    }
                }
                source.direct.end_block(&block)?;
            }
            Ok(())
        })
    }
}
