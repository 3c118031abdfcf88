//! What was found about two versions of a schema.

use std::fmt::Write;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::compat::{Direction, Directions, Rule};
use crate::diagnostic::{Diagnostic, Severity, Suggestion};
use crate::source::{Position, SourceFile, Span};

/// A change that breaks readers or alters what they understand.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// An error breaks readers; a warning changes a meaning.
    pub severity: Severity,
    /// The directions that the change breaks, whatever the level; none for a warning.
    pub breaks: Directions,
    /// Which of the surfaces that were asked for it breaks, or alters.
    pub surfaces: Vec<Surface>,
    /// What will happen to whom, in a sentence without a full stop.
    pub message: String,
    /// The place in the old schema.
    pub old: Place,
    /// The place in the new schema.
    pub new: Place,
    /// What to do, in the imperative, if there is something that helps.
    pub fix: Option<String>,
    /// A value that really fails, or is read as another, for each direction that breaks, where witnesses were asked for and can be
    /// made. Also for a warning, where a value shows it.
    pub witnesses: Vec<Witness>,
    /// Why there is none for a direction, where witnesses were asked for.
    pub unwitnessed: Vec<Unwitnessed>,
}

/// What a change can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Surface {
    /// The binary form of the data, read with both schemas.
    Wire,
    /// The JSON form of the data, read with the reader's schema alone: values are taken by their keys, keys that are not known are
    /// left, and what is missing takes its default.
    Json,
    /// The Rust code that is generated: whether code that uses the old types compiles with the new ones (backward), and the
    /// other way round (forward).
    Source,
}

/// A set of surfaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Surfaces {
    /// The binary form of the data.
    pub wire: bool,
    /// The JSON form of the data.
    pub json: bool,
    /// The Rust code that is generated.
    pub source: bool,
}

/// A place in a schema.
#[derive(Debug, Clone)]
pub struct Place {
    /// The way from the top of the schema; for Avro a JSON pointer over the schema with every name replaced by its
    /// definition, `/` for the schema itself.
    pub path: String,
    /// The text.
    pub source: Arc<SourceFile>,
    /// Whether the text is another than the compared file's: one that the file includes or takes names from.
    pub is_elsewhere: bool,
    /// The bytes in it.
    pub span: Span,
}

/// A value of the writer's that the reader cannot read, or reads as something else.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Witness {
    /// Whose value, and whose reader.
    pub direction: Direction,
    /// The name of the type that the value is of, where a schema has several.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
    /// The name of the type that the reader takes it for, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// The value as JSON on one line. Where a default is at stake, it is there, as it is in what is read, though not in the bytes.
    #[serde(serialize_with = "raw_json")]
    pub value: String,
    /// The protocol of the bytes, where a language has several: `binary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<&'static str>,
    /// What the bytes are a message of, where they are one, and not the value alone: `call`, `oneway` or `exception`, that is the
    /// answer to a call that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<&'static str>,
    /// The bytes, as lower-case hexadecimal digits.
    pub hex: String,
    /// What the reader does with them.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What it would say next, were that put right: in every value that gets to the finding's fault, another comes before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub behind: Option<String>,
}

/// What a reader does with a value that is a witness.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It fails, and says this.
    Error(String),
    /// It takes the value for another, this one as JSON on one line.
    #[serde(serialize_with = "raw_json")]
    Reads(String),
}

/// That no value can be shown which fails.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Unwitnessed {
    /// Whose value, and whose reader.
    pub direction: Direction,
    /// Why.
    pub reason: String,
}

impl Surface {
    /// All surfaces.
    pub const ALL: [Self; 3] = [Self::Wire, Self::Json, Self::Source];

    /// `wire`, `json` or `source`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Json => "json",
            Self::Source => "source",
        }
    }
}

impl Surfaces {
    /// The binary form alone.
    pub const WIRE: Self = Self { wire: true, json: false, source: false };
    /// All surfaces.
    pub const ALL: Self = Self { wire: true, json: true, source: true };

    /// Whether a surface is in the set.
    pub fn has(self, surface: Surface) -> bool {
        match surface {
            Surface::Wire => self.wire,
            Surface::Json => self.json,
            Surface::Source => self.source,
        }
    }

    /// Those of a list that are in the set.
    pub fn of(self, list: &[Surface]) -> Vec<Surface> {
        list.iter().copied().filter(|surface| self.has(*surface)).collect()
    }
}

impl Default for Surfaces {
    fn default() -> Self {
        Self::WIRE
    }
}

impl FromIterator<Surface> for Surfaces {
    fn from_iter<I: IntoIterator<Item = Surface>>(surfaces: I) -> Self {
        let mut set = Self { wire: false, json: false, source: false };
        for surface in surfaces {
            match surface {
                Surface::Wire => set.wire = true,
                Surface::Json => set.json = true,
                Surface::Source => set.source = true,
            }
        }
        set
    }
}

impl Place {
    /// Where the place starts.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start as usize)
    }
}

impl Finding {
    /// A finding with the severity of its rule. As yet it breaks nothing.
    pub(super) fn new(rule: &'static Rule, asked: Surfaces, message: String, old: Place, new: Place) -> Self {
        let (severity, breaks, surfaces) = (rule.severity(), Directions::NONE, asked.of(rule.surfaces));
        let (witnesses, unwitnessed) = (Vec::new(), Vec::new());
        Self { rule, severity, breaks, surfaces, message, old, new, fix: None, witnesses, unwitnessed }
    }

    /// The finding for those who draw problems of texts. What breaks and the witnesses are among the notes.
    pub fn diagnostic(&self) -> Diagnostic {
        let old = if Arc::ptr_eq(&self.old.source, &self.new.source) { "" } else { "the old schema" };
        let mut diagnostic = Diagnostic::new(&self.rule.kind, &*self.message)
            .with_severity(self.severity)
            .primary(&self.new.source, self.new.span, "the new schema")
            .secondary(&self.old.source, self.old.span, old);
        let breaks: Vec<_> = self.breaks.iter().map(Direction::name).collect();
        if !breaks.is_empty() {
            let surfaces: Vec<_> = self.surfaces.iter().map(|surface| surface.name()).collect();
            let of = match self.surfaces.as_slice() {
                [Surface::Wire] => String::new(),
                _ => format!(" ({})", surfaces.join(", ")),
            };
            diagnostic = diagnostic.note(format!("breaks {} compatibility{of}", breaks.join(" and ")));
        }
        for witness in &self.witnesses {
            let (reader, writer) = witness.direction.reader_and_writer();
            let Witness { value, hex, behind, .. } = witness;
            let bytes = if hex.is_empty() { "no bytes" } else { hex };
            let message = witness.message.map_or_else(String::new, |message| format!(", as a message ({message})"));
            let bytes = witness
                .protocol
                .map_or_else(|| bytes.to_owned(), |protocol| format!("{protocol} protocol{message}: {bytes}"));
            let mut of = witness.ty.as_ref().map_or_else(String::new, |ty| format!(" of `{ty}`"));
            if let Some(ty) = &witness.read_as {
                let _ = write!(of, ", read as `{ty}`");
            }
            let behind =
                behind.as_ref().map_or_else(String::new, |behind| format!("; were that put right, with: {behind}"));
            let end = match &witness.outcome {
                Outcome::Error(error) => format!("ends in the {reader} reader with: {error}"),
                Outcome::Reads(read) => format!("is to the {reader} reader {read}"),
            };
            diagnostic = diagnostic.note(format!("the {writer} value {value}{of} ({bytes}) {end}{behind}"));
        }
        for Unwitnessed { direction, reason } in &self.unwitnessed {
            let (reader, writer) = direction.reader_and_writer();
            diagnostic =
                diagnostic.note(format!("no {writer} value is shown that fails in the {reader} reader: {reason}"));
        }
        if let Some(fix) = &self.fix {
            diagnostic.suggestions.push(Suggestion { message: fix.clone(), edits: Vec::new() });
        }
        diagnostic
    }

    /// Takes up a finding of the same rule about the same places.
    pub(super) fn merge(&mut self, other: Self) {
        self.breaks = self.breaks.or(other.breaks);
        if self.message != other.message {
            self.message = format!("{}; {}", self.message, other.message);
        }
        self.fix = self.fix.take().or(other.fix);
        self.witnesses.extend(other.witnesses);
        self.unwitnessed.extend(other.unwitnessed);
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Finding", 10)?;
        out.serialize_field("rule", self.rule.id())?;
        out.serialize_field("severity", &self.severity)?;
        out.serialize_field("breaks", &self.breaks)?;
        out.serialize_field("surfaces", &self.surfaces)?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("old", &self.old)?;
        out.serialize_field("new", &self.new)?;
        if let Some(fix) = &self.fix {
            out.serialize_field("fix", fix)?;
        }
        if !self.witnesses.is_empty() {
            out.serialize_field("witnesses", &self.witnesses)?;
        }
        if !self.unwitnessed.is_empty() {
            out.serialize_field("unwitnessed", &self.unwitnessed)?;
        }
        out.end()
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Position { line, column } = self.position();
        let mut out = serializer.serialize_struct("Place", if self.is_elsewhere { 4 } else { 3 })?;
        if self.is_elsewhere {
            out.serialize_field("file", self.source.path())?;
        }
        out.serialize_field("path", &self.path)?;
        out.serialize_field("line", &line)?;
        out.serialize_field("column", &column)?;
        out.end()
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn raw_json<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match serde_json::from_str::<&serde_json::value::RawValue>(text) {
        Ok(raw) => raw.serialize(serializer),
        Err(_) => text.serialize(serializer),
    }
}
