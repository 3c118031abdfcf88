//! From linked Thrift programs to the model.

mod facts;
mod json;
mod services;
mod values;

use std::collections::HashMap;

use cognate_schema::{
    avro::Order,
    thrift::{
        self, EnumId, FileId, Head, Item as Named, Program, Requiredness, StructId, StructKind, TypeId, TypedefId,
    },
};
use heck::ToShoutySnakeCase;

use self::facts::Facts;
pub(super) use self::services::APPLICATION;
use super::{
    model::{Arm, Constant, Default, ErrorFacts, Field, ItemId, ItemKind, ModuleId, Symbol, Type, Wire},
    modules::Modules,
    names::{Scope, pascal, snake},
};
use crate::{config::Config, emit::Presence};

/// Adds what is to be generated for the files that were asked for, and for all that they name.
pub(super) fn lower(program: &Program, config: &Config, modules: &mut Modules) {
    let mut lowering = Lowering {
        program,
        config,
        facts: Facts::of(program),
        modules,
        structs: HashMap::new(),
        enums: HashMap::new(),
        typedefs: HashMap::new(),
    };
    let named = facts::reached(program);
    for &item in &named {
        lowering.name(item);
    }
    for &item in &named {
        lowering.define(item);
    }
    lowering.services(&named);
    lowering.constants();
}

struct Lowering<'p> {
    program: &'p Program,
    config: &'p Config,
    facts: Facts,
    modules: &'p mut Modules,
    structs: HashMap<StructId, ItemId>,
    enums: HashMap<EnumId, ItemId>,
    typedefs: HashMap<TypedefId, ItemId>,
}

impl Lowering<'_> {
    /// Gives a definition its item before any is defined, since they name each other.
    fn name(&mut self, item: Named) {
        let program = self.program;
        let head = match item {
            Named::Struct(id) => &program[id].head,
            Named::Enum(id) => &program[id].head,
            Named::Typedef(id) => &program[id].head,
            Named::Service(_) => return,
        };
        let namespace = namespace(program, head.location.file);
        let module = self.modules.module(Some(&namespace));
        let id = self.modules.add_item(module, &pascal(&head.name));
        let slot = &mut self.modules.model.items[id.0];
        slot.schema_name = head.name.to_string();
        slot.namespace = namespace;
        slot.doc = doc(head);
        match item {
            Named::Struct(of) => drop(self.structs.insert(of, id)),
            Named::Enum(of) => drop(self.enums.insert(of, id)),
            Named::Typedef(of) => drop(self.typedefs.insert(of, id)),
            Named::Service(_) => {}
        }
    }

    fn define(&mut self, item: Named) {
        let (id, kind) = match item {
            Named::Struct(id) => (self.structs[&id], self.structure(id)),
            Named::Enum(id) => (self.enums[&id], enumeration(&self.program[id])),
            Named::Typedef(id) => (self.typedefs[&id], ItemKind::Alias { ty: self.ty(self.program[id].target.id) }),
            Named::Service(_) => return,
        };
        self.modules.model.items[id.0].kind = kind;
    }

    fn structure(&self, id: StructId) -> ItemKind {
        let structure = &self.program[id];
        let fields = &structure.fields;
        let mut scope = Scope::default();
        if structure.kind == StructKind::Union {
            let arms = fields.iter().map(|field| Arm {
                variant: scope.unique(&pascal(&field.head.name)),
                schema_name: field.head.name.to_string(),
                ty: Some(self.held(field)),
                doc: doc(&field.head),
                number: Some(field.id.into()),
            });
            let arms = arms.collect();
            let unknown = self.config.unknown_fields.then(|| scope.unique("Unknown"));
            return ItemKind::Union { union: None, arms, unknown };
        }
        let fields: Vec<Field> = fields.iter().map(|field| self.field(Some(id), field, &mut scope)).collect();
        let unknown = self.config.unknown_fields.then(|| scope.unique("unknown_fields"));
        let error = (structure.kind == StructKind::Exception).then(|| {
            let said = structure.head.annotation("message").unwrap_or("message");
            let message =
                fields.iter().find(|field| field.schema_name.eq_ignore_ascii_case(said) && is_text(&field.ty));
            ErrorFacts { message: message.map(|field| field.name.clone()) }
        });
        ItemKind::Record { fields, error, unknown, has_zero: self.facts.has_zero(id) }
    }

    fn field(&self, owner: Option<StructId>, field: &thrift::Field, scope: &mut Scope) -> Field {
        let default = self.facts.default(self.program, owner, field).cloned();
        let ty = self.held(field);
        let (ty, presence) = match field.requiredness {
            Requiredness::Required => (ty, Presence::Required),
            // Avro's unions have the branch of the default first.
            _ if self.facts.is_optional(self.program, owner, field) => (
                Type::Optional { union: None, null_at: default.is_some().into(), of: Box::new(ty) },
                Presence::Explicit,
            ),
            _ if default.is_some() => (ty, Presence::Explicit),
            _ => (ty, Presence::Implicit),
        };
        Field {
            name: scope.unique(&snake(&field.head.name)),
            schema_name: field.head.name.to_string(),
            ty,
            aliases: Vec::new(),
            doc: doc(&field.head),
            note: self.facts.left_out(self.program, owner, field),
            default: default.map(Default::Thrift),
            order: Order::Ascending,
            wire: Some(Wire { number: field.id.into(), presence }),
        }
    }

    /// The type of a field, boxed where the schema says that it is a reference.
    fn held(&self, field: &thrift::Field) -> Type {
        match self.ty(field.ty.id) {
            Type::Item { id, boxed } => Type::Item { id, boxed: boxed || field.is_reference },
            ty => ty,
        }
    }

    fn ty(&self, id: TypeId) -> Type {
        match self.program[id] {
            thrift::Type::Void => Type::Null,
            thrift::Type::Bool => Type::Bool,
            thrift::Type::I8 => Type::Byte,
            thrift::Type::I16 => Type::Short,
            thrift::Type::I32 => Type::Int(None),
            thrift::Type::I64 => Type::Long(None),
            thrift::Type::Float => Type::Float,
            thrift::Type::Double => Type::Double,
            thrift::Type::String => Type::String(None),
            thrift::Type::Binary => Type::Bytes(None),
            thrift::Type::Uuid => Type::Uuid { real: self.config.uuid },
            thrift::Type::List(of) => Type::Array(Box::new(self.ty(of))),
            thrift::Type::Set(of) => Type::Set(Box::new(self.ty(of))),
            thrift::Type::Map(key, of) => Type::Map(Box::new(self.ty(key)), Box::new(self.ty(of))),
            thrift::Type::Struct(id) => Type::Item { id: self.structs[&id], boxed: false },
            thrift::Type::Enum(id) => Type::Item { id: self.enums[&id], boxed: false },
            thrift::Type::Typedef(id) => match self.ty(self.program[id].target.id) {
                // Boxes have to reach the type itself.
                item @ Type::Item { .. } => item,
                of => Type::Alias { id: self.typedefs[&id], of: Box::new(of) },
            },
        }
    }

    fn constants(&mut self) {
        let program = self.program;
        for constant in program.constants() {
            let file = constant.head.location.file;
            if file.index() >= program.roots().len() {
                continue;
            }
            let module = self.modules.module(Some(&namespace(program, file)));
            let names = self.constant_names(module, &constant.head.name);
            let (doc, ty) = (doc(&constant.head), self.ty(constant.ty.id));
            let value = self.facts.is_complete(program, &constant.value).then(|| constant.value.clone());
            self.modules.model.constants.push(Constant { module, names, doc, ty, value });
        }
    }

    fn constant_names(&mut self, module: ModuleId, name: &str) -> (String, String) {
        let name = snake(name);
        (self.modules.value_name(module, &name.to_shouty_snake_case()), self.modules.value_name(module, &name))
    }
}

fn enumeration(definition: &thrift::Enum) -> ItemKind {
    let mut scope = Scope::default();
    let (mut symbols, mut synonyms): (Vec<Symbol>, Vec<_>) = (Vec::new(), Vec::new());
    let mut positions = HashMap::new();
    for value in &definition.values {
        let variant = scope.unique(&pascal(&value.head.name));
        if let Some(&position) = positions.get(&value.number) {
            synonyms.push((variant, position));
            continue;
        }
        positions.insert(value.number, symbols.len());
        let (schema_name, doc) = (value.head.name.to_string(), doc(&value.head));
        symbols.push(Symbol { variant, schema_name, number: value.number, doc });
    }
    ItemKind::Enum { symbols, default: None, unknown: Some(scope.unique("Unknown")), synonyms }
}

/// The namespace of a file in Rust: its own, or that for all languages, or the file's name.
fn namespace(program: &Program, file: FileId) -> String {
    let file = &program[file];
    file.namespace("rs").unwrap_or(&file.name).to_owned()
}

fn doc(head: &Head) -> String {
    head.doc.as_deref().unwrap_or_default().to_owned()
}

fn optional(ty: Type) -> Type {
    Type::Optional { union: None, null_at: 0, of: Box::new(ty) }
}

fn is_text(ty: &Type) -> bool {
    match ty.unnamed() {
        Type::String(_) => true,
        Type::Optional { of, .. } => is_text(of),
        _ => false,
    }
}
