//! Rust types against schemas: container files whose schema is checked, and JSON.

use std::error::Error;
use std::fmt;
use std::io::{Read, Write};
use std::marker::PhantomData;

use cognate_codec::avro::container::{ContainerError, ContainerLimits, Reader, Writer, WriterOptions};
use cognate_codec::avro::{encode_into, from_slice_with};
use cognate_codec::{DecodeError, DecodeOwned, Encode, EncodeError, Limits, Typed};

use crate::avro::{JsonForm, Options, Program, Schema, write_json};
use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;

/// Opens a container file whose records are to be read as values of a type, and checks that its schema is the type's:
/// equal in canonical form.
///
/// # Errors
///
/// When the header is at fault, or the file has another schema.
pub fn open<T: Typed, R: Read>(input: R, limits: ContainerLimits) -> Result<Reader<R>, TypedError> {
    let reader = Reader::with_limits(input, limits)?;
    let found = Schema::parse_with(reader.header().schema(), Options::embedded())?.canonical_form();
    let expected = Schema::of::<T>()?.canonical_form();
    if found == expected { Ok(reader) } else { Err(TypedError(Kind::OtherSchema { expected, found })) }
}

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
        let mut text = String::new();
        write_json(&self.program.decode(&bytes, Self::LIMITS)?, self.form, &mut text);
        Ok(text)
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

/// Values of a Rust type that cannot be written or read with its schema.
#[derive(Debug)]
pub struct TypedError(Kind);

#[derive(Debug)]
enum Kind {
    Container(ContainerError),
    Schema(Diagnostics),
    OtherSchema { expected: String, found: String },
    Encode(EncodeError),
    Decode(DecodeError),
}

impl TypedError {
    /// The file has another schema than the type.
    pub fn is_other_schema(&self) -> bool {
        matches!(self.0, Kind::OtherSchema { .. })
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
            Kind::OtherSchema { expected, found } => {
                write!(f, "the file has the schema {found}, not the type's: {expected}")
            }
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
