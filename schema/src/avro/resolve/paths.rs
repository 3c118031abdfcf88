//! The ways from the roots of two schemas to where a walk over both is.
//!
//! A walk is a list of things to do and not a recursion, since a schema that comes with the data can be as deep as it likes.

/// The ways, as JSON pointers.
#[derive(Debug, Default)]
pub(super) struct Paths {
    pub(super) writer: String,
    pub(super) reader: String,
    /// The way of both: what it says is up to the walk.
    pub(super) both: String,
}

/// A place on the way that a walk is on, to which it comes back for the next of its parts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    writer: usize,
    reader: usize,
    both: usize,
}

/// A step further in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inward {
    /// None: the place itself.
    Here,
    Items,
    Values,
    /// A field of both, by its positions.
    Field {
        writer: usize,
        reader: usize,
    },
    WriterBranch(usize),
    ReaderBranch(usize),
}

impl Paths {
    /// The place where the walk is.
    pub(super) fn mark(&self) -> Mark {
        Mark { writer: self.writer.len(), reader: self.reader.len(), both: self.both.len() }
    }

    /// Goes back to a place and from there a step further in. The way of both is only taken back.
    pub(super) fn go(&mut self, from: Mark, step: Inward) {
        self.writer.truncate(from.writer);
        self.reader.truncate(from.reader);
        self.both.truncate(from.both);
        step.in_writer(&mut self.writer);
        step.in_reader(&mut self.reader);
    }
}

impl Inward {
    fn in_writer(self, way: &mut String) {
        match self {
            Self::Here | Self::ReaderBranch(_) => {}
            Self::Items => way.push_str("/items"),
            Self::Values => way.push_str("/values"),
            Self::Field { writer, .. } => push_field(way, writer),
            Self::WriterBranch(position) => push_branch(way, position),
        }
    }

    fn in_reader(self, way: &mut String) {
        match self {
            Self::Here | Self::WriterBranch(_) => {}
            Self::Items => way.push_str("/items"),
            Self::Values => way.push_str("/values"),
            Self::Field { reader, .. } => push_field(way, reader),
            Self::ReaderBranch(position) => push_branch(way, position),
        }
    }

    /// The step of the reader's way, with the writer's branches between, as the Java implementation writes it.
    pub(super) fn in_both(self, way: &mut String) {
        match self {
            Self::WriterBranch(position) => push_branch(way, position),
            other => other.in_reader(way),
        }
    }
}

fn push_field(way: &mut String, position: usize) {
    way.push_str("/fields/");
    push_number(way, position);
    way.push_str("/type");
}

fn push_branch(way: &mut String, position: usize) {
    way.push('/');
    push_number(way, position);
}

/// Digits, without the machinery of formatting: ways are most of what planning writes.
fn push_number(way: &mut String, number: usize) {
    if number >= 10 {
        push_number(way, number / 10);
    }
    way.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or_default()));
}
