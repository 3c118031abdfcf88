//! The messages of services as structs.

use std::collections::HashMap;
use std::sync::Arc;

use crate::thrift::{
    Field, Function, Head, Location, Program, Requiredness, ServiceId, Struct, StructId, StructKind, TypeId,
};

/// A program in which the messages of its services are structs, as they are on the wire: the arguments of a function with their
/// ids, and the answer as a union of the result, whose id is 0, and the exceptions.
///
/// The ids of the program that it was made from mean the same here.
#[derive(Debug, Clone)]
pub struct Messages {
    program: Program,
    calls: HashMap<(ServiceId, usize), Call>,
    /// The ways to the functions that structs are messages of.
    paths: HashMap<StructId, Message>,
}

/// The two messages of a function. Of one that is oneway the answer is never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The arguments.
    pub arguments: StructId,
    /// The answer.
    pub answer: StructId,
}

/// Whose message a struct is.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// The service that has the function in its text.
    pub(crate) service: ServiceId,
    pub(crate) function: Box<str>,
    pub(crate) is_answer: bool,
}

impl Messages {
    /// Adds the messages of all services to a program.
    pub fn of(program: &Program) -> Self {
        let mut graph = (*program.graph).clone();
        let (mut calls, mut paths) = (HashMap::new(), HashMap::new());
        for (index, service) in program.services().iter().enumerate() {
            let id = ServiceId::at(index);
            for (position, function) in service.functions.iter().enumerate() {
                let mut add = |structure: Struct, is_answer| {
                    graph.structs.push(structure);
                    let at = StructId::at(graph.structs.len() - 1);
                    paths.insert(at, Message { service: id, function: function.head.name.clone(), is_answer });
                    at
                };
                let name = |what| format!("{}.{}_{what}", service.head.name, function.head.name);
                let arguments = structure(name("args"), function, StructKind::Struct, function.arguments.clone());
                let answer = structure(name("result"), function, StructKind::Union, answers(function));
                let call = Call { arguments: add(arguments, false), answer: add(answer, true) };
                calls.insert((id, position), call);
            }
        }
        Self { program: Program { graph: Arc::new(graph) }, calls, paths }
    }

    /// The program with the messages.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The messages of a function, by its position among the service's own.
    pub fn call(&self, service: ServiceId, function: usize) -> Option<Call> {
        self.calls.get(&(service, function)).copied()
    }

    /// Whose message a struct is, if it is one.
    pub(crate) fn message(&self, id: StructId) -> Option<&Message> {
        self.paths.get(&id)
    }
}

fn structure(name: String, function: &Function, kind: StructKind, fields: Vec<Field>) -> Struct {
    let head = Head { name: name.into(), annotations: Vec::new(), structured: Vec::new(), ..function.head.clone() };
    let by_id = fields.iter().enumerate().map(|(position, field)| (field.id, position)).collect();
    let by_name = fields.iter().enumerate().map(|(position, field)| (field.head.name.clone(), position)).collect();
    Struct { head, kind, fields, by_id, by_name }
}

/// What an answer is one of.
fn answers(function: &Function) -> Vec<Field> {
    let success = (function.result.id != TypeId::VOID).then(|| {
        let location = Location { span: function.result.span, ..function.head.location };
        let head = Head {
            name: "success".into(),
            location,
            span: location.span,
            doc: None,
            annotations: Vec::new(),
            structured: Vec::new(),
        };
        Field {
            head,
            id: 0,
            has_written_id: true,
            requiredness: Requiredness::Optional,
            ty: function.result.clone(),
            default: None,
            is_reference: false,
        }
    });
    let throws = function.throws.iter().cloned();
    let throws = throws.map(|field| Field { requiredness: Requiredness::Optional, ..field });
    success.into_iter().chain(throws).collect()
}
