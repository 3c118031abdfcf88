//! A writer's and a reader's schema with the plan between them.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};

use cognate_codec::avro::plan::{Node, Plan};
use cognate_codec::{DecodeError, DecodeErrorKind, Limits};

use crate::Value;
use crate::avro::program::{Decoder, Program, ResolvingDecoder};
use crate::avro::resolve::{Fault, Resolution, UnionOrder, resolve};
use crate::avro::{Schema, TypeKind};

/// How data of a writer's schema is read with a reader's: the two, and what resolution makes of them.
#[derive(Debug)]
pub struct ReadPlan {
    writer: Schema,
    reader: Schema,
    resolution: Arc<Resolution>,
    /// Of the reader's schema; made when it is asked for.
    program: OnceLock<Program>,
}

impl ReadPlan {
    /// Resolves two schemas. A [`PlanCache`](super::PlanCache) does so once for each pair.
    pub fn new(writer: &Schema, reader: &Schema, order: UnionOrder) -> Self {
        let resolution = Arc::new(resolve(writer, reader, order));
        Self { writer: writer.clone(), reader: reader.clone(), resolution, program: OnceLock::new() }
    }

    /// The same plan with a program of its own. The names in dynamic values are shared with the program and counted, so that threads
    /// that decode with the same one wait for one another.
    #[must_use]
    pub fn apart(&self) -> Self {
        let Self { writer, reader, resolution, .. } = self;
        let (writer, reader, resolution) = (writer.clone(), reader.clone(), Arc::clone(resolution));
        Self { writer, reader, resolution, program: OnceLock::new() }
    }

    /// The writer's schema. One that came from a cache may be another than the one asked with, though it resolves alike: docs,
    /// unknown attributes and places may differ.
    pub fn writer(&self) -> &Schema {
        &self.writer
    }

    /// The reader's schema, of which the same holds as of [`Self::writer`].
    pub fn reader(&self) -> &Schema {
        &self.reader
    }

    /// What resolution has found. Its types and places are those of [`Self::writer`] and [`Self::reader`].
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// The plan, for a [`PlannedSource`](cognate_codec::avro::plan::PlannedSource) or
    /// [`Block::resolved_values`](cognate_codec::avro::container::Block::resolved_values).
    pub fn plan(&self) -> &Plan {
        &self.resolution.plan
    }

    /// All that the reader's schema cannot take of the writer's.
    pub fn faults(&self) -> &[Fault] {
        &self.resolution.faults
    }

    /// Whether every value of the writer's schema can be read with the reader's.
    pub fn is_compatible(&self) -> bool {
        self.resolution.is_compatible()
    }

    /// The reader's schema as a program.
    pub fn program(&self) -> &Program {
        self.program.get_or_init(|| Program::new(&self.reader))
    }

    /// A decoder of the writer's values that follow one another in the bytes, as values of the reader's schema.
    pub fn decoder<'p, 'a>(&'p self, bytes: &'a [u8], limits: Limits) -> ValueDecoder<'p, 'a> {
        let program = self.program();
        ValueDecoder(if self.plan().is_identity() {
            Kind::Plain(program.decoder(bytes, limits))
        } else {
            Kind::Resolving(program.resolving_decoder(self.plan(), bytes, limits))
        })
    }

    /// One value that fills the whole input.
    ///
    /// # Errors
    ///
    /// When the bytes are not a value of the writer's schema or go on after it, or the reader's has no place for it.
    pub fn decode<'a>(&self, bytes: &'a [u8], limits: Limits) -> Result<Value<'a>, DecodeError> {
        let mut decoder = self.decoder(bytes, limits);
        let value = decoder.value()?;
        match decoder.remaining() {
            0 => Ok(value),
            trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), decoder.offset())),
        }
    }

    /// An estimate of the memory that the two schemas and the plan take, in bytes.
    pub(super) fn size(&self) -> usize {
        let plan = self.plan();
        let nodes = plan.node_ids().map(|id| NODE + parts(plan.node(id))).sum::<usize>();
        let faults: usize = self.faults().iter().map(fault_size).sum();
        size_of::<Self>() + schema_size(&self.writer) + schema_size(&self.reader) + nodes + faults
    }
}

/// A node, the pair of types that it belongs to, and what it may need for going past values.
const NODE: usize = 160;

fn parts(node: &Node) -> usize {
    match node {
        Node::Enum(symbols) => size_of_val(&**symbols),
        Node::WriterUnion(branches) => size_of_val(&**branches),
        Node::Record(record) => {
            let defaults = record.defaults().iter().flatten().map(ExactSizeIterator::len).sum::<usize>();
            record.size() + defaults
        }
        _ => 0,
    }
}

fn fault_size(fault: &Fault) -> usize {
    let texts = [&fault.message, &fault.way, &fault.writer.pointer, &fault.reader.pointer];
    // The message is in the plan too.
    size_of::<Fault>() + fault.message.len() + texts.iter().map(|text| text.len()).sum::<usize>()
}

/// The types and their program, and the texts that they came from.
fn schema_size(schema: &Schema) -> usize {
    const TYPE: usize = 600;
    const PART: usize = 500;
    let texts: usize = schema.sources().iter().map(|source| source.text().len()).sum();
    let parts = |id| match schema.kind(id) {
        TypeKind::Enum(symbols) => symbols.symbols.len(),
        kind => kind.children().count(),
    };
    let parts: usize = schema.reachable().into_iter().map(parts).sum();
    schema.type_count() * TYPE + parts * PART + texts * 2
}

/// Decodes values that follow one another, of a writer's schema as those of a reader's.
#[derive(Debug)]
pub struct ValueDecoder<'p, 'a>(Kind<'p, 'a>);

#[derive(Debug)]
enum Kind<'p, 'a> {
    Plain(Decoder<'p, 'a>),
    Resolving(ResolvingDecoder<'p, 'a>),
}

impl<'a> ValueDecoder<'_, 'a> {
    /// The next value.
    ///
    /// # Errors
    ///
    /// When the bytes are not a value of the writer's schema, or the reader's has no place for it.
    pub fn value(&mut self) -> Result<Value<'a>, DecodeError> {
        match &mut self.0 {
            Kind::Plain(decoder) => decoder.value(),
            Kind::Resolving(decoder) => decoder.value(),
        }
    }

    /// Bytes that are left.
    pub fn remaining(&self) -> usize {
        match &self.0 {
            Kind::Plain(decoder) => decoder.remaining(),
            Kind::Resolving(decoder) => decoder.remaining(),
        }
    }

    /// Bytes between the start of the input and the position.
    pub fn offset(&self) -> usize {
        match &self.0 {
            Kind::Plain(decoder) => decoder.offset(),
            Kind::Resolving(decoder) => decoder.offset(),
        }
    }
}

/// Data that is not read, since it may hold what the reader's schema cannot take. The text has all faults, one a line.
#[derive(Clone, Debug)]
pub struct Incompatible(Arc<ReadPlan>);

impl Incompatible {
    /// The plan, unless it has faults.
    pub(super) fn check(plan: Arc<ReadPlan>) -> Result<Arc<ReadPlan>, Self> {
        if plan.is_compatible() { Ok(plan) } else { Err(Self(plan)) }
    }

    /// The plan that has the faults.
    pub fn plan(&self) -> &Arc<ReadPlan> {
        &self.0
    }

    /// All faults.
    pub fn faults(&self) -> &[Fault] {
        self.0.faults()
    }
}

impl fmt::Display for Incompatible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the data was written with a schema that the reader's cannot take")?;
        self.faults().iter().try_for_each(|fault| write!(f, "\n{fault}"))
    }
}

impl Error for Incompatible {}
