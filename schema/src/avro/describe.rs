//! Schemas of Rust types: what a type's descriptor says, as an Avro schema.

use std::collections::HashMap;

use cognate_codec::desc::{Alias, Name, RecordKind, SortOrder};
use cognate_codec::{EnumDesc, FieldDesc, FixedDesc, Logical, RecordDesc, Shape, TypeDesc, Typed, UnionDesc};

use crate::avro::build::{self, Definition, field, named, union};
use crate::avro::{Order, Schema, rules};
use crate::diagnostic::{Diagnostic, Diagnostics};

impl Schema {
    /// The schema of a Rust type: with it, the type's values can be written and read.
    ///
    /// Fixed types without a name of their own are named after their meaning and size, in the namespace of the record
    /// around them: `Fixed16`, `Duration12`.
    ///
    /// # Errors
    ///
    /// When the type has something that Avro has not, such as a map whose keys are numbers or an `Option` in an `Option`,
    /// or two different types have the same name.
    pub fn of<T: Typed>() -> Result<Self, Diagnostics> {
        Self::of_type(&T::TYPE)
    }

    /// The schema of a type that is known by its descriptor.
    ///
    /// # Errors
    ///
    /// As [`Schema::of`].
    pub fn of_type(ty: &TypeDesc) -> Result<Self, Diagnostics> {
        let mut describer = Describer::default();
        let definition = describer.ty(ty, "");
        if describer.faults.is_empty() { definition.schema() } else { Err(describer.faults.into()) }
    }
}

#[derive(Default)]
struct Describer {
    /// The full names that have a definition, and the names inside it, by which different definitions are told apart.
    defined: HashMap<String, Vec<&'static str>>,
    faults: Vec<Diagnostic>,
}

impl Describer {
    fn ty(&mut self, ty: &TypeDesc, namespace: &str) -> Definition {
        let Shape::Optional { null_at, of } = ty.shape else { return self.value(ty, namespace) };
        let mut branches = match of.shape {
            Shape::Union(arms) => self.arms(arms(), namespace),
            // The outer descriptor has the meaning of the place.
            _ => vec![self.value(&TypeDesc { shape: of.shape, ..*ty }, namespace)],
        };
        branches.insert(usize::from(null_at).min(branches.len()), named("null"));
        union(branches)
    }

    fn value(&mut self, ty: &TypeDesc, namespace: &str) -> Definition {
        let definition = match ty.shape {
            Shape::Null => named("null"),
            Shape::Bool => named("boolean"),
            Shape::Int8 | Shape::Int16 | Shape::UInt16 | Shape::Int32 => integer(ty.logical, "int"),
            Shape::Int64 | Shape::UInt32 | Shape::UInt64 => integer(ty.logical, "long"),
            Shape::Float32 => named("float"),
            Shape::Float64 => named("double"),
            Shape::String => named("string"),
            Shape::Bytes => named("bytes"),
            Shape::Fixed(desc) => return self.fixed(desc, ty.logical, namespace),
            Shape::Enum(desc) => return self.enumeration(desc),
            Shape::Record(desc) => return self.record(desc()),
            Shape::Union(arms) => return union(self.arms(arms(), namespace)),
            Shape::Optional { .. } => return self.ty(ty, namespace),
            Shape::List(of) | Shape::Set(of) => return build::array(self.ty(of, namespace)),
            Shape::Map { key, value } => {
                if !matches!(key.shape, Shape::String) {
                    self.fault(&rules::NOT_IN_AVRO, "Avro has no maps whose keys are other than strings".to_owned());
                }
                return build::map(self.ty(value, namespace));
            }
        };
        with_logical(definition, ty.logical)
    }

    fn arms(&mut self, union: &'static UnionDesc, namespace: &str) -> Vec<Definition> {
        union.arms.iter().map(|arm| self.ty(&arm.ty, namespace)).collect()
    }

    fn record(&mut self, desc: &'static RecordDesc) -> Definition {
        let full_name = full_name(desc.name);
        let fields: Vec<_> = desc.fields.iter().map(|field| field.name).collect();
        if self.is_defined(&full_name, &fields) {
            return named(full_name);
        }
        let mut definition = match desc.kind {
            RecordKind::Record => build::record(full_name),
            RecordKind::Error => build::error(full_name),
        };
        definition = with_doc_and_aliases(definition, desc.doc, desc.aliases);
        for desc_field in desc.fields {
            definition = definition.field(self.field(desc_field, desc.name.namespace));
        }
        definition
    }

    fn field(&mut self, desc: &'static FieldDesc, namespace: &str) -> build::FieldDefinition {
        let mut definition = field(desc.name, self.ty(&desc.ty, namespace));
        if !desc.doc.is_empty() {
            definition = definition.doc(desc.doc);
        }
        if let Some(default) = desc.default {
            definition = definition.default_json(default);
        }
        for alias in desc.aliases {
            definition = definition.alias(*alias);
        }
        match desc.order {
            SortOrder::Ascending => definition,
            SortOrder::Descending => definition.order(Order::Descending),
            SortOrder::Ignore => definition.order(Order::Ignore),
        }
    }

    fn enumeration(&mut self, desc: &'static EnumDesc) -> Definition {
        let full_name = full_name(desc.name);
        let symbols: Vec<_> = desc.symbols.iter().map(|symbol| symbol.name).collect();
        if self.is_defined(&full_name, &symbols) {
            return named(full_name);
        }
        let default = desc.default.and_then(|index| symbols.get(index).copied());
        let definition = with_doc_and_aliases(build::enumeration(full_name, symbols), desc.doc, desc.aliases);
        match default {
            Some(symbol) => definition.enum_default(symbol),
            None => definition,
        }
    }

    fn fixed(&mut self, desc: &'static FixedDesc, logical: Logical, namespace: &str) -> Definition {
        let full_name = if desc.name.name.is_empty() {
            let own = match logical {
                Logical::Decimal { precision, scale } => format!("Decimal{precision}_{scale}_{}", desc.size),
                Logical::Duration => format!("Duration{}", desc.size),
                Logical::Uuid => format!("Uuid{}", desc.size),
                _ => format!("Fixed{}", desc.size),
            };
            if namespace.is_empty() { own } else { format!("{namespace}.{own}") }
        } else {
            full_name(desc.name)
        };
        if self.is_defined(&full_name, &[]) {
            return named(full_name);
        }
        let Ok(size) = u32::try_from(desc.size) else {
            self.fault(&rules::NOT_IN_AVRO, format!("a fixed of {} bytes is larger than Avro's can be", desc.size));
            return named("bytes");
        };
        let definition = build::fixed(full_name, size);
        with_logical(with_doc_and_aliases(definition, desc.doc, desc.aliases), logical)
    }

    /// Whether a name has its definition already; another definition under the same name is a fault.
    fn is_defined(&mut self, full_name: &str, inside: &[&'static str]) -> bool {
        match self.defined.get(full_name) {
            None => {
                self.defined.insert(full_name.to_owned(), inside.to_vec());
                false
            }
            Some(first) => {
                if first != inside {
                    self.fault(
                        &rules::DUPLICATE_NAME,
                        format!("two different Rust types have the schema name `{full_name}`"),
                    );
                }
                true
            }
        }
    }

    fn fault(&mut self, rule: &'static crate::diagnostic::Rule, message: String) {
        self.faults.push(Diagnostic::new(rule, message));
    }
}

fn full_name(name: Name) -> String {
    if name.namespace.is_empty() { name.name.to_owned() } else { format!("{}.{}", name.namespace, name.name) }
}

fn with_doc_and_aliases(mut definition: Definition, doc: &str, aliases: &[Alias]) -> Definition {
    if !doc.is_empty() {
        definition = definition.doc(doc);
    }
    aliases.iter().fold(definition, |definition, alias| definition.alias(*alias))
}

/// The integer type that a logical type stands on, whatever width the Rust type has.
fn integer(logical: Logical, own: &'static str) -> Definition {
    named(match logical {
        Logical::Date | Logical::TimeMillis => "int",
        Logical::None => own,
        _ => "long",
    })
}

fn with_logical(definition: Definition, logical: Logical) -> Definition {
    let name = match logical {
        Logical::None => return definition,
        Logical::Decimal { precision, scale } => return definition.decimal(precision, scale),
        Logical::BigDecimal => "big-decimal",
        Logical::Uuid => "uuid",
        Logical::Date => "date",
        Logical::TimeMillis => "time-millis",
        Logical::TimeMicros => "time-micros",
        Logical::TimestampMillis => "timestamp-millis",
        Logical::TimestampMicros => "timestamp-micros",
        Logical::TimestampNanos => "timestamp-nanos",
        Logical::LocalTimestampMillis => "local-timestamp-millis",
        Logical::LocalTimestampMicros => "local-timestamp-micros",
        Logical::LocalTimestampNanos => "local-timestamp-nanos",
        Logical::Duration => "duration",
    };
    definition.logical(name)
}
