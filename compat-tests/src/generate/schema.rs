//! Random schemas.

use std::collections::HashSet;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::default::{Defined, default_of};
use super::names::{fresh, namespace, text};
use super::{once_in, pick};

/// A schema of modest size that uses all that the specification has: every type, recursion, namespaces, aliases,
/// orders, defaults, docs, logical types (also unknown and invalid ones) and properties of others.
///
/// It is valid, and some value of it is finite.
pub fn schema(random: &mut Rng) -> Value {
    let budget = random.i32(1..25);
    let mut making = Making { random, taken: HashSet::new(), defined: Defined::default(), open: Vec::new(), budget };
    let place = Place { namespace: String::new(), depth: 0, ends: false };
    if once_in(making.random, 4) { making.any(&place) } else { making.record(&place) }
}

struct Making<'a> {
    random: &'a mut Rng,
    /// Names of types, without namespaces: resolution goes by them, so they stay apart.
    taken: HashSet<String>,
    /// Complete types by full name.
    defined: Defined,
    /// Full names of the records around this place.
    open: Vec<String>,
    /// About how many more types the schema may have.
    budget: i32,
}

/// Where in the schema a type is made.
#[derive(Clone)]
struct Place {
    namespace: String,
    depth: u32,
    /// Whether something around offers an end to recursion: an array, a map, or a union with another branch.
    ends: bool,
}

impl Place {
    fn inside(&self, ends: bool) -> Self {
        Self { namespace: self.namespace.clone(), depth: self.depth + 1, ends: self.ends || ends }
    }
}

impl Making<'_> {
    fn any(&mut self, place: &Place) -> Value {
        self.budget -= 1;
        if place.depth > 5 || self.budget < 0 {
            return self.leaf(place);
        }
        match self.random.u32(..16) {
            0 | 1 => {
                let items = self.any(&place.inside(true));
                json!({"type": "array", "items": items})
            }
            2 => {
                let values = self.any(&place.inside(true));
                json!({"type": "map", "values": values})
            }
            3..=5 => self.union(place),
            6 | 7 => self.record(place),
            8 => self.enumeration(place),
            9 => self.fixed(place),
            _ => self.leaf(place),
        }
    }

    fn leaf(&mut self, place: &Place) -> Value {
        if once_in(self.random, 4)
            && let Some(reference) = self.reference(place)
        {
            return reference;
        }
        match self.random.u32(..5) {
            0 => self.logical(),
            1 => json!({"type": self.primitive()}),
            _ => self.primitive().into(),
        }
    }

    fn primitive(&mut self) -> &'static str {
        pick::<&str>(self.random, &["null", "boolean", "int", "long", "float", "double", "bytes", "string"])
    }

    fn logical(&mut self) -> Value {
        let scale = self.random.u32(..6);
        match self.random.u32(..16) {
            0 => json!({"type": "int", "logicalType": "date"}),
            1 => json!({"type": "int", "logicalType": "time-millis"}),
            2 => json!({"type": "long", "logicalType": "time-micros"}),
            3 => json!({"type": "long", "logicalType": "timestamp-millis"}),
            4 => json!({"type": "long", "logicalType": "timestamp-micros"}),
            5 => json!({"type": "long", "logicalType": "timestamp-nanos"}),
            6 => json!({"type": "long", "logicalType": "local-timestamp-millis"}),
            7 => json!({"type": "long", "logicalType": "local-timestamp-micros"}),
            8 => json!({"type": "long", "logicalType": "local-timestamp-nanos"}),
            9 => json!({"type": "bytes", "logicalType": "decimal", "precision": scale + 3, "scale": scale}),
            10 => json!({"type": "bytes", "logicalType": "big-decimal"}),
            11 => json!({"type": "string", "logicalType": "uuid"}),
            12 => json!({"type": "string", "logicalType": "x-unheard-of", "x-note": [1, {"of": null}]}),
            13 => json!({"type": "boolean", "logicalType": "date"}),
            14 => json!({"type": "bytes", "logicalType": "decimal", "precision": 4}),
            _ => json!({"type": "double", "x-note": text(self.random)}),
        }
    }

    /// A type that is defined already, or one of the records around where recursion has an end.
    fn reference(&mut self, place: &Place) -> Option<Value> {
        let reachable = |name: &&String| name.contains('.') || place.namespace.is_empty();
        let open = if place.ends { self.open.as_slice() } else { &[] };
        let names: Vec<&String> = open.iter().chain(self.defined.names()).filter(reachable).collect();
        if names.is_empty() {
            return None;
        }
        let name = *pick(self.random, &names);
        let short = match name.rsplit_once('.') {
            Some((space, short)) if space == place.namespace && self.random.bool() => short,
            _ => name,
        };
        Some(short.into())
    }

    fn union(&mut self, place: &Place) -> Value {
        let mut branches = Vec::new();
        let mut kinds = HashSet::new();
        // The first branch ends any recursion in the others.
        let wanted = self.random.usize(1..6);
        let first = if self.random.bool() { "null".into() } else { Value::from(self.primitive()) };
        kinds.insert(first.as_str().unwrap_or_default().to_owned());
        branches.push(first);
        for _ in 1..wanted {
            let defined = self.defined.len();
            let branch = self.any(&place.inside(true));
            if branch_kind(&branch).is_some_and(|kind| kinds.insert(kind.to_owned())) {
                branches.push(branch);
            } else {
                // What it defined does not exist then.
                self.defined.truncate(defined);
            }
        }
        if self.random.bool() && branches.iter().all(Value::is_string) {
            self.random.shuffle(&mut branches);
        }
        branches.into()
    }

    fn enumeration(&mut self, place: &Place) -> Value {
        let mut taken = HashSet::new();
        let symbols: Vec<String> = (0..self.random.usize(1..6)).map(|_| fresh(self.random, &mut taken)).collect();
        let (mut made, full) = self.named("enum", place);
        if self.random.bool() {
            made.insert("default".to_owned(), pick(self.random, &symbols).as_str().into());
        }
        made.insert("symbols".to_owned(), symbols.into());
        self.finish(made, full)
    }

    fn fixed(&mut self, place: &Place) -> Value {
        let (mut made, full) = self.named("fixed", place);
        let size = match self.random.u32(..8) {
            0 => {
                made.insert("logicalType".to_owned(), "duration".into());
                12
            }
            1 => {
                made.insert("logicalType".to_owned(), "uuid".into());
                16
            }
            2 => {
                made.insert("logicalType".to_owned(), "decimal".into());
                made.insert("precision".to_owned(), 18.into());
                made.insert("scale".to_owned(), 4.into());
                8
            }
            _ => self.random.u32(1..20),
        };
        made.insert("size".to_owned(), size.into());
        self.finish(made, full)
    }

    fn record(&mut self, place: &Place) -> Value {
        let (mut made, full) = self.named("record", place);
        let inner = full.rsplit_once('.').map_or("", |(space, _)| space).to_owned();
        // What ends a recursion around this record does not end one that begins with it.
        let inside = Place { namespace: inner, depth: place.depth + 1, ends: false };
        self.open.push(full.clone());
        let mut taken = HashSet::new();
        let mut fields = Vec::new();
        for _ in 0..self.random.usize(0..7) {
            fields.push(self.field(&inside, &mut taken));
        }
        self.open.pop();
        made.insert("fields".to_owned(), fields.into());
        self.finish(made, full)
    }

    fn field(&mut self, place: &Place, taken: &mut HashSet<String>) -> Value {
        let kind = self.any(place);
        let mut made = Map::new();
        made.insert("name".to_owned(), fresh(self.random, taken).into());
        if once_in(self.random, 3)
            && let Some(default) = default_of(self.random, &kind, &place.namespace, &self.defined)
        {
            made.insert("default".to_owned(), default);
        }
        made.insert("type".to_owned(), kind);
        if once_in(self.random, 4) {
            made.insert("doc".to_owned(), text(self.random).into());
        }
        if once_in(self.random, 6) {
            made.insert("order".to_owned(), (*pick(self.random, &["ascending", "descending", "ignore"])).into());
        }
        if once_in(self.random, 6) {
            made.insert("aliases".to_owned(), json!([fresh(self.random, taken)]));
        }
        if once_in(self.random, 8) {
            made.insert("x-note".to_owned(), json!({"text": text(self.random), "number": 1.5}));
        }
        made.into()
    }

    /// The common part of a named type, and its full name.
    fn named(&mut self, kind: &str, place: &Place) -> (Map<String, Value>, String) {
        let name = fresh(self.random, &mut self.taken);
        let mut made = Map::new();
        made.insert("type".to_owned(), kind.into());
        let space = match self.random.u32(..4) {
            0 => {
                let space = namespace(self.random);
                made.insert("namespace".to_owned(), space.into());
                space.to_owned()
            }
            1 => {
                let space = namespace(self.random);
                if space.is_empty() { place.namespace.clone() } else { space.to_owned() }
            }
            _ => place.namespace.clone(),
        };
        let full = if space.is_empty() { name.clone() } else { format!("{space}.{name}") };
        let plain = made.contains_key("namespace") || space == place.namespace;
        made.insert("name".to_owned(), if plain { name.into() } else { full.clone().into() });
        if once_in(self.random, 4) {
            made.insert("doc".to_owned(), text(self.random).into());
        }
        if once_in(self.random, 6) {
            let alias = fresh(self.random, &mut self.taken);
            made.insert("aliases".to_owned(), json!([if self.random.bool() { format!("old.{alias}") } else { alias }]));
        }
        (made, full)
    }

    fn finish(&mut self, made: Map<String, Value>, full: String) -> Value {
        let made = Value::Object(made);
        self.defined.insert(full, made.clone());
        made
    }
}

/// What tells a union's branches apart; none for what cannot be a branch. Names are unique without their namespaces.
fn branch_kind(branch: &Value) -> Option<&str> {
    let kind = match branch {
        Value::String(name) => name,
        Value::Array(_) => return None,
        other => match other["type"].as_str()? {
            "record" | "enum" | "fixed" => other["name"].as_str()?,
            kind => kind,
        },
    };
    Some(kind.rsplit('.').next().unwrap_or(kind))
}
