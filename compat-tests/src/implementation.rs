//! The one interface of all implementations of Avro.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

/// What an implementation answers: a result, or that it refuses.
pub type Answer<T> = Result<T, Refusal>;

/// An implementation of Avro, whether a judge in a process of its own or ours in this one.
///
/// Schemas are passed as text. Values are in the neutral form of `judges/PROTOCOL.md`: logical types off, floats by
/// their bits, a union's value with the position of its branch. What an implementation does not offer it refuses as
/// [`RefusalKind::Unsupported`], which is what every operation does until it is written.
pub trait AvroImplementation {
    /// The name that reports use.
    fn name(&self) -> String;

    /// Accepts or refuses a schema.
    fn validate(&mut self, schema: &str) -> Answer<()> {
        let _ = schema;
        Err(Refusal::unsupported("validate"))
    }

    /// The parsing canonical form.
    fn canonical(&mut self, schema: &str) -> Answer<String> {
        let _ = schema;
        Err(Refusal::unsupported("canonical"))
    }

    /// The fingerprint of the parsing canonical form in lower-case hex; Rabin as the big-endian number.
    fn fingerprint(&mut self, schema: &str, algorithm: Algorithm) -> Answer<String> {
        let _ = (schema, algorithm);
        Err(Refusal::unsupported("fingerprint"))
    }

    /// One value in the binary encoding; a map's entries in the order of the JSON object.
    fn encode(&mut self, schema: &str, value: &Value) -> Answer<Vec<u8>> {
        let _ = (schema, value);
        Err(Refusal::unsupported("encode"))
    }

    /// The value at the front of `data`, resolved to the reader's schema where there is one.
    fn decode(&mut self, schema: &str, reader: Option<&str>, data: &[u8]) -> Answer<Decoded> {
        let _ = (schema, reader, data);
        Err(Refusal::unsupported("decode"))
    }

    /// One value in the specification's JSON encoding.
    fn json_encode(&mut self, schema: &str, value: &Value) -> Answer<String> {
        let _ = (schema, value);
        Err(Refusal::unsupported("json_encode"))
    }

    /// The value in the specification's JSON encoding, resolved to the reader's schema where there is one.
    fn json_decode(&mut self, schema: &str, reader: Option<&str>, text: &str) -> Answer<Value> {
        let _ = (schema, reader, text);
        Err(Refusal::unsupported("json_decode"))
    }

    /// One value in the single-object encoding.
    fn single_object_encode(&mut self, schema: &str, value: &Value) -> Answer<Vec<u8>> {
        let _ = (schema, value);
        Err(Refusal::unsupported("single_object_encode"))
    }

    /// The value of a single-object encoding that was made with this schema.
    fn single_object_decode(&mut self, schema: &str, data: &[u8]) -> Answer<Value> {
        let _ = (schema, data);
        Err(Refusal::unsupported("single_object_decode"))
    }

    /// An object container file.
    fn container_write(&mut self, container: &Container<'_>) -> Answer<Vec<u8>> {
        let _ = container;
        Err(Refusal::unsupported("container_write"))
    }

    /// All of an object container file, resolved to the reader's schema where there is one.
    fn container_read(&mut self, data: &[u8], reader: Option<&str>) -> Answer<ContainerContents> {
        let _ = (data, reader);
        Err(Refusal::unsupported("container_read"))
    }

    /// Whether the reader's schema reads all that the writer's schema writes: an object with `compatible` and
    /// `incompatibilities`, a list of `kind`, `location` and `message`.
    fn compatibility(&mut self, reader: &str, writer: &str) -> Answer<Value> {
        let _ = (reader, writer);
        Err(Refusal::unsupported("compatibility"))
    }
}

/// What [`AvroImplementation::decode`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The value, neutral.
    pub value: Value,
    /// How many bytes it took.
    pub read: usize,
}

/// What a container file is to hold.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// The schema's text.
    pub schema: &'a str,
    /// The values, neutral.
    pub values: &'a [Value],
    /// `null`, `deflate`, `snappy`, `zstandard`, `bzip2` or `xz`.
    pub codec: &'a str,
    /// Further metadata; values that are not UTF-8 are beyond fastavro.
    pub metadata: &'a [(&'a str, &'a [u8])],
    /// The sync marker, random when not given.
    pub sync: Option<[u8; 16]>,
    /// Ends a block after so many values; the implementation's own size otherwise.
    pub block_items: Option<usize>,
}

impl<'a> Container<'a> {
    /// A container without further metadata, in blocks as the implementation likes them.
    pub fn new(schema: &'a str, values: &'a [Value], codec: &'a str) -> Self {
        Self { schema, values, codec, metadata: &[], sync: None, block_items: None }
    }
}

/// What [`AvroImplementation::container_read`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerContents {
    /// The values, neutral.
    pub values: Vec<Value>,
    /// The writer's schema as it stands in the file.
    pub schema: String,
    /// The codec's name; `null` where the file names none.
    pub codec: String,
    /// All metadata, the schema and the codec included.
    pub metadata: BTreeMap<String, Vec<u8>>,
}

/// How to fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// CRC-64-AVRO.
    Rabin,
    /// MD5.
    Md5,
    /// SHA-256.
    Sha256,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rabin, Self::Md5, Self::Sha256];

    /// The name in the judges' protocol and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rabin => "rabin",
            Self::Md5 => "md5",
            Self::Sha256 => "sha256",
        }
    }
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    kind: RefusalKind,
    message: String,
}

/// What an implementation refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// A schema.
    Schema,
    /// To write the value.
    Value,
    /// To read the data, or to resolve it to the reader's schema.
    Data,
    /// Nothing, but its two forms gave different results (fastavro).
    Divided,
    /// It has nothing of the kind.
    Unsupported,
}

impl Refusal {
    /// A refusal with the implementation's own words.
    pub fn new(kind: RefusalKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Says that the implementation does not have an operation.
    pub fn unsupported(operation: &str) -> Self {
        Self::new(RefusalKind::Unsupported, format!("no {operation}"))
    }

    /// What was refused.
    pub fn kind(&self) -> RefusalKind {
        self.kind
    }

    /// Whether the implementation lacks the operation, which says nothing of the input.
    pub fn is_unsupported(&self) -> bool {
        self.kind == RefusalKind::Unsupported
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.message)
    }
}

/// Serves a request of the judges' protocol with any implementation: what the golden vectors are run through.
///
/// # Panics
///
/// When the request lacks a part or names no operation: a fault of the test.
pub fn serve(implementation: &mut dyn AvroImplementation, operation: &str, request: &Value) -> Answer<Value> {
    let text = |name: &str| {
        let found = request.get(name).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("the request has no `{name}`: {request}"))
    };
    let bytes = |name: &str| hex::decode(text(name)).unwrap_or_else(|error| panic!("`{name}` is not hex: {error}"));
    let schema = || text("schema");
    let reader = request.get("reader").and_then(Value::as_str);
    Ok(match operation {
        "validate" => {
            implementation.validate(schema())?;
            json!({})
        }
        "canonical" => json!({"text": implementation.canonical(schema())?}),
        "fingerprint" => {
            let named = Algorithm::ALL.into_iter().find(|algorithm| algorithm.name() == text("algorithm"));
            let algorithm = named.unwrap_or_else(|| panic!("there is no algorithm {}", text("algorithm")));
            json!({"hex": implementation.fingerprint(schema(), algorithm)?})
        }
        "encode" => json!({"hex": hex::encode(implementation.encode(schema(), &request["value"])?)}),
        "decode" => {
            let decoded = implementation.decode(schema(), reader, &bytes("hex"))?;
            json!({"value": decoded.value, "read": decoded.read})
        }
        "json_encode" => json!({"text": implementation.json_encode(schema(), &request["value"])?}),
        "json_decode" => json!({"value": implementation.json_decode(schema(), reader, text("text"))?}),
        "single_object_encode" => {
            json!({"hex": hex::encode(implementation.single_object_encode(schema(), &request["value"])?)})
        }
        "single_object_decode" => json!({"value": implementation.single_object_decode(schema(), &bytes("hex"))?}),
        "container_read" => {
            let contents = implementation.container_read(&bytes("hex"), reader)?;
            let metadata = contents.metadata.iter().map(|(name, value)| (name.clone(), hex::encode(value).into()));
            json!({
                "values": contents.values,
                "schema": contents.schema,
                "codec": contents.codec,
                "metadata": Value::Object(metadata.collect()),
            })
        }
        "compatibility" => {
            let reader = reader.unwrap_or_else(|| panic!("the request has no `reader`: {request}"));
            implementation.compatibility(reader, text("writer"))?
        }
        other => panic!("there is no operation {other}"),
    })
}
