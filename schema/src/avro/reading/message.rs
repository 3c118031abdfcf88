//! Single-object messages of any writer.

use std::marker::PhantomData;
use std::sync::{Arc, PoisonError, RwLock};

use cognate_codec::avro::plan::PlannedSource;
use cognate_codec::avro::single_object::{self, HEADER_LEN};
use cognate_codec::{Decode, DecodeError, DecodeErrorKind, DecodeOwned, Limits, Typed};

use super::{ReadOptions, ReadPlan, SchemaStore};
use crate::Value;
use crate::avro::{Schema, TypedError};
use crate::diagnostic::Diagnostics;

/// Decodes single-object messages of many writers as values of a type, or as dynamic values where the type is [`Value`]. Each
/// message carries the fingerprint of its schema, which is looked up in a store; the plan of that schema and the reader's is made
/// once and kept in a [`PlanCache`](super::PlanCache). For use by many threads.
///
/// ```
/// use cognate_codec::avro::single_object;
/// use cognate_schema::avro::{MessageDecoder, Schema, SchemaMap};
///
/// let store = SchemaMap::new();
/// let ints = store.add(&Schema::of::<Vec<i32>>()?)?;
/// let floats = store.add(&Schema::of::<Vec<f32>>()?)?;
///
/// let decoder = MessageDecoder::<Vec<f64>, _>::new(store)?;
/// let mut message = Vec::new();
/// single_object::encode_into(ints, &vec![1, 2], &mut message)?;
/// assert_eq!(decoder.decode(&message)?, [1.0, 2.0]);
/// message.clear();
/// single_object::encode_into(floats, &vec![0.5_f32], &mut message)?;
/// assert_eq!(decoder.decode(&message)?, [0.5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct MessageDecoder<T, S> {
    store: S,
    reader: Schema,
    options: ReadOptions,
    /// The plan of the last message, since the next is likely to be of the same writer.
    last: RwLock<Option<(u64, Arc<ReadPlan>)>>,
    ty: PhantomData<fn() -> T>,
}

/// A message whose schema is found. Values may borrow from it.
#[derive(Clone, Debug)]
pub struct Message<'m> {
    plan: Arc<ReadPlan>,
    body: &'m [u8],
    limits: Limits,
}

impl<T: Typed, S: SchemaStore> MessageDecoder<T, S> {
    /// A decoder of values of a type.
    ///
    /// # Errors
    ///
    /// When the type has no Avro schema.
    pub fn new(store: S) -> Result<Self, Diagnostics> {
        Self::with_options(store, ReadOptions::new())
    }

    /// [`MessageDecoder::new`] with options.
    ///
    /// # Errors
    ///
    /// When the type has no Avro schema.
    pub fn with_options(store: S, options: ReadOptions) -> Result<Self, Diagnostics> {
        Ok(Self::of_schema(store, Schema::of::<T>()?, options))
    }

    /// The value of a message.
    ///
    /// # Errors
    ///
    /// As [`Self::open`] and [`Message::value`].
    pub fn decode(&self, message: &[u8]) -> Result<T, TypedError>
    where
        T: DecodeOwned,
    {
        self.open(message)?.value()
    }
}

impl<S: SchemaStore> MessageDecoder<Value<'static>, S> {
    /// A decoder of dynamic values of a schema.
    pub fn dynamic(store: S, reader: &Schema, options: ReadOptions) -> Self {
        Self::of_schema(store, reader.clone(), options)
    }

    /// The value of a message, which borrows from it.
    ///
    /// # Errors
    ///
    /// As [`Self::open`] and [`Message::dynamic_value`].
    pub fn decode_dynamic<'m>(&self, message: &'m [u8]) -> Result<Value<'m>, TypedError> {
        self.open(message)?.dynamic_value()
    }
}

impl<T, S: SchemaStore> MessageDecoder<T, S> {
    fn of_schema(store: S, reader: Schema, options: ReadOptions) -> Self {
        Self { store, reader, options: options.with_some_cache(), last: RwLock::default(), ty: PhantomData }
    }

    /// The store of writers' schemas.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The schema of the values.
    pub fn reader_schema(&self) -> &Schema {
        &self.reader
    }

    /// Finds out how a message is read, for values that borrow from it.
    ///
    /// # Errors
    ///
    /// When the message has no sound header, its schema is not known ([`TypedError::unknown_fingerprint`]) or the store fails; or
    /// when data of its schema may hold what the reader's cannot take, with all the faults ([`TypedError::faults`]).
    pub fn open<'m>(&self, message: &'m [u8]) -> Result<Message<'m>, TypedError> {
        let (fingerprint, body) = single_object::split(message)?;
        Ok(Message { plan: self.plan(fingerprint)?, body, limits: self.options.value_limits() })
    }

    fn plan(&self, fingerprint: u64) -> Result<Arc<ReadPlan>, TypedError> {
        if let Some((known, plan)) = &*self.last.read().unwrap_or_else(PoisonError::into_inner)
            && *known == fingerprint
        {
            return Ok(Arc::clone(plan));
        }
        let found = self.store.find_by_fingerprint(fingerprint).map_err(TypedError::store)?;
        let writer = found.ok_or_else(|| TypedError::unknown_schema(fingerprint))?;
        let plan = self.options.plan(&writer, &self.reader)?;
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some((fingerprint, Arc::clone(&plan)));
        Ok(plan)
    }
}

impl<'m> Message<'m> {
    /// How the message is read.
    pub fn plan(&self) -> &Arc<ReadPlan> {
        &self.plan
    }

    /// The bytes of the value, behind the header.
    pub fn body(&self) -> &'m [u8] {
        self.body
    }

    /// The value, as the type that the decoder is for; it may borrow from the message and from this, which holds the reader's
    /// defaults. Offsets in errors count from the message's start.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a value or go on after it, or the reader's schema has no place for it.
    pub fn value<'v, T: Decode<'v>>(&'v self) -> Result<T, TypedError> {
        let mut source = PlannedSource::new(self.body, self.plan.plan(), self.limits);
        let value = source.value().map_err(in_message)?;
        match source.remaining() {
            0 => Ok(value),
            trailing => {
                let offset = self.body.len() - trailing;
                Err(in_message(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), offset)).into())
            }
        }
    }

    /// The value, as a dynamic one.
    ///
    /// # Errors
    ///
    /// As [`Self::value`].
    pub fn dynamic_value(&self) -> Result<Value<'m>, TypedError> {
        Ok(self.plan.decode(self.body, self.limits).map_err(in_message)?)
    }
}

#[cold]
fn in_message(error: DecodeError) -> DecodeError {
    error.shifted(HEADER_LEN)
}
