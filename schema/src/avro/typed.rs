//! Rust types against schemas: container files with the type's schema, and JSON.

use std::error::Error;
use std::fmt;
use std::io::Write;
use std::marker::PhantomData;

use cognate_codec::avro::container::{ContainerError, Writer, WriterOptions};
use cognate_codec::avro::{encode_into, from_slice_with};
use cognate_codec::{DecodeError, DecodeOwned, Encode, EncodeError, Limits, Typed};

use crate::avro::resolve::Fault;
use crate::avro::{Incompatible, JsonForm, Program, Schema};
use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;

/// Creates a container file for values of a type, with the type's schema in its header.
///
/// # Errors
///
/// When the type has no Avro schema, the options are at odds, or writing fails.
pub fn create<T: Typed, W: Write>(output: W, options: WriterOptions) -> Result<Writer<W>, TypedError> {
    Ok(options.create(output, Schema::of::<T>()?.to_json())?)
}

/// Writes and reads values of a type as JSON.
///
/// ```
/// use cognate_schema::avro::{Json, JsonForm};
///
/// let json = Json::<Vec<Option<i32>>>::new(JsonForm::Avro)?;
/// assert_eq!(json.write(&vec![Some(1), None])?, r#"[{"int":1},null]"#);
/// assert_eq!(json.read(r#"[null, {"int": 2}]"#)?, [None, Some(2)]);
/// # Ok::<(), cognate_schema::avro::TypedError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Json<T> {
    program: Program,
    form: JsonForm,
    ty: PhantomData<fn() -> T>,
}

impl<T: Typed> Json<T> {
    /// A writer and reader of a type's values in a form.
    ///
    /// # Errors
    ///
    /// When the type has no Avro schema.
    pub fn new(form: JsonForm) -> Result<Self, TypedError> {
        Ok(Self { program: Program::new(&Schema::of::<T>()?), form, ty: PhantomData })
    }

    /// A value as JSON on one line.
    ///
    /// # Errors
    ///
    /// When Avro has no way to write the value.
    pub fn write(&self, value: &T) -> Result<String, TypedError>
    where
        T: Encode,
    {
        let mut bytes = Vec::new();
        encode_into(value, &mut bytes)?;
        Ok(self.program.decode(&bytes, Self::LIMITS)?.to_json(self.form))
    }

    /// The value of a JSON text.
    ///
    /// # Errors
    ///
    /// When the text is not JSON or not a value of the type, with its place.
    pub fn read(&self, text: &str) -> Result<T, TypedError>
    where
        T: DecodeOwned,
    {
        let value = self.program.read_json(&SourceFile::new("<json>", text), self.form)?;
        let mut bytes = Vec::new();
        self.program.encode_into(&value, &mut bytes)?;
        Ok(from_slice_with(&bytes, Self::LIMITS)?)
    }

    // The bytes are our own; only the stack is to be guarded.
    const LIMITS: Limits = Limits::DEFAULT.with_empty_items(u64::MAX).with_memory(usize::MAX);
}

/// Values that cannot be written or read with their schema.
#[derive(Debug)]
pub struct TypedError(Kind);

#[derive(Debug)]
enum Kind {
    Container(ContainerError),
    Schema(Diagnostics),
    Incompatible(Incompatible),
    UnknownSchema(u64),
    Store(Box<dyn Error + Send + Sync>),
    Encode(EncodeError),
    Decode(DecodeError),
}

impl TypedError {
    /// No schema is known for the fingerprint of a message.
    #[cold]
    pub(super) fn unknown_schema(fingerprint: u64) -> Self {
        Self(Kind::UnknownSchema(fingerprint))
    }

    /// The store of schemas failed.
    #[cold]
    pub(super) fn store(error: Box<dyn Error + Send + Sync>) -> Self {
        Self(Kind::Store(error))
    }

    /// The data can hold, or holds, what the reader's schema cannot take.
    pub fn is_incompatible(&self) -> bool {
        matches!(self.0, Kind::Incompatible(_))
    }

    /// All that the reader's schema cannot take of the writer's, when that is why the data is not read.
    pub fn faults(&self) -> &[Fault] {
        match &self.0 {
            Kind::Incompatible(incompatible) => incompatible.faults(),
            _ => &[],
        }
    }

    /// The fingerprint of a message for which no schema is known.
    pub fn unknown_fingerprint(&self) -> Option<u64> {
        match self.0 {
            Kind::UnknownSchema(fingerprint) => Some(fingerprint),
            _ => None,
        }
    }

    /// Why the store of schemas failed.
    pub fn store_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        match &self.0 {
            Kind::Store(error) => Some(error.as_ref()),
            _ => None,
        }
    }

    /// Why the bytes of a value or of a message are not to be decoded.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0 {
            Kind::Decode(error) => Some(error),
            _ => None,
        }
    }

    /// What is wrong with the file.
    pub fn container_error(&self) -> Option<&ContainerError> {
        match &self.0 {
            Kind::Container(error) => Some(error),
            _ => None,
        }
    }

    /// What is wrong with the schema or the JSON text.
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        match &self.0 {
            Kind::Schema(diagnostics) => Some(diagnostics),
            _ => None,
        }
    }
}

impl fmt::Display for TypedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Container(error) => error.fmt(f),
            Kind::Schema(diagnostics) => diagnostics.fmt(f),
            Kind::Incompatible(incompatible) => incompatible.fmt(f),
            Kind::UnknownSchema(fingerprint) => {
                write!(
                    f,
                    "the store has no schema with the fingerprint {fingerprint:016x}, with which the message was written"
                )
            }
            Kind::Store(error) => write!(f, "the store of schemas failed: {error}"),
            Kind::Encode(error) => error.fmt(f),
            Kind::Decode(error) => error.fmt(f),
        }
    }
}

impl Error for TypedError {}

impl From<ContainerError> for TypedError {
    fn from(error: ContainerError) -> Self {
        Self(Kind::Container(error))
    }
}

impl From<Incompatible> for TypedError {
    fn from(incompatible: Incompatible) -> Self {
        Self(Kind::Incompatible(incompatible))
    }
}

impl From<Diagnostics> for TypedError {
    fn from(diagnostics: Diagnostics) -> Self {
        Self(Kind::Schema(diagnostics))
    }
}

impl From<EncodeError> for TypedError {
    fn from(error: EncodeError) -> Self {
        Self(Kind::Encode(error))
    }
}

impl From<DecodeError> for TypedError {
    fn from(error: DecodeError) -> Self {
        Self(Kind::Decode(error))
    }
}
