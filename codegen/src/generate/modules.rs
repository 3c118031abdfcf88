//! A model as it is built: modules by their namespaces, and names that are unique in them.

use std::collections::HashMap;

use super::{
    model::{Item, ItemId, ItemKind, Model, Module, ModuleId},
    names::{self, Scope},
    recursion,
};

/// A model to which modules and items are added.
pub(super) struct Modules {
    pub(super) model: Model,
    /// Whether items have a second name, for borrowed data.
    with_views: bool,
    by_namespace: HashMap<Option<String>, ModuleId>,
    scopes: Vec<Scopes>,
}

/// The names of a module.
struct Scopes {
    /// Types and modules.
    types: Scope,
    /// Constants and functions.
    values: Scope,
}

impl Scopes {
    fn new() -> Self {
        Self { types: Scope::of_types(), values: Scope::default() }
    }
}

impl Modules {
    pub(super) fn new(with_views: bool) -> Self {
        let root = Module { path: Vec::new(), children: Vec::new() };
        Self {
            model: Model { modules: vec![root], ..Model::default() },
            with_views,
            by_namespace: HashMap::from([(None, ModuleId(0))]),
            scopes: vec![Scopes::new()],
        }
    }

    /// The model that is complete: with boxes for what would contain itself, and lifetimes for what borrows.
    pub(super) fn finish(self) -> Model {
        let mut model = self.model;
        recursion::box_circles(&mut model);
        recursion::find_borrowing(&mut model);
        model
    }

    /// The module of a dotted namespace.
    pub(super) fn module(&mut self, namespace: Option<&str>) -> ModuleId {
        let key = namespace.map(str::to_owned);
        if let Some(&module) = self.by_namespace.get(&key) {
            return module;
        }
        let (outer, last) = match namespace.unwrap_or_default().rsplit_once('.') {
            Some((outer, last)) => (Some(outer), last),
            None => (None, namespace.unwrap_or_default()),
        };
        let outer = self.module(outer);
        let name = self.scopes[outer.0].types.unique(&names::module(last));
        let path = self.model.modules[outer.0].path.iter().cloned().chain([name]).collect();
        let module = ModuleId(self.model.modules.len());
        self.model.modules.push(Module { path, children: Vec::new() });
        self.model.modules[outer.0].children.push(module);
        self.scopes.push(Scopes::new());
        self.by_namespace.insert(key, module);
        module
    }

    /// Adds an item under a name like the one that is asked for. What it is, is said later.
    pub(super) fn add_item(&mut self, module: ModuleId, name: &str) -> ItemId {
        let scope = &mut self.scopes[module.0].types;
        let name = scope.unique(name);
        let view = self.with_views.then(|| scope.unique(&format!("{name}View")));
        let id = ItemId(self.model.items.len());
        self.model.items.push(Item {
            module,
            schema_name: name.clone(),
            name,
            view,
            owner: None,
            borrows: false,
            namespace: String::new(),
            aliases: Vec::new(),
            doc: String::new(),
            kind: ItemKind::Enum { symbols: Vec::new(), default: None, unknown: None, synonyms: Vec::new() },
            schema: None,
        });
        id
    }

    /// A name for a type that is no item like the one that is asked for.
    pub(super) fn type_name(&mut self, module: ModuleId, name: &str) -> String {
        self.scopes[module.0].types.unique(name)
    }

    /// A name for a constant or function like the one that is asked for.
    pub(super) fn value_name(&mut self, module: ModuleId, name: &str) -> String {
        self.scopes[module.0].values.unique(name)
    }
}
