//! What is timed: one contender doing one operation on one dataset.

use std::fmt;

/// One contender doing one operation on one dataset. Its output has been checked when it exists.
pub struct Task {
    /// The dataset.
    pub dataset: &'static str,
    /// What is done.
    pub operation: Operation,
    /// The contender's name, unique within dataset and operation.
    pub contender: &'static str,
    /// The contender's part in the ratios.
    pub role: Role,
    /// How many records one call of `run` handles.
    pub records: usize,
    /// Handles all records once.
    pub run: Box<dyn FnMut()>,
}

/// What a contender counts as in the ratios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The project.
    Cognate,
    /// The project where it has less to do: what the project's own cost is compared with.
    Plain,
    /// A library to be compared with.
    Peer,
    /// The code an expert would write for exactly this schema.
    HandWritten,
}

/// An operation that several contenders do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Bytes to a value that borrows its text.
    DecodeBorrowed,
    /// Bytes to a value that owns its text.
    DecodeOwned,
    /// Bytes to a value that owns its text and lacks some of the fields, which are skipped.
    DecodePart,
    /// A value to bytes, into a buffer that is reused.
    Encode,
    /// A container file to owned values, with the codec named.
    Read(&'static str),
    /// Values to a container file, with the codec named.
    Write(&'static str),
    /// Bytes of another schema to a value that borrows its text, with the change named.
    ResolveBorrowed(&'static str),
    /// Bytes of another schema to a value that owns its text, with the change named.
    ResolveOwned(&'static str),
    /// Two schemas to a plan, with the schemas named.
    Plan(&'static str),
    /// Two schemas to a verdict in both directions, with the schemas named.
    Check(&'static str),
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DecodeBorrowed => f.write_str("decode borrowed"),
            Self::DecodeOwned => f.write_str("decode owned"),
            Self::DecodePart => f.write_str("decode a reader's part"),
            Self::Encode => f.write_str("encode"),
            Self::Read(codec) => write!(f, "read {codec}"),
            Self::Write(codec) => write!(f, "write {codec}"),
            Self::ResolveBorrowed(change) => write!(f, "{change}, borrowed"),
            Self::ResolveOwned(change) => write!(f, "{change}, owned"),
            Self::Plan(schemas) => write!(f, "plan {schemas}"),
            Self::Check(schemas) => write!(f, "check {schemas}"),
        }
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.dataset, self.operation, self.contender)
    }
}
