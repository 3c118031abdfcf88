//! Random changes to a schema, such as a next version makes. Some of them break readers.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{once_in, pick};

/// A changed version of a schema: fields added, dropped, renamed with and without alias, moved; numbers promoted and
/// narrowed; symbols, branches and defaults added and dropped; sizes and names changed. It is valid; whether it can
/// read the former's data is for its user to find out.
pub fn evolved(schema: &Value, random: &mut Rng) -> Value {
    let mut changing = Changing { random, added: 0 };
    changing.any(schema)
}

struct Changing<'a> {
    random: &'a mut Rng,
    /// Makes new names unique.
    added: u32,
}

impl Changing<'_> {
    fn any(&mut self, schema: &Value) -> Value {
        match schema {
            Value::String(name) => self.primitive(name).unwrap_or_else(|| schema.clone()),
            Value::Array(branches) => self.union(branches),
            Value::Object(entries) => self.object(entries),
            other => other.clone(),
        }
    }

    fn primitive(&mut self, name: &str) -> Option<Value> {
        let others: &[&str] = match name {
            "int" => &["long", "float", "double"],
            "long" => &["float", "double", "int"],
            "float" => &["double", "long"],
            // Not the other way round: what becomes of bytes that are no text is a matter of its own.
            "string" => &["bytes"],
            _ => return None,
        };
        match self.random.u32(..6) {
            0 => Some((*pick(self.random, others)).into()),
            1 => Some(json!(["null", name])),
            2 => Some(json!([name, "null"])),
            _ => None,
        }
    }

    fn union(&mut self, branches: &[Value]) -> Value {
        // Branches keep their types: a change could make two of them the same.
        let mut branches: Vec<Value> = branches.iter().map(|branch| self.named_only(branch)).collect();
        if once_in(self.random, 3) && !branches.iter().any(|branch| kind_of(branch) == "null") {
            branches.push("null".into());
        }
        if once_in(self.random, 6) && !branches.iter().any(|branch| kind_of(branch) == "boolean") {
            branches.insert(0, "boolean".into());
        }
        branches.into()
    }

    fn named_only(&mut self, branch: &Value) -> Value {
        match kind_of(branch) {
            "record" | "enum" | "fixed" | "array" | "map" if branch.is_object() => self.any(branch),
            _ => branch.clone(),
        }
    }

    fn object(&mut self, entries: &Map<String, Value>) -> Value {
        let mut changed = entries.clone();
        match entries["type"].as_str().unwrap_or_default() {
            "array" => {
                changed["items"] = self.any(&entries["items"]);
            }
            "map" => {
                changed["values"] = self.any(&entries["values"]);
            }
            "record" => self.record(&mut changed),
            "enum" => self.enumeration(&mut changed),
            "fixed" if once_in(self.random, 12) && !entries.contains_key("logicalType") => {
                changed["size"] = 21.into();
                changed.remove("default");
            }
            _ => {}
        }
        changed.into()
    }

    fn record(&mut self, record: &mut Map<String, Value>) {
        let Some(Value::Array(fields)) = record.get_mut("fields") else { return };
        let mut changed = Vec::new();
        for field in fields.iter() {
            // A field that defines types others refer to has to stay.
            if once_in(self.random, 8) && !defines(&field["type"]) {
                continue;
            }
            changed.push(self.field(field));
        }
        if once_in(self.random, 3) {
            self.added += 1;
            let name = format!("added{}", self.added);
            let kinds = [
                json!({"name": name, "type": "int", "default": -7}),
                json!({"name": name, "type": ["null", "string"], "default": null}),
                json!({"name": name, "type": "bytes", "default": "\u{ff}\u{1}"}),
                json!({"name": name, "type": {"type": "array", "items": "long"}, "default": [1, 2]}),
                json!({"name": name, "type": {"type": "map", "values": "double"}, "default": {"k": 0.5}}),
                json!({"name": name, "type": "string"}),
            ];
            changed.insert(self.random.usize(..=changed.len()), pick(self.random, &kinds).clone());
        }
        if once_in(self.random, 4) && !changed.iter().any(|field| defines(&field["type"])) {
            self.random.shuffle(&mut changed);
        }
        *fields = changed;
    }

    fn field(&mut self, field: &Value) -> Value {
        let mut changed = field.clone();
        let kind = self.any(&field["type"]);
        if kind != field["type"] || refers(&kind) {
            // The default was one of the former type, or of a type that has changed elsewhere.
            if let Value::Object(entries) = &mut changed {
                entries.remove("default");
            }
            changed["type"] = kind;
        }
        if once_in(self.random, 8) {
            self.added += 1;
            changed["aliases"] = json!([field["name"]]);
            changed["name"] = format!("renamed{}", self.added).into();
        } else if once_in(self.random, 20) {
            self.added += 1;
            changed["name"] = format!("other{}", self.added).into();
            if let Value::Object(entries) = &mut changed {
                entries.remove("aliases");
            }
        }
        changed
    }

    fn enumeration(&mut self, enumeration: &mut Map<String, Value>) {
        let default = enumeration.get("default").cloned();
        let Some(Value::Array(symbols)) = enumeration.get_mut("symbols") else { return };
        if once_in(self.random, 3) {
            symbols.insert(self.random.usize(..=symbols.len()), "ADDED".into());
        }
        if once_in(self.random, 4) && symbols.len() > 1 {
            let dropped = self.random.usize(..symbols.len());
            if Some(&symbols[dropped]) != default.as_ref() {
                symbols.remove(dropped);
            }
        }
    }
}

fn kind_of(schema: &Value) -> &str {
    schema.as_str().or_else(|| schema["type"].as_str()).unwrap_or_default()
}

/// Whether a schema names a type that is defined elsewhere.
fn refers(schema: &Value) -> bool {
    match schema {
        Value::Array(branches) => branches.iter().any(refers),
        Value::Object(entries) => match kind_of(schema) {
            "array" => refers(&entries["items"]),
            "map" => refers(&entries["values"]),
            "record" => entries["fields"].as_array().is_some_and(|fields| fields.iter().any(|it| refers(&it["type"]))),
            _ => false,
        },
        Value::String(name) => {
            !["null", "boolean", "int", "long", "float", "double", "bytes", "string"].contains(&name.as_str())
        }
        _ => false,
    }
}

fn defines(schema: &Value) -> bool {
    match schema {
        Value::Array(branches) => branches.iter().any(defines),
        Value::Object(entries) => match kind_of(schema) {
            "array" => defines(&entries["items"]),
            "map" => defines(&entries["values"]),
            "record" | "enum" | "fixed" => true,
            _ => false,
        },
        _ => false,
    }
}
