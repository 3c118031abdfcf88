//! Schemas from code instead of text.
//!
//! A [`Definition`] is put together by functions and methods and becomes a [`Schema`] by the same checks as a text. Names
//! are full names everywhere: one without a dot is in the null namespace, wherever it stands.
//!
//! ```
//! use cognate_schema::avro::build::{field, named, record, union};
//!
//! let list = record("util.List")
//!     .doc("A linked list")
//!     .field(field("value", named("long").logical("timestamp-millis")))
//!     .field(field("next", union([named("null"), named("util.List")])).default_json("null"));
//! let schema = list.schema()?;
//! assert_eq!(schema.named_types().len(), 1);
//! # Ok::<(), cognate_schema::Diagnostics>(())
//! ```

use crate::avro::model::{Order, Schema};
use crate::avro::read::primitive;
use crate::diagnostic::Diagnostics;
use crate::json::write_string;

/// A type that is being put together.
#[derive(Debug, Clone)]
#[must_use]
pub struct Definition {
    ty: Type,
    name: Option<String>,
    fields: Option<Vec<FieldDefinition>>,
    common: Common,
}

/// A field that is being put together.
#[derive(Debug, Clone)]
#[must_use]
pub struct FieldDefinition {
    name: String,
    ty: Definition,
    common: Common,
}

#[derive(Debug, Clone)]
enum Type {
    Word(&'static str),
    Name(String),
    Union(Vec<Definition>),
    Container(&'static str, &'static str, Box<Definition>),
}

/// What types and fields have in common.
#[derive(Debug, Clone, Default)]
struct Common {
    aliases: Vec<String>,
    /// Keys and JSON texts.
    members: Vec<(String, String)>,
}

/// A primitive type, or a type that is defined elsewhere in the schema, by its full name.
pub fn named(name: impl Into<String>) -> Definition {
    definition(Type::Name(name.into()))
}

/// A record without fields.
pub fn record(full_name: impl Into<String>) -> Definition {
    let fields = Some(Vec::new());
    Definition { name: Some(full_name.into()), fields, ..definition(Type::Word("record")) }
}

/// An error without fields, which is a record in all but name.
pub fn error(full_name: impl Into<String>) -> Definition {
    let fields = Some(Vec::new());
    Definition { name: Some(full_name.into()), fields, ..definition(Type::Word("error")) }
}

/// An enum.
pub fn enumeration<S: AsRef<str>>(full_name: impl Into<String>, symbols: impl IntoIterator<Item = S>) -> Definition {
    let definition = Definition { name: Some(full_name.into()), ..definition(Type::Word("enum")) };
    definition.property("symbols", strings(symbols))
}

/// A fixed of so many bytes.
pub fn fixed(full_name: impl Into<String>, size: u32) -> Definition {
    let definition = Definition { name: Some(full_name.into()), ..definition(Type::Word("fixed")) };
    definition.property("size", size.to_string())
}

/// An array.
pub fn array(items: Definition) -> Definition {
    definition(Type::Container("array", "items", Box::new(items)))
}

/// A map from strings.
pub fn map(values: Definition) -> Definition {
    definition(Type::Container("map", "values", Box::new(values)))
}

/// A union.
pub fn union(branches: impl IntoIterator<Item = Definition>) -> Definition {
    definition(Type::Union(branches.into_iter().collect()))
}

/// A field of a record.
pub fn field(name: impl Into<String>, ty: Definition) -> FieldDefinition {
    FieldDefinition { name: name.into(), ty, common: Common::default() }
}

impl Definition {
    /// Adds a field to a record; has no effect on other types.
    pub fn field(mut self, field: FieldDefinition) -> Self {
        self.fields.get_or_insert_default().push(field);
        self
    }

    /// The documentation of a named type.
    pub fn doc(self, text: &str) -> Self {
        self.property("doc", string(text))
    }

    /// Adds a former name of a named type. Without a dot it is in the namespace of the type.
    pub fn alias(mut self, name: impl Into<String>) -> Self {
        self.common.aliases.push(name.into());
        self
    }

    /// The symbol of an enum that stands for those that a reader does not know.
    pub fn enum_default(self, symbol: &str) -> Self {
        self.property("default", string(symbol))
    }

    /// The logical type.
    pub fn logical(self, name: &str) -> Self {
        self.property("logicalType", string(name))
    }

    /// The logical type `decimal`.
    pub fn decimal(self, precision: u32, scale: u32) -> Self {
        self.logical("decimal").property("precision", precision.to_string()).property("scale", scale.to_string())
    }

    /// Adds any attribute. The value is JSON text.
    pub fn property(mut self, key: impl Into<String>, json: impl Into<String>) -> Self {
        self.common.members.push((key.into(), json.into()));
        self
    }

    /// The definition as JSON text, not yet checked.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// The definition as a checked schema.
    ///
    /// # Errors
    ///
    /// All problems of the definition; their places are in the text of [`Definition::to_json`].
    pub fn schema(&self) -> Result<Schema, Diagnostics> {
        Schema::parse(self.to_json())
    }

    fn write(&self, out: &mut String) {
        let plain = self.name.is_none() && self.common.members.is_empty() && self.common.aliases.is_empty();
        if plain && matches!(self.ty, Type::Name(_) | Type::Union(_)) {
            return self.ty.write(out);
        }
        out.push_str("{\"type\":");
        self.ty.write(out);
        if let Type::Container(_, key, inner) = &self.ty {
            out.push_str(",\"");
            out.push_str(key);
            out.push_str("\":");
            inner.write(out);
        }
        if let Some(name) = &self.name {
            write_member("name", &string(name), out);
            if !name.contains('.') {
                write_member("namespace", "\"\"", out);
            }
        }
        if let Some(fields) = &self.fields {
            out.push_str(",\"fields\":[");
            for (index, field) in fields.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                field.write(out);
            }
            out.push(']');
        }
        self.common.write(out);
        out.push('}');
    }
}

impl FieldDefinition {
    /// The documentation.
    pub fn doc(self, text: &str) -> Self {
        self.property("doc", string(text))
    }

    /// The default, as JSON text.
    pub fn default_json(self, json: impl Into<String>) -> Self {
        self.property("default", json)
    }

    /// Adds a former name.
    pub fn alias(mut self, name: impl Into<String>) -> Self {
        self.common.aliases.push(name.into());
        self
    }

    /// The part that the field plays in comparing two records.
    pub fn order(self, order: Order) -> Self {
        self.property("order", string(order.word()))
    }

    /// Adds any attribute. The value is JSON text.
    pub fn property(mut self, key: impl Into<String>, json: impl Into<String>) -> Self {
        self.common.members.push((key.into(), json.into()));
        self
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"name\":");
        write_string(&self.name, out);
        out.push_str(",\"type\":");
        self.ty.write(out);
        self.common.write(out);
        out.push('}');
    }
}

impl Type {
    fn write(&self, out: &mut String) {
        match self {
            Self::Word(word) | Self::Container(word, ..) => write_string(word, out),
            Self::Name(name) if name.contains('.') || primitive(name).is_some() => write_string(name, out),
            Self::Name(name) => write_string(&format!(".{name}"), out),
            Self::Union(branches) => {
                out.push('[');
                for (index, branch) in branches.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    branch.write(out);
                }
                out.push(']');
            }
        }
    }
}

impl Common {
    fn write(&self, out: &mut String) {
        if !self.aliases.is_empty() {
            write_member("aliases", &strings(&self.aliases), out);
        }
        for (key, json) in &self.members {
            write_member(key, json, out);
        }
    }
}

fn definition(ty: Type) -> Definition {
    Definition { ty, name: None, fields: None, common: Common::default() }
}

fn write_member(key: &str, json: &str, out: &mut String) {
    out.push(',');
    write_string(key, out);
    out.push(':');
    out.push_str(json);
}

fn string(text: &str) -> String {
    let mut out = String::new();
    write_string(text, &mut out);
    out
}

fn strings<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| string(text.as_ref())).collect();
    format!("[{}]", texts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_can_be_built_parses() {
        let order = record("Order")
            .doc("An \"order\"")
            .alias("Purchase")
            .field(field("id", fixed("util.Id", 16).logical("uuid")).order(Order::Descending))
            .field(field("state", enumeration("State", ["NEW", "DONE"]).enum_default("NEW")).default_json("\"DONE\""))
            .field(field("price", named("bytes").decimal(9, 2)).doc("in euros").alias("cost"))
            .field(field("notes", map(array(named("string")))).property("pii", "true"))
            .field(field("parts", array(union([named("null"), named("Order"), named("util.Id")]))));
        let schema = order.schema().unwrap();
        let expected = r#"{"type":"record","name":"Order","doc":"An \"order\"","aliases":["Purchase"],"fields":[
            {"name":"id","type":{"type":"fixed","name":"util.Id","size":16,"logicalType":"uuid"},"order":"descending"},
            {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","DONE"],"default":"NEW"},
             "default":"DONE"},
            {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2},
             "doc":"in euros","aliases":["cost"]},
            {"name":"notes","type":{"type":"map","values":{"type":"array","items":"string"}},"pii":true},
            {"name":"parts","type":{"type":"array","items":["null","Order","util.Id"]}}]}"#;
        assert_eq!(schema, Schema::parse(expected).unwrap());
    }

    #[test]
    fn names_without_a_dot_stay_in_the_null_namespace() {
        let inner = record("Inner").field(field("outer", union([named("null"), named("a.Outer"), named("Inner")])));
        let schema = record("a.Outer").field(field("inner", inner)).schema().unwrap();
        assert!(schema.named("Inner").is_some());
        assert!(schema.named("a.Inner").is_none());
    }

    #[test]
    fn faults_are_reported_as_for_a_text() {
        let faults = union([named("Nowhere"), named("int"), named("int")]).schema().unwrap_err();
        let rules: Vec<_> = faults.errors().map(|fault| fault.rule.id).collect();
        assert_eq!(rules, ["avro/unknown-type", "avro/duplicate-union-branch"]);
    }
}
