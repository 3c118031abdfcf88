//! Schemas with every name in full, so that a part can be changed or moved without changing what another part means.

use serde_json::{Map, Value, json};

/// The same schema with full names, references and aliases. A type without a namespace says so.
pub(super) fn full_names(schema: &Value) -> Value {
    within(schema, "")
}

/// The types of Avro that have no names.
pub(super) const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

fn within(schema: &Value, space: &str) -> Value {
    match schema {
        Value::String(name) if PRIMITIVES.contains(&name.as_str()) => schema.clone(),
        Value::String(name) => full(name, space).into(),
        Value::Array(branches) => branches.iter().map(|branch| within(branch, space)).collect(),
        Value::Object(entries) => object(entries, space),
        other => other.clone(),
    }
}

fn object(entries: &Map<String, Value>, space: &str) -> Value {
    let mut made = entries.clone();
    let mut inner = space.to_owned();
    if let Some(name) = entries.get("name").and_then(Value::as_str) {
        let own = entries.get("namespace").and_then(Value::as_str).unwrap_or(space);
        let name = full(name, own);
        name.rsplit_once('.').map_or("", |(before, _)| before).clone_into(&mut inner);
        made.remove("namespace");
        if inner.is_empty() {
            made.insert("namespace".to_owned(), "".into());
        }
        if let Some(Value::Array(aliases)) = made.get_mut("aliases") {
            for alias in aliases {
                *alias = full(alias.as_str().unwrap_or_default(), &inner).into();
            }
        }
        made.insert("name".to_owned(), name.into());
    }
    for part in ["items", "values"] {
        if let Some(part) = made.get_mut(part) {
            *part = within(part, &inner);
        }
    }
    if let Some(kind) = made.get_mut("type")
        && !kind.is_string()
    {
        *kind = within(kind, &inner);
    }
    for field in made.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
        field["type"] = within(&field["type"], &inner);
    }
    made.into()
}

fn full(name: &str, space: &str) -> String {
    if name.contains('.') || space.is_empty() { name.to_owned() } else { format!("{space}.{name}") }
}

/// Gives a type another name, in its definition and wherever it is referred to. With full names only.
pub(super) fn rename(schema: &mut Value, from: &str, to: &str) {
    match schema {
        Value::String(name) if name == from => to.clone_into(name),
        Value::Array(branches) => branches.iter_mut().for_each(|branch| rename(branch, from, to)),
        Value::Object(entries) => {
            if entries.get("name").and_then(Value::as_str) == Some(from) {
                entries.insert("name".to_owned(), to.into());
                entries.remove("namespace");
                if !to.contains('.') {
                    entries.insert("namespace".to_owned(), json!(""));
                }
            }
            for part in ["type", "items", "values"] {
                if let Some(part) = entries.get_mut(part) {
                    rename(part, from, to);
                }
            }
            for field in entries.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
                rename(&mut field["type"], from, to);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_full() {
        let schema = json!({"type": "record", "name": "R", "namespace": "n", "aliases": ["S", "m.T"], "fields": [
            {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"]}},
            {"name": "f", "type": ["null", "E", {"type": "array", "items": "R"}]},
        ]});
        let mut full = full_names(&schema);
        assert_eq!(full["name"], "n.R");
        assert_eq!(full["aliases"], json!(["n.S", "m.T"]));
        assert_eq!(full["fields"][0]["type"]["name"], "n.E");
        assert_eq!(full["fields"][1]["type"], json!(["null", "n.E", {"type": "array", "items": "n.R"}]));
        rename(&mut full, "n.E", "F");
        assert_eq!(full["fields"][0]["type"]["namespace"], "");
        assert_eq!(full["fields"][1]["type"][1], "F");
    }
}
