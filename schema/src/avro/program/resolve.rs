//! Avro binary of another schema to values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::avro::plan::{Conversion, Node, NodeId, Plan, RecordPlan, Step as PlanStep};
use cognate_codec::{DecodeError, DecodeErrorKind, Limits, PathSegment, Source, Typed};

use super::{Decoder, Program, Step, StepId};
use crate::value::{EnumValue, RecordValue, UnionValue, Value};

impl Program {
    /// A decoder of values of this program's schema from data that was written with another, by the plan of the two
    /// ([`resolve`](crate::avro::resolve::resolve)).
    pub fn resolving_decoder<'p, 'a>(
        &'p self,
        plan: &'p Plan,
        bytes: &'a [u8],
        limits: Limits,
    ) -> ResolvingDecoder<'p, 'a> {
        ResolvingDecoder { decoder: self.decoder(bytes, limits), program: self, plan }
    }
}

/// Decodes values that follow one another in data that was written with another schema.
#[derive(Debug)]
pub struct ResolvingDecoder<'p, 'a> {
    decoder: Decoder<'p, 'a>,
    program: &'p Program,
    plan: &'p Plan,
}

impl<'a> ResolvingDecoder<'_, 'a> {
    /// The next value.
    ///
    /// # Errors
    ///
    /// When the bytes are not a value of the writer's schema, or the reader's has no place for it.
    pub fn value(&mut self) -> Result<Value<'a>, DecodeError> {
        self.decoder.costs.next_value();
        self.run(Program::ROOT, self.plan.root())
    }

    /// Bytes that are left.
    pub fn remaining(&self) -> usize {
        self.decoder.remaining()
    }

    /// Bytes between the start of the input and the position.
    pub fn offset(&self) -> usize {
        self.decoder.offset()
    }

    fn run(&mut self, step: StepId, node: NodeId) -> Result<Value<'a>, DecodeError> {
        let (plan, program) = (self.plan, self.program);
        self.decoder.costs.value(self.decoder.offset())?;
        match (plan.node(node), program.step(step)) {
            (Node::Same, _) => self.decoder.run(step),
            (Node::WriterUnion(branches), _) => {
                let branch = self.decoder.source.branch(branches.len())?;
                self.run(step, branches.get(branch).copied().unwrap_or_default())
            }
            (Node::ReaderUnion { branch, node }, Step::Union(shape, branches)) => {
                let branch = *branch as usize;
                let Some(step) = branches.get(branch) else { return Err(self.other_plan()) };
                self.decoder.costs.memory(size_of::<Value<'_>>(), self.decoder.offset())?;
                let value = Box::new(self.run(*step, *node)?);
                Ok(Value::Union(UnionValue { shape: Arc::clone(shape), branch, value }))
            }
            (Node::Convert(conversion), _) => self.convert(*conversion),
            (Node::Enum(symbols), Step::Enum(shape)) => {
                let writer_symbol = self.decoder.symbol(&shape.name, symbols.len())?;
                match symbols.get(writer_symbol) {
                    Some(Ok(index)) => Ok(Value::Enum(EnumValue { shape: Arc::clone(shape), index: *index as usize })),
                    Some(Err(fault)) => Err(self.fault(plan.fault(*fault))),
                    None => Err(self.other_plan()),
                }
            }
            (Node::Array(item), Step::Array(items)) => self.array(*items, *item),
            (Node::Map(value), Step::Map(values)) => self.map(*values, *value),
            (Node::Record(record), Step::Record(shape, fields)) => {
                let names = &shape.fields;
                let fields = self.record(record, fields, names)?;
                Ok(Value::Record(RecordValue { shape: Arc::clone(shape), fields }))
            }
            (Node::Fault(fault), _) => Err(self.fault(plan.fault(*fault))),
            _ => Err(self.other_plan()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "the specification promotes so")]
    fn convert(&mut self, conversion: Conversion) -> Result<Value<'a>, DecodeError> {
        let source = &mut self.decoder.source;
        Ok(match conversion {
            Conversion::IntToLong => Value::Long(source.i32(const { &i32::TYPE })?.into()),
            Conversion::IntToFloat => Value::Float(source.i32(const { &i32::TYPE })? as f32),
            Conversion::IntToDouble => Value::Double(source.i32(const { &i32::TYPE })?.into()),
            Conversion::LongToFloat => Value::Float(source.i64(const { &i64::TYPE })? as f32),
            Conversion::LongToDouble => Value::Double(source.i64(const { &i64::TYPE })? as f64),
            Conversion::FloatToDouble => Value::Double(f64::from(source.f32(const { &f32::TYPE })?)),
        })
    }

    fn record(
        &mut self,
        record: &RecordPlan,
        fields: &[StepId],
        names: &[Box<str>],
    ) -> Result<Vec<Value<'a>>, DecodeError> {
        let mut values: Vec<Option<Value<'a>>> = Vec::new();
        self.decoder.costs.room(&mut values, fields.len(), self.decoder.offset())?;
        values.resize(fields.len(), None);
        self.decoder.source.enter()?;
        for step in record.steps() {
            let (field, node) = match step {
                PlanStep::Skip(skip) => {
                    self.decoder.source.skip(self.plan, *skip)?;
                    continue;
                }
                PlanStep::Copy { field } => (*field, None),
                PlanStep::Read { field, node } => (*field, Some(*node)),
            };
            let (Some(step), Some(slot)) = (fields.get(field), values.get_mut(field)) else {
                return Err(self.other_plan());
            };
            let value = match node {
                None => self.decoder.run(*step),
                Some(node) => self.run(*step, node),
            };
            let name = || PathSegment::NamedField(names.get(field).map(ToString::to_string).unwrap_or_default());
            *slot = Some(value.map_err(|error| error.inside(name()))?);
        }
        self.decoder.source.leave();
        for ((slot, default), step) in values.iter_mut().zip(record.defaults()).zip(fields) {
            if let Some(range) = default {
                let bytes = self.plan.default_bytes(range.clone());
                let mut decoder = self.program.decoder(bytes, Limits::default());
                *slot = Some(decoder.run(*step)?.into_owned());
            }
        }
        values.into_iter().collect::<Option<_>>().ok_or_else(|| self.other_plan())
    }

    fn array(&mut self, items: StepId, item: NodeId) -> Result<Value<'a>, DecodeError> {
        let mut values = Vec::new();
        self.decoder.source.enter()?;
        while let Some(block) = self.decoder.source.next_block()? {
            let likely = self.decoder.source.worth_reserving::<Value<'_>>(block.count());
            self.decoder.costs.room(&mut values, likely, self.decoder.offset())?;
            for _ in 0..block.count() {
                self.decoder.costs.room(&mut values, 1, self.decoder.offset())?;
                let value = self.run(items, item).map_err(|error| error.inside(PathSegment::Index(values.len())))?;
                values.push(value);
            }
            self.decoder.source.end_block(&block)?;
        }
        self.decoder.source.leave();
        Ok(Value::List(values))
    }

    fn map(&mut self, values: StepId, node: NodeId) -> Result<Value<'a>, DecodeError> {
        let mut entries = Vec::new();
        self.decoder.source.enter()?;
        while let Some(block) = self.decoder.source.next_block()? {
            let likely = self.decoder.source.worth_reserving::<(Value<'_>, Value<'_>)>(block.count());
            self.decoder.costs.room(&mut entries, likely, self.decoder.offset())?;
            for _ in 0..block.count() {
                self.decoder.costs.room(&mut entries, 1, self.decoder.offset())?;
                let key = self.decoder.source.str(const { &<&str>::TYPE })?;
                let value = self.run(values, node).map_err(|error| error.inside(PathSegment::Key(key.to_owned())))?;
                entries.push((Value::String(Cow::Borrowed(key)), value));
            }
            self.decoder.source.end_block(&block)?;
        }
        self.decoder.source.leave();
        Ok(Value::Map(entries))
    }

    #[cold]
    fn fault(&self, text: &str) -> DecodeError {
        DecodeError::new(DecodeErrorKind::Unresolvable(text.to_owned()), self.offset())
    }

    #[cold]
    fn other_plan(&self) -> DecodeError {
        self.fault("the plan was made for another reader's schema")
    }
}
