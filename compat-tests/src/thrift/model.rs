//! Structs, as a file for Cognate and as a description for the judge, neither made from the other.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// A file of structs and enums. The first struct is the one that is written and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The structs.
    pub structs: Vec<Struct>,
    /// The enums.
    pub enums: Vec<Enum>,
}

/// A struct, union or exception, named by its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// Which of the three.
    pub kind: StructKind,
    /// The fields in the order of the text, which need not be that of the ids.
    pub fields: Vec<Field>,
}

/// The kinds of structs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructKind {
    /// Any of the fields.
    Struct,
    /// One of the fields.
    Union,
    /// A struct that functions throw.
    Exception,
}

/// A field, named by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The id.
    pub id: i16,
    /// Whether it must be there.
    pub need: Need,
    /// The type.
    pub ty: Type,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// No.
    Optional,
    /// Nothing is said.
    Unsaid,
}

/// An enum, named by its position: the numbers of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// The numbers, all different.
    pub numbers: Vec<i32>,
}

/// The types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `float`, of fbthrift
    Float,
    /// `double`
    Double,
    /// `string`
    String,
    /// `binary`
    Binary,
    /// `uuid`, of Apache Thrift
    Uuid,
    /// An enum by its position.
    Enum(usize),
    /// A struct by its position.
    Struct(usize),
    /// `list<…>`
    List(Box<Type>),
    /// `set<…>`
    Set(Box<Type>),
    /// `map<…, …>`
    Map(Box<Type>, Box<Type>),
}

impl Model {
    /// The name of the struct that is written and read.
    pub const ROOT: &'static str = "S0";
    /// The type of the values that are written and read.
    pub const ROOT_TYPE: Type = Type::Struct(0);

    /// The text of the file.
    pub fn idl(&self) -> String {
        let mut text = String::new();
        for (position, item) in self.enums.iter().enumerate() {
            let values: Vec<String> =
                item.numbers.iter().map(|number| format!("{} = {number}", symbol(*number))).collect();
            let _ = writeln!(text, "enum E{position} {{ {} }}", values.join(", "));
        }
        for (position, item) in self.structs.iter().enumerate() {
            let word = match item.kind {
                StructKind::Struct => "struct",
                StructKind::Union => "union",
                StructKind::Exception => "exception",
            };
            let _ = writeln!(text, "{word} S{position} {{");
            for field in &item.fields {
                let need = match field.need {
                    Need::Required => "required ",
                    Need::Optional => "optional ",
                    Need::Unsaid => "",
                };
                let _ = writeln!(text, "  {}: {need}{} {}", field.id, word_of(&field.ty), field.name());
            }
            text.push_str("}\n");
        }
        text
    }

    /// The description in the judges' protocol.
    pub fn description(&self) -> Value {
        let field = |field: &Field| {
            json!({
                "id": field.id, "name": field.name(), "type": described(&field.ty), "required": field.need == Need::Required,
            })
        };
        let structs = self.structs.iter().enumerate();
        let entry = |(position, item): (usize, &Struct)| {
            (format!("S{position}"), item.fields.iter().map(field).collect::<Value>())
        };
        structs.map(entry).collect::<Map<_, _>>().into()
    }
}

impl Field {
    /// The name.
    pub fn name(&self) -> String {
        if self.id < 0 { format!("m{}", self.id.unsigned_abs()) } else { format!("f{}", self.id) }
    }
}

fn symbol(number: i32) -> String {
    if number < 0 { format!("M{}", number.unsigned_abs()) } else { format!("N{number}") }
}

fn word_of(ty: &Type) -> String {
    match ty {
        Type::Enum(position) => format!("E{position}"),
        Type::Struct(position) => format!("S{position}"),
        Type::List(element) => format!("list<{}>", word_of(element)),
        Type::Set(element) => format!("set<{}>", word_of(element)),
        Type::Map(key, value) => format!("map<{}, {}>", word_of(key), word_of(value)),
        scalar => word(scalar).to_owned(),
    }
}

fn described(ty: &Type) -> Value {
    match ty {
        // The judge has nothing to do with names of numbers.
        Type::Enum(_) => json!("i32"),
        Type::Struct(position) => json!({"struct": format!("S{position}")}),
        Type::List(element) => json!({"list": described(element)}),
        Type::Set(element) => json!({"set": described(element)}),
        Type::Map(key, value) => json!({"map": [described(key), described(value)]}),
        scalar => word(scalar).into(),
    }
}

fn word(scalar: &Type) -> &'static str {
    match scalar {
        Type::Bool => "bool",
        Type::I8 => "i8",
        Type::I16 => "i16",
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::Float => "float",
        Type::Double => "double",
        Type::String => "string",
        Type::Binary => "binary",
        Type::Uuid => "uuid",
        Type::Enum(_) | Type::Struct(_) | Type::List(_) | Type::Set(_) | Type::Map(..) => unreachable!("no scalar"),
    }
}
