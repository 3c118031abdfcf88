//! Services: traits with requests and answers.

use std::collections::HashMap;

use cognate_schema::{
    avro::Order,
    thrift::{self, Item as Named, ServiceId, TypeId},
};

use super::{Lowering, doc, namespace, optional};
use crate::{
    emit::Presence,
    generate::{
        model::{Answer, Exception, Field, Function, ItemId, ItemKind, ModuleId, Service, Type, Wire},
        names::{Scope, pascal, snake},
    },
};

impl Lowering<'_> {
    /// Adds the services, those that others extend first.
    pub(super) fn services(&mut self, named: &[Named]) {
        let mut positions = HashMap::new();
        let services = named.iter().filter_map(|item| if let Named::Service(id) = item { Some(*id) } else { None });
        for service in services {
            let mut line: Vec<ServiceId> =
                std::iter::successors(Some(service), |service| self.program[*service].extends).collect();
            while let Some(id) = line.pop() {
                if !positions.contains_key(&id) && !self.program[id].is_interaction {
                    let extends = self.program[id].extends.and_then(|extended| positions.get(&extended).copied());
                    let service = self.service(id, extends);
                    positions.insert(id, self.modules.model.services.len());
                    self.modules.model.services.push(service);
                }
            }
        }
    }

    fn service(&mut self, id: ServiceId, extends: Option<usize>) -> Service {
        let program = self.program;
        let service = &program[id];
        let namespace = namespace(program, service.head.location.file);
        let module = self.modules.module(Some(&namespace));
        let name = self.modules.type_name(module, &pascal(&service.head.name));
        let processor = self.modules.type_name(module, &format!("{name}Processor"));
        let mut scope = Scope::default();
        // Streams need more than one message for a call.
        let functions = service.functions.iter().filter(|function| function.streaming.is_none());
        let functions =
            functions.map(|function| self.function(module, &namespace, &name, &mut scope, function)).collect();
        Service { module, name, processor, doc: doc(&service.head), extends, functions }
    }

    fn function(
        &mut self,
        module: ModuleId,
        namespace: &str,
        service: &str,
        scope: &mut Scope,
        function: &thrift::Function,
    ) -> Function {
        let name = scope.unique(&snake(&function.head.name));
        let prefix = format!("{service}{}", pascal(&function.head.name));
        let mut fields = Scope::default();
        let arguments = function.arguments.iter().map(|field| self.field(None, field, &mut fields)).collect();
        let request = format!("The arguments of [`{service}::{name}`].");
        let schema_name = format!("{}_args", function.head.name);
        let arguments = self.record(module, namespace, (&format!("{prefix}Args"), schema_name, request), arguments);
        let answer = (!function.is_oneway).then(|| {
            let reply = format!("What [`{service}::{name}`] answers.");
            let (fields, success, exceptions) = self.answer(function);
            let schema_name = format!("{}_result", function.head.name);
            let record = self.record(module, namespace, (&format!("{prefix}Result"), schema_name, reply), fields);
            let error = (!exceptions.is_empty()).then(|| self.modules.type_name(module, &format!("{prefix}Error")));
            Answer { record, error, success, exceptions }
        });
        let (schema_name, doc) = (function.head.name.to_string(), doc(&function.head));
        Function { name, schema_name, doc, arguments, answer }
    }

    fn answer(&self, function: &thrift::Function) -> (Vec<Field>, Option<Type>, Vec<Exception>) {
        let mut names = Scope::default();
        let mut field = |name: &str, number: i16, ty: &Type| Field {
            name: names.unique(&snake(name)),
            schema_name: name.to_owned(),
            ty: optional(ty.clone()),
            aliases: Vec::new(),
            doc: String::new(),
            note: None,
            default: None,
            order: Order::Ascending,
            wire: Some(Wire { number: number.into(), presence: Presence::Explicit }),
        };
        let success = (function.result.id != TypeId::VOID).then(|| self.ty(function.result.id));
        // Thrift Binary protocol, "Response struct": the result has the id 0.
        let mut fields: Vec<Field> = success.iter().map(|ty| field("success", 0, ty)).collect();
        let mut variants = Scope::default();
        variants.unique(APPLICATION);
        let exceptions = function.throws.iter().map(|thrown| {
            let ty = self.ty(thrown.ty.id);
            let added = field(&thrown.head.name, thrown.id, &ty);
            let exception =
                Exception { variant: variants.unique(&pascal(&thrown.head.name)), field: added.name.clone(), ty };
            fields.push(added);
            exception
        });
        let exceptions = exceptions.collect();
        (fields, success, exceptions)
    }

    fn record(
        &mut self,
        module: ModuleId,
        namespace: &str,
        (name, schema_name, doc): (&str, String, String),
        fields: Vec<Field>,
    ) -> ItemId {
        let id = self.modules.add_item(module, name);
        let slot = &mut self.modules.model.items[id.0];
        slot.schema_name = schema_name;
        namespace.clone_into(&mut slot.namespace);
        slot.doc = doc;
        slot.kind = ItemKind::Record { fields, error: None, unknown: None, has_zero: true };
        id
    }
}

/// The variant of a function's error for failures of the call itself.
pub(in crate::generate) const APPLICATION: &str = "Application";
