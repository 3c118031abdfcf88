//! Random defaults, in the JSON form that a schema gives them.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::names::text;
use super::{once_in, pick};

/// The complete named types of a schema by full name, in the order of their definition.
#[derive(Default)]
pub(super) struct Defined(Vec<(String, Value)>);

impl Defined {
    pub(super) fn insert(&mut self, full: String, schema: Value) {
        self.0.push((full, schema));
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets all but the first ones.
    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    /// The type that a name stands for in a namespace, with the namespace inside of it.
    fn resolve(&self, name: &str, namespace: &str) -> Option<(&Value, &str)> {
        let full = if name.contains('.') || namespace.is_empty() { name } else { &format!("{namespace}.{name}") };
        let (full, schema) = self.0.iter().find(|(known, _)| known == full)?;
        Some((schema, full.rsplit_once('.').map_or("", |(space, _)| space)))
    }
}

/// A default for a type; none where the type refers to a record that is not complete yet, or that holds itself as the first
/// branch of a union, so that a default would have no end.
pub(super) fn default_of(random: &mut Rng, schema: &Value, namespace: &str, defined: &Defined) -> Option<Value> {
    default_within(DEEPEST, random, schema, namespace, defined)
}

/// How deep a default is nested at most.
const DEEPEST: u32 = 24;

fn default_within(depth: u32, random: &mut Rng, schema: &Value, namespace: &str, defined: &Defined) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let kind = match schema {
        Value::String(kind) => kind.as_str(),
        // The first branch is the only one that every implementation takes a default of.
        Value::Array(branches) => return default_within(depth, random, &branches[0], namespace, defined),
        other => other["type"].as_str()?,
    };
    Some(match kind {
        "null" => Value::Null,
        "boolean" => random.bool().into(),
        "int" => (*pick(random, &[0, -1, 64, i32::MIN, i32::MAX])).into(),
        "long" => (*pick(random, &[0, -1, 1 << 40, i64::MIN, i64::MAX])).into(),
        "float" => (*pick(random, &[0.0, -0.5, 1e10])).into(),
        "double" => (*pick(random, &[0.0, -0.5, 1e100])).into(),
        "bytes" => (*pick(random, &["", "\u{0}\u{ff}", "abc"])).into(),
        "string" => text(random).into(),
        "fixed" => {
            let size = schema["size"].as_u64()?;
            (0..size).map(|_| char::from(random.u8(..))).collect::<String>().into()
        }
        "enum" => pick(random, schema["symbols"].as_array()?).clone(),
        "array" if once_in(random, 2) => json!([default_within(depth, random, &schema["items"], namespace, defined)?]),
        "array" => json!([]),
        "map" if once_in(random, 2) => {
            json!({"k\u{e9}y": default_within(depth, random, &schema["values"], namespace, defined)?})
        }
        "map" => json!({}),
        "record" => {
            let full = schema["name"].as_str()?;
            let inner = match (schema["namespace"].as_str(), full.rsplit_once('.')) {
                (_, Some((space, _))) | (Some(space), None) => space,
                (None, None) => namespace,
            };
            let mut fields = Map::new();
            for field in schema["fields"].as_array()? {
                let value = default_within(depth, random, &field["type"], inner, defined)?;
                fields.insert(field["name"].as_str()?.to_owned(), value);
            }
            fields.into()
        }
        name => {
            let (schema, inner) = defined.resolve(name, namespace)?;
            default_within(depth, random, schema, inner, defined)?
        }
    })
}
