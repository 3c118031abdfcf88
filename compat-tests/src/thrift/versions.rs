//! Random files of definitions, and changes of them: what the next version of a schema may look like, from the usual changes to
//! those that nobody should make.

mod changes;
mod random;

use std::fmt::Write as _;

pub use self::changes::changed;
pub use self::random::definitions;

/// The definitions of two files, `t.thrift` and `b.thrift`, which the first includes.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// All of them, in the order of the text.
    pub all: Vec<Definition>,
}

/// A definition.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What stays when it gets another name: types refer to it by this.
    pub key: u32,
    /// The name.
    pub name: String,
    /// Whether it stands in the included file.
    pub is_included: bool,
    /// What it is.
    pub body: Body,
}

/// What a definition is.
#[derive(Clone, Debug)]
pub enum Body {
    /// `struct`, `union` or `exception`, with their fields; the ids are written, or not.
    Struct(&'static str, Vec<Field>, bool),
    /// The names and numbers; these are written, or not.
    Enum(Vec<(String, i32)>, bool),
    /// Another name for a type.
    Typedef(Type),
    /// What it extends, and its functions.
    Service(Option<u32>, Vec<Function>),
}

/// A field or an argument.
#[derive(Clone, Debug)]
pub struct Field {
    /// The id, where ids are written.
    pub id: i16,
    /// The name.
    pub name: String,
    /// `required `, `optional ` or nothing.
    pub need: &'static str,
    /// The type.
    pub ty: Type,
    /// Whether it has a default, for types that it is easily written for, and which one.
    pub default: Option<u8>,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// The name.
    pub name: String,
    /// Whether there is no answer.
    pub is_oneway: bool,
    /// The result.
    pub result: Option<Type>,
    /// The arguments.
    pub arguments: Vec<Field>,
    /// The exceptions.
    pub throws: Vec<Field>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// One of the language's.
    Base(&'static str),
    /// A definition.
    Of(u32),
    /// `list<…>`
    List(Box<Type>),
    /// `set<…>`
    Set(Box<Type>),
    /// `map<…, …>`
    Map(Box<Type>, Box<Type>),
}

impl Definitions {
    /// The texts of the two files, the one that includes the other first.
    pub fn texts(&self) -> [String; 2] {
        [false, true].map(|is_included| {
            let mut text = if is_included { String::new() } else { "include \"b.thrift\"\n".to_owned() };
            for definition in self.all.iter().filter(|definition| definition.is_included == is_included) {
                self.write(definition, &mut text);
            }
            text
        })
    }

    fn get(&self, key: u32) -> Option<&Definition> {
        self.all.iter().find(|definition| definition.key == key)
    }

    fn write(&self, definition: &Definition, text: &mut String) {
        let (name, within) = (&definition.name, definition.is_included);
        // Writing to a string does not fail.
        let _ = match &definition.body {
            Body::Struct(word, fields, with_ids) => {
                writeln!(text, "{word} {name} {{\n{}}}", self.fields(fields, *with_ids, within, "  ", "\n"))
            }
            Body::Enum(values, with_numbers) => {
                let value = |(name, number): &(String, i32)| {
                    if *with_numbers { format!("{name} = {number}") } else { name.clone() }
                };
                writeln!(text, "enum {name} {{ {} }}", values.iter().map(value).collect::<Vec<_>>().join(", "))
            }
            Body::Typedef(ty) => writeln!(text, "typedef {} {name}", self.word(ty, within)),
            Body::Service(extends, functions) => {
                let extends = extends.and_then(|key| self.get(key));
                let extends = extends.map_or_else(String::new, |parent| format!(" extends {}", parent.name));
                let functions: String = functions.iter().map(|function| self.function(function, within)).collect();
                writeln!(text, "service {name}{extends} {{\n{functions}}}")
            }
        };
    }

    fn function(&self, function: &Function, within: bool) -> String {
        let oneway = if function.is_oneway { "oneway " } else { "" };
        let result = function.result.as_ref().map_or_else(|| "void".to_owned(), |ty| self.word(ty, within));
        let arguments = self.fields(&function.arguments, true, within, "", ", ");
        let throws = match function.throws.as_slice() {
            [] => String::new(),
            fields => format!(" throws ({})", self.fields(fields, true, within, "", ", ")),
        };
        format!("  {oneway}{result} {}({arguments}){throws}\n", function.name)
    }

    fn fields(&self, fields: &[Field], with_ids: bool, within: bool, before: &str, behind: &str) -> String {
        let field = |field: &Field| {
            let id = if with_ids { format!("{}: ", field.id) } else { String::new() };
            let default = field.default.and_then(|number| default_of(&field.ty, number));
            let default = default.map_or_else(String::new, |default| format!(" = {default}"));
            format!("{before}{id}{}{} {}{default}{behind}", field.need, self.word(&field.ty, within), field.name)
        };
        fields.iter().map(field).collect()
    }

    fn word(&self, ty: &Type, within: bool) -> String {
        match ty {
            Type::Base(word) => (*word).to_owned(),
            // What is gone is a fault of the text, and the text is not taken.
            Type::Of(key) => self.get(*key).map_or_else(
                || "Gone".to_owned(),
                |of| if of.is_included && !within { format!("b.{}", of.name) } else { of.name.clone() },
            ),
            Type::List(item) => format!("list<{}>", self.word(item, within)),
            Type::Set(item) => format!("set<{}>", self.word(item, within)),
            Type::Map(key, value) => format!("map<{}, {}>", self.word(key, within), self.word(value, within)),
        }
    }
}

fn default_of(ty: &Type, number: u8) -> Option<String> {
    match ty {
        Type::Base("bool") => Some((number % 2 == 1).to_string()),
        Type::Base("i8" | "i16" | "i32" | "i64") => Some(number.to_string()),
        Type::Base("string") => Some(format!("\"{number}\"")),
        Type::List(item) | Type::Set(item) => Some(format!("[{}]", default_of(item, number)?)),
        _ => None,
    }
}
