//! The names that files define.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::thrift::document::{Definition, DefinitionKind, EnumValue as WrittenValue, Name};
use crate::thrift::link::{Id, Linker, Named, head, namespaces};
use crate::thrift::program::{
    Constant, ConstantId, Enum, EnumId, EnumValue, FileId, Head, Item, Location, Service, ServiceId, Struct, StructId,
    Typedef, TypedefId,
};
use crate::thrift::rules;
use crate::thrift::types::{TypeId, TypeRef};
use crate::thrift::value::Value;

impl<'a> Linker<'a> {
    /// Gives every definition its id, and enums their values.
    pub(super) fn name_definitions(&mut self) {
        for index in 0..self.loaded.len() {
            let file = FileId::at(index);
            self.name_includes(file);
            self.check_namespaces(file);
            for definition in &self.document(file).definitions {
                let id = match &definition.kind {
                    DefinitionKind::Const { .. } => Id::Constant(self.name_constant(file, definition)),
                    _ => Id::Item(self.name_item(file, definition)),
                };
                self.scopes[index].ids.push(id);
            }
        }
    }

    fn name_includes(&mut self, file: FileId) {
        for (number, include) in self.loaded[file.index()].includes.iter().enumerate() {
            self.scopes[file.index()].prefixes.entry(&include.prefix).or_default().push(number);
        }
    }

    fn check_namespaces(&mut self, file: FileId) {
        let mut first: HashMap<&str, &Name> = HashMap::new();
        for (scope, name) in namespaces(self.document(file)) {
            self.scopes[file.index()].namespaces.insert(&scope.text, name);
            if let Some(earlier) = first.insert(&scope.text, scope) {
                let message = format!("`{}` has a namespace already; this one counts", scope.text);
                let (at, other) = (Location { file, span: scope.span }, Location { file, span: earlier.span });
                self.report_with(&rules::DUPLICATE_NAMESPACE, at, message, other, "the other one");
            }
        }
    }

    fn name_constant(&mut self, file: FileId, definition: &'a Definition) -> ConstantId {
        let id = ConstantId::at(self.constants.len());
        let head = head!(file, definition, definition.span);
        self.constants.push(Constant {
            head,
            ty: TypeRef::faulty(definition.name.span),
            value: Value::List(Vec::new()),
        });
        let name: &'a str = &definition.name.text;
        if let Some(first) = self.scopes[file.index()].constants.get(name).copied() {
            let other = self.constants[first.index()].head.location;
            let at = Location { file, span: definition.name.span };
            self.duplicate(&definition.name, at, other);
        } else {
            self.scopes[file.index()].constants.insert(name, id);
        }
        id
    }

    fn name_item(&mut self, file: FileId, definition: &'a Definition) -> Item {
        let head = head!(file, definition, definition.span);
        let span = definition.name.span;
        let item = match &definition.kind {
            DefinitionKind::Struct { kind, .. } => {
                let (fields, by_id, by_name) = (Vec::new(), HashMap::new(), HashMap::new());
                self.structs.push(Struct { head, kind: *kind, fields, by_id, by_name });
                Item::Struct(StructId::at(self.structs.len() - 1))
            }
            DefinitionKind::Enum(values) => {
                let id = EnumId::at(self.enums.len());
                let values = self.enum_values(file, values);
                self.enums.push(enumeration(head, values));
                Item::Enum(id)
            }
            DefinitionKind::Service { interaction, .. } => {
                let (extends, functions) = (None, Vec::new());
                self.services.push(Service { head, extends, functions, is_interaction: *interaction });
                Item::Service(ServiceId::at(self.services.len() - 1))
            }
            // A `senum` is a string; the targets of typedefs follow when all names are known.
            _ => {
                let target = TypeRef { id: TypeId::STRING, ..TypeRef::faulty(span) };
                self.typedefs.push(Typedef { head, target, true_type: TypeId::STRING });
                Item::Typedef(TypedefId::at(self.typedefs.len() - 1))
            }
        };
        let name: &'a str = &definition.name.text;
        match self.scopes[file.index()].names.get(name).copied() {
            Some(first) => {
                let other = Location { file, span: first.definition.name.span };
                self.duplicate(&definition.name, Location { file, span }, other);
            }
            None => {
                self.scopes[file.index()].names.insert(name, Named { item, file, definition });
            }
        }
        item
    }

    fn duplicate(&mut self, name: &Name, at: Location, other: Location) {
        let message = format!("`{}` is defined already", name.text);
        self.report_with(&rules::DUPLICATE_NAME, at, message, other, "first defined here");
    }

    fn enum_values(&mut self, file: FileId, written: &[WrittenValue]) -> Vec<EnumValue> {
        let mut values: Vec<EnumValue> = Vec::with_capacity(written.len());
        let mut first: HashMap<&str, &Name> = HashMap::new();
        let mut next = Some(0i32);
        for value in written {
            let at = Location { file, span: value.name.span };
            if let Some(earlier) = first.get(&*value.name.text) {
                let message = format!("the enum has `{}` already", value.name.text);
                let other = Location { file, span: earlier.span };
                self.report_with(&rules::DUPLICATE_VALUE, at, message, other, "first defined here");
                continue;
            }
            first.insert(&value.name.text, &value.name);
            let number = match value.number {
                Some(written) => i32::try_from(written.value).ok().or_else(|| {
                    let message = format!("{} does not fit into 32 bits", written.value);
                    self.report(&rules::ENUM_RANGE, Location { file, span: written.span }, message);
                    None
                }),
                None => next.or_else(|| {
                    let message = format!(
                        "the number after {}, which `{}` would have, does not fit into 32 bits",
                        i32::MAX,
                        value.name.text
                    );
                    self.report(&rules::ENUM_RANGE, at, message);
                    None
                }),
            };
            let number = number.unwrap_or_default();
            next = number.checked_add(1);
            let head = head!(file, value, value.name.span);
            values.push(EnumValue { head, number });
        }
        values
    }

    /// Reports names that files share with those that they include, where the generated code would collide.
    pub(super) fn check_collisions(&mut self) {
        for index in 0..self.loaded.len() {
            let file = FileId::at(index);
            self.check_prefixes(file);
            self.check_values_and_prefixes(file);
            let mut seen = HashSet::from([file]);
            for include in &self.loaded[index].includes {
                let Some(other) = include.file.filter(|other| seen.insert(*other)) else { continue };
                if self.same_namespaces(file, other) {
                    self.check_shared_names(file, other);
                }
            }
        }
    }

    fn check_shared_names(&mut self, file: FileId, other: FileId) {
        for definition in &self.document(file).definitions {
            if matches!(definition.kind, DefinitionKind::Const { .. }) {
                continue;
            }
            let Some(same) = self.scopes[other.index()].names.get(&*definition.name.text) else { continue };
            let other = Location { file: other, span: same.definition.name.span };
            self.duplicate(&definition.name, Location { file, span: definition.name.span }, other);
        }
    }

    /// Whether the definitions of two files end up in the same place in every language.
    fn same_namespaces(&self, one: FileId, other: FileId) -> bool {
        let of = |file: FileId, language: &str| {
            let namespaces = &self.scopes[file.index()].namespaces;
            namespaces.get(language).or_else(|| namespaces.get("*")).map_or("", |name| &name.text)
        };
        let all = |file: FileId, other: FileId| {
            let mut languages = self.scopes[file.index()].namespaces.keys();
            languages.all(|language| of(file, language) == of(other, language))
        };
        all(one, other) && all(other, one)
    }

    /// Reports includes with the same prefix, which is an error when both have a constant or an enum's value of one name.
    fn check_prefixes(&mut self, file: FileId) {
        let includes = &self.loaded[file.index()].includes;
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (number, include) in includes.iter().enumerate() {
            let Some(earlier) = first.insert(&include.prefix, number) else { continue };
            let shared = match (includes[earlier].file, include.file) {
                (Some(one), Some(other)) => self.shared_constant(one, other),
                _ => None,
            };
            let mut fault = Diagnostic::new(
                &rules::DUPLICATE_INCLUDE,
                format!("the names of this file have the prefix `{}`, as those of another include", include.prefix),
            );
            if let Some(name) = shared {
                fault = fault.with_severity(Severity::Error).note(format!("both have `{}.{name}`", include.prefix));
            }
            let source = self.source(file);
            let fault =
                fault.primary(source, include.span, "").secondary(source, includes[earlier].span, "the other one");
            self.diagnostics.push(fault);
        }
    }

    /// Reports values of enums that go by the same names as the constants of an included file: `base.MOST` is the value `MOST` of
    /// the enum `base`, and the constant of the file `base.thrift`.
    fn check_values_and_prefixes(&mut self, file: FileId) {
        let mut shared = Vec::new();
        for include in &self.loaded[file.index()].includes {
            let (Some(other), Some(named)) = (include.file, self.scopes[file.index()].names.get(&*include.prefix))
            else {
                continue;
            };
            let Item::Enum(id) = named.item else { continue };
            for value in &self.enums[id.index()].values {
                if let Some(constant) = self.scopes[other.index()].constants.get(&*value.head.name) {
                    let name = format!("{}.{}", include.prefix, value.head.name);
                    shared.push((name, value.head.location, self.constants[constant.index()].head.location));
                }
            }
        }
        for (name, at, other) in shared {
            let message = format!("`{name}` is a constant of an included file already");
            self.report_with(&rules::DUPLICATE_NAME, at, message, other, "defined here");
        }
    }

    fn shared_constant(&self, one: FileId, other: FileId) -> Option<String> {
        let (one, other) = (&self.scopes[one.index()], &self.scopes[other.index()]);
        let mut constants: Vec<&str> =
            one.constants.keys().filter(|name| other.constants.contains_key(*name)).copied().collect();
        constants.sort_unstable();
        let values = |item: Item| match item {
            Item::Enum(id) => self.enums.get(id.index()),
            _ => None,
        };
        let shared = |(name, named): (&&str, &Named<'_>)| {
            let other = values(other.names.get(name)?.item)?;
            let shared = values(named.item)?.values.iter().find(|value| other.value(&value.head.name).is_some())?;
            Some(format!("{name}.{}", shared.head.name))
        };
        constants.first().map(|name| (*name).to_owned()).or_else(|| one.names.iter().filter_map(shared).min())
    }
}

fn enumeration(head: Head, values: Vec<EnumValue>) -> Enum {
    let by_name = values.iter().enumerate().map(|(index, value)| (value.head.name.clone(), index)).collect();
    // The first of equal numbers stays.
    let by_number = values.iter().enumerate().rev().map(|(index, value)| (value.number, index)).collect();
    Enum { head, values, by_name, by_number }
}
