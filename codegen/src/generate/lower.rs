//! From linked Avro schemas to the model.

use std::collections::HashMap;

use cognate_schema::avro::{self, FileId, Name, Schema, SchemaSet, TypeId, TypeKind};

use super::{
    model::{Arm, Default, ErrorFacts, Field, Fixed, Item, ItemId, ItemKind, ModuleId, Symbol, Type},
    modules::Modules,
    names::{Scope, pascal, snake},
    real::Real,
};
use crate::config::Config;

/// Adds what is to be generated for the schemas of some files, and for all that they name.
pub(super) fn lower(set: &SchemaSet, asked: &[FileId], config: &Config, modules: &mut Modules) {
    let mut named: Vec<TypeId> = asked.iter().flat_map(|&file| set.schema(file).named_types()).collect();
    named.sort_unstable();
    named.dedup();
    let Some(&first) = asked.first() else { return };
    let schema = set.schema(first);
    modules.model.schema = Some(schema.clone());
    let mut lowering = Lowering { schema, config, modules, items: HashMap::new() };
    lowering.name_items(&named);
    for &id in &named {
        lowering.define(id);
    }
    for &file in asked {
        lowering.root(set, file);
    }
}

struct Lowering<'c> {
    /// Any of the schemas that were linked together: they share their types.
    schema: Schema,
    config: &'c Config,
    modules: &'c mut Modules,
    items: HashMap<TypeId, ItemId>,
}

/// Where a type stands, for the names of what has none.
#[derive(Clone)]
struct Place {
    module: ModuleId,
    /// The name that an anonymous union gets.
    name: String,
    /// The item of the record around it, and the field there.
    owner: Option<(ItemId, String)>,
}

impl Lowering<'_> {
    /// Gives every named type its item before any is defined, since they name each other, and named types have the better
    /// claim to a name than anonymous unions.
    fn name_items(&mut self, named: &[TypeId]) {
        for &id in named {
            let ty = self.schema.ty(id);
            let (Some(name), logical) = (ty.kind.name().cloned(), ty.logical) else { continue };
            if let TypeKind::Fixed(_) = ty.kind
                && logical.is_some_and(|logical| Real::of(logical, self.config).is_some())
            {
                continue;
            }
            let module = self.modules.module(name.namespace());
            let item = self.modules.add_item(module, &pascal(name.simple()));
            let slot = &mut self.modules.model.items[item.0];
            name.simple().clone_into(&mut slot.schema_name);
            name.namespace().unwrap_or_default().clone_into(&mut slot.namespace);
            self.items.insert(id, item);
        }
    }

    /// Fills the item of a named type.
    fn define(&mut self, id: TypeId) {
        let Some(&item) = self.items.get(&id) else { return };
        let schema = self.schema.clone();
        let ty = schema.ty(id);
        let (kind, aliases, doc) = match &ty.kind {
            TypeKind::Record(record) => (self.record(record, item), &record.aliases, &record.doc),
            TypeKind::Enum(symbols) => (enumeration(symbols), &symbols.aliases, &symbols.doc),
            TypeKind::Fixed(fixed) => {
                (ItemKind::Fixed { size: fixed.size, logical: ty.logical }, &fixed.aliases, &fixed.doc)
            }
            _ => return,
        };
        let of_record = matches!(kind, ItemKind::Record { .. }).then(|| schema.at(id));
        let slot = &mut self.modules.model.items[item.0];
        slot.aliases = aliases.iter().map(|alias| relative(&alias.name, &slot.namespace)).collect();
        doc.as_deref().unwrap_or_default().clone_into(&mut slot.doc);
        slot.kind = kind;
        slot.schema = of_record.map(|schema| (schema.to_json(), schema.rabin()));
    }

    fn record(&mut self, record: &avro::Record, item: ItemId) -> ItemKind {
        let Item { module, name: owner, .. } = self.modules.model.item(item);
        let (module, owner) = (*module, owner.clone());
        let mut scope = Scope::default();
        let fields = record.fields.iter().map(|field| Field {
            name: scope.unique(&snake(&field.name)),
            schema_name: field.name.to_string(),
            ty: self.ty(
                field.ty.id,
                &Place {
                    module,
                    name: format!("{owner}{}", pascal(&field.name)),
                    owner: Some((item, field.name.to_string())),
                },
            ),
            aliases: field.aliases.iter().map(|alias| alias.name.to_string()).collect(),
            doc: field.doc.as_deref().unwrap_or_default().to_owned(),
            note: None,
            default: field.default.clone().map(Default::Avro),
            order: field.order,
            wire: None,
        });
        let fields = fields.collect();
        let error = record.is_error.then(ErrorFacts::default);
        ItemKind::Record { fields, error, unknown: None, has_zero: false }
    }

    fn ty(&mut self, id: TypeId, place: &Place) -> Type {
        let schema = self.schema.clone();
        let ty = schema.ty(id);
        let logical = ty.logical;
        if let Some(logical) = logical
            && let Some(real) = Real::of(logical, self.config)
        {
            return Type::Real { real, logical, fixed: fixed(&ty.kind) };
        }
        let within = |suffix| Place { name: format!("{}{suffix}", place.name), ..place.clone() };
        match &ty.kind {
            TypeKind::Null => Type::Null,
            TypeKind::Boolean => Type::Bool,
            TypeKind::Int => Type::Int(logical),
            TypeKind::Long => Type::Long(logical),
            TypeKind::Float => Type::Float,
            TypeKind::Double => Type::Double,
            TypeKind::Bytes => Type::Bytes(logical),
            TypeKind::String => Type::String(logical),
            TypeKind::Record(_) | TypeKind::Enum(_) | TypeKind::Fixed(_) => match self.items.get(&id) {
                Some(&id) => Type::Item { id, boxed: false },
                None => Type::Null,
            },
            TypeKind::Array(items) => Type::Array(Box::new(self.ty(items.id, &within("Item")))),
            TypeKind::Map(values) => {
                Type::Map(Box::new(Type::String(None)), Box::new(self.ty(values.id, &within("Value"))))
            }
            TypeKind::Union(branches) => match optional(&schema, branches) {
                Some((null_at, of)) => Type::Optional { union: Some(id), null_at, of: Box::new(self.ty(of, place)) },
                None => Type::Item { id: self.union(id, branches, place), boxed: false },
            },
        }
    }

    fn union(&mut self, id: TypeId, branches: &[avro::TypeRef], place: &Place) -> ItemId {
        let item = self.modules.add_item(place.module, &place.name);
        self.modules.model.items[item.0].owner.clone_from(&place.owner);
        let mut scope = Scope::default();
        let arms = branches.iter().map(|branch| {
            let kind = &self.schema.kind(branch.id);
            let variant = scope.unique(&pascal(kind.name().map_or(kind.word(), Name::simple)));
            let place = Place { name: format!("{}{variant}", place.name), ..place.clone() };
            let ty = (!is_null(&self.schema, branch)).then(|| self.ty(branch.id, &place));
            Arm { schema_name: snake(&variant), variant, ty, doc: String::new(), number: None }
        });
        self.modules.model.items[item.0].kind =
            ItemKind::Union { union: Some(id), arms: arms.collect(), unknown: None };
        item
    }

    /// A file whose schema has no name gets a type that is named after the file.
    fn root(&mut self, set: &SchemaSet, file: FileId) {
        let schema = set.schema(file);
        if schema.kind(schema.root()).name().is_some() {
            return;
        }
        let path = set.files().nth(file.index()).map_or("", |(path, _)| path);
        let stem = std::path::Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or("schema");
        let place = Place { module: ModuleId(0), name: pascal(stem), owner: None };
        let item = match self.ty(schema.root(), &place) {
            Type::Item { id, .. } => id,
            ty => {
                let item = self.modules.add_item(ModuleId(0), &place.name);
                self.modules.model.items[item.0].kind = ItemKind::Newtype { ty };
                item
            }
        };
        let slot = &mut self.modules.model.items[item.0];
        slot.doc = format!("The schema of `{}`.", super::file_name(path));
        slot.schema = Some((schema.to_json(), schema.rabin()));
    }
}

fn enumeration(symbols: &avro::Enum) -> ItemKind {
    let mut scope = Scope::default();
    let default = symbols.default;
    let symbols = symbols.symbols.iter().zip(0..).map(|(symbol, number)| Symbol {
        variant: scope.unique(&pascal(&symbol.name)),
        schema_name: symbol.name.to_string(),
        number,
        doc: String::new(),
    });
    ItemKind::Enum { symbols: symbols.collect(), default, unknown: None, synonyms: Vec::new() }
}

fn fixed(kind: &TypeKind) -> Option<Box<Fixed>> {
    let TypeKind::Fixed(fixed) = kind else { return None };
    let namespace = fixed.name.namespace().unwrap_or_default();
    Some(Box::new(Fixed {
        name: fixed.name.simple().to_owned(),
        namespace: namespace.to_owned(),
        aliases: fixed.aliases.iter().map(|alias| relative(&alias.name, namespace)).collect(),
        doc: fixed.doc.as_deref().unwrap_or_default().to_owned(),
        size: fixed.size,
    }))
}

/// The branch beside null, where a union is just these two.
fn optional(schema: &Schema, branches: &[avro::TypeRef]) -> Option<(u8, TypeId)> {
    match branches {
        [null, of] if is_null(schema, null) => Some((0, of.id)),
        [of, null] if is_null(schema, null) => Some((1, of.id)),
        _ => None,
    }
}

fn is_null(schema: &Schema, branch: &avro::TypeRef) -> bool {
    matches!(schema.kind(branch.id), TypeKind::Null)
}

/// A former name as a descriptor has it: simple within the same namespace, otherwise full.
fn relative(alias: &Name, namespace: &str) -> String {
    match alias.namespace() {
        None if namespace.is_empty() => alias.full().to_owned(),
        None => format!(".{}", alias.full()),
        Some(own) if own == namespace => alias.simple().to_owned(),
        Some(_) => alias.full().to_owned(),
    }
}
