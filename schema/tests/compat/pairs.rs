//! Random pairs of schemas: one, and what it became by some changes.

use fastrand::Rng;

/// A type as it is written.
#[derive(Clone)]
pub(crate) enum Type {
    Plain(&'static str),
    Logical(&'static str, &'static str),
    Decimal(u32, u32),
    Record { name: String, aliases: Vec<String>, fields: Vec<Field> },
    Enum { name: String, symbols: Vec<String>, default: bool },
    Fixed { name: String, size: u32 },
    Array(Box<Type>),
    Map(Box<Type>),
    Union(Vec<Type>),
}

#[derive(Clone)]
pub(crate) struct Field {
    name: String,
    aliases: Vec<String>,
    ty: Type,
    default: bool,
}

const PLAIN: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// The texts of an old schema and a new one.
pub(crate) fn pair(seed: u64) -> (String, String) {
    let mut maker = Maker { rng: Rng::with_seed(seed), names: 0 };
    let old = maker.ty(0, true);
    let mut new = old.clone();
    for _ in 0..maker.rng.usize(0..4) {
        maker.change(&mut new);
    }
    (old.text(), new.text())
}

struct Maker {
    rng: Rng,
    names: usize,
}

impl Maker {
    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    fn ty(&mut self, depth: usize, union: bool) -> Type {
        let most = if depth > 3 { 6 } else { 11 };
        match self.rng.usize(0..most) {
            0..=2 => Type::Plain(self.rng.choice(PLAIN).unwrap()),
            3 => Type::Logical("long", self.rng.choice(["timestamp-millis", "timestamp-micros"]).unwrap()),
            4 => Type::Decimal(self.rng.u32(4..6), self.rng.u32(0..2)),
            5 => self.enumeration(),
            6 => Type::Fixed { name: self.name("F"), size: self.rng.u32(0..4) },
            7 => Type::Array(Box::new(self.ty(depth + 1, true))),
            8 => Type::Map(Box::new(self.ty(depth + 1, true))),
            9 if union => self.union(depth),
            _ => self.record(depth),
        }
    }

    fn enumeration(&mut self) -> Type {
        let symbols = (0..self.rng.usize(1..4)).map(|symbol| format!("S{symbol}")).collect();
        Type::Enum { name: self.name("E"), symbols, default: self.rng.bool() }
    }

    fn record(&mut self, depth: usize) -> Type {
        let fields = (0..self.rng.usize(0..5)).map(|_| self.field(depth)).collect();
        Type::Record { name: self.name("R"), aliases: Vec::new(), fields }
    }

    fn field(&mut self, depth: usize) -> Field {
        Field { name: self.name("f"), aliases: Vec::new(), ty: self.ty(depth + 1, true), default: self.rng.bool() }
    }

    fn union(&mut self, depth: usize) -> Type {
        let mut branches: Vec<Type> = Vec::new();
        for _ in 0..self.rng.usize(1..4) {
            self.add_branch(depth, &mut branches);
        }
        Type::Union(branches)
    }

    fn add_branch(&mut self, depth: usize, branches: &mut Vec<Type>) {
        let branch = self.ty(depth + 1, false);
        if branches.iter().all(|known| known.branch() != branch.branch()) {
            let at = self.rng.usize(0..=branches.len());
            branches.insert(at, branch);
        }
    }

    /// Changes something, at the top or somewhere inside.
    fn change(&mut self, ty: &mut Type) {
        if self.rng.usize(0..3) > 0 && self.change_inside(ty) {
            return;
        }
        match ty {
            Type::Record { name, aliases, fields } => match self.rng.usize(0..6) {
                0 => {
                    let former = std::mem::replace(name, format!("{name}x"));
                    if self.rng.bool() {
                        aliases.push(former);
                    }
                }
                1 | 2 if !fields.is_empty() => drop(fields.remove(self.rng.usize(0..fields.len()))),
                3 if !fields.is_empty() => {
                    let field = &mut fields[0];
                    let former = field.name.clone();
                    field.name.push('x');
                    if self.rng.bool() {
                        field.aliases.push(former);
                    }
                }
                4 => self.rng.shuffle(fields),
                _ => fields.push(self.field(3)),
            },
            Type::Enum { symbols, default, name } => match self.rng.usize(0..4) {
                0 => symbols.push(format!("S{}", symbols.len() + 5)),
                1 if symbols.len() > 1 => drop(symbols.pop()),
                2 => *default = !*default,
                _ => name.push('x'),
            },
            Type::Fixed { size, .. } if self.rng.bool() => *size += 1,
            Type::Union(branches) if self.rng.bool() => self.add_branch(3, branches),
            Type::Union(branches) if branches.len() > 1 => drop(branches.pop()),
            Type::Decimal(precision, _) if self.rng.bool() => *precision += 1,
            Type::Plain(word) if self.rng.bool() => {
                *word = match *word {
                    "int" => "long",
                    "long" | "float" => "double",
                    "string" => "bytes",
                    _ => "string",
                }
            }
            other if self.rng.bool() && !matches!(other, Type::Union(_)) && other.branch() != "null" => {
                *other = Type::Union(vec![Type::Plain("null"), other.clone()]);
            }
            other => {
                // Within a union another type might be there twice.
                *other = self.record(3);
            }
        }
    }

    fn change_inside(&mut self, ty: &mut Type) -> bool {
        match ty {
            Type::Record { fields, .. } if !fields.is_empty() => {
                let at = self.rng.usize(0..fields.len());
                self.change(&mut fields[at].ty);
                true
            }
            Type::Array(inner) | Type::Map(inner) => {
                self.change(inner);
                true
            }
            Type::Union(branches) => {
                let at = self.rng.usize(0..branches.len());
                if let Type::Record { fields, .. } = &mut branches[at]
                    && !fields.is_empty()
                {
                    let field = self.rng.usize(0..fields.len());
                    self.change(&mut fields[field].ty);
                    return true;
                }
                false
            }
            _ => false,
        }
    }
}

impl Type {
    fn branch(&self) -> &str {
        match self {
            Self::Plain(word) | Self::Logical(word, _) => word,
            Self::Decimal(..) => "bytes",
            Self::Record { name, .. } | Self::Enum { name, .. } | Self::Fixed { name, .. } => name,
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Plain(word) => format!("{word:?}"),
            Self::Logical(word, logical) => format!(r#"{{"type": "{word}", "logicalType": "{logical}"}}"#),
            Self::Decimal(precision, scale) => {
                format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}"#)
            }
            Self::Record { name, aliases, fields } => {
                let fields: Vec<_> = fields.iter().map(Field::text).collect();
                let fields = fields.join(",\n  ");
                format!(r#"{{"type": "record", "name": "{name}", "aliases": {aliases:?}, "fields": [{fields}]}}"#)
            }
            Self::Enum { name, symbols, default } => {
                let default = if *default { format!(r#", "default": "{}""#, symbols[0]) } else { String::new() };
                format!(r#"{{"type": "enum", "name": "{name}", "symbols": {symbols:?}{default}}}"#)
            }
            Self::Fixed { name, size } => format!(r#"{{"type": "fixed", "name": "{name}", "size": {size}}}"#),
            Self::Array(items) => format!(r#"{{"type": "array", "items": {}}}"#, items.text()),
            Self::Map(values) => format!(r#"{{"type": "map", "values": {}}}"#, values.text()),
            Self::Union(branches) => {
                format!("[{}]", branches.iter().map(Self::text).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn default(&self) -> String {
        match self {
            Self::Plain("null") => "null".to_owned(),
            Self::Plain("boolean") => "true".to_owned(),
            Self::Plain("string" | "bytes") | Self::Decimal(..) => r#""a""#.to_owned(),
            Self::Plain(_) | Self::Logical(..) => "1".to_owned(),
            Self::Record { fields, .. } => {
                let fields: Vec<_> =
                    fields.iter().map(|field| format!("{:?}: {}", field.name, field.ty.default())).collect();
                format!("{{{}}}", fields.join(", "))
            }
            Self::Enum { symbols, .. } => format!("{:?}", symbols[0]),
            Self::Fixed { size, .. } => format!("{:?}", "a".repeat(*size as usize)),
            Self::Array(_) => "[]".to_owned(),
            Self::Map(_) => "{}".to_owned(),
            Self::Union(branches) => branches[0].default(),
        }
    }
}

impl Field {
    fn text(&self) -> String {
        let Self { name, aliases, ty, default } = self;
        let default = if *default { format!(r#", "default": {}"#, ty.default()) } else { String::new() };
        format!(r#"{{"name": "{name}", "aliases": {aliases:?}, "type": {}{default}}}"#, ty.text())
    }
}
