//! Names to types.

use std::collections::HashMap;

use crate::avro::model::{TypeId, TypeRef};
use crate::avro::name::Name;
use crate::avro::read::{COMPLEX_WORDS, Definition, Draft, Reference, primitive};
use crate::avro::rules;
use crate::diagnostic::Diagnostic;
use crate::json::write_string;
use crate::near;

/// Replaces every reference by the type that it names. What stays unknown is reported and becomes faulty.
pub(super) fn resolve(draft: &mut Draft<'_>, roots: &mut [TypeRef]) {
    let references = std::mem::take(&mut draft.references);
    let mut names = Names::default();
    let mut ids = Vec::with_capacity(references.len());
    for reference in &references {
        let definition = find(reference, &draft.definitions);
        ids.push(definition.map_or(TypeId::FAULTY, |definition| definition.id));
        let Some(definition) = definition else {
            let fault = unknown(draft, reference, &mut names);
            draft.diagnostics.push(fault);
            continue;
        };
        let early = forward(reference, definition).then(|| forward_reference(draft, reference, definition));
        let outer = null_namespace_reference(draft, reference);
        draft.diagnostics.extend(early.into_iter().chain(outer));
    }
    let uses = draft.graph.types.iter_mut().flat_map(|ty| ty.kind.children_mut());
    for place in uses.chain(roots) {
        if let Some(index) = place.id.as_reference() {
            place.id = ids.get(index).copied().unwrap_or(TypeId::FAULTY);
        }
    }
}

/// The definition that a reference means: in the namespace around it or, when that has none, in the null namespace, as
/// the Java implementation looks it up; otherwise a name in the null namespace could not be named from within another.
fn find<'d, 'n>(reference: &Reference, definitions: &'d HashMap<Name, Definition<'n>>) -> Option<&'d Definition<'n>> {
    let name = Name::resolve(&reference.text, reference.namespace.as_deref());
    let outer = || definitions.get(&Name::new(&reference.text));
    definitions.get(&name).or_else(outer)
}

fn forward(reference: &Reference, definition: &Definition<'_>) -> bool {
    definition.file == reference.location.file && definition.node.span.start > reference.location.span.start
}

fn forward_reference(draft: &Draft<'_>, reference: &Reference, definition: &Definition<'_>) -> Diagnostic {
    let source = &draft.graph.sources[reference.location.file.index()];
    let message = format!("`{}` is used before it is defined", reference.text);
    Diagnostic::new(&rules::FORWARD_REFERENCE, message)
        .primary(source, reference.location.span, "")
        .secondary(source, definition.name_span, "defined here")
        .note("other implementations refuse this; the definition belongs where the name is first used")
}

fn null_namespace_reference(draft: &Draft<'_>, reference: &Reference) -> Option<Diagnostic> {
    let namespace = reference.namespace.as_deref()?;
    let name = Name::resolve(&reference.text, Some(namespace));
    if reference.text.contains('.') || draft.definitions.contains_key(&name) {
        return None;
    }
    let source = &draft.graph.sources[reference.location.file.index()];
    let message =
        format!("`{}` is not in the namespace `{namespace}`; that of the null namespace is taken", reference.text);
    let fault = Diagnostic::new(&rules::NULL_NAMESPACE_REFERENCE, message).primary(source, reference.location.span, "");
    Some(fault.note("only some implementations look there; a type that others refer to is best in a namespace"))
}

/// What is close to an unknown name, prepared when the first one is met.
#[derive(Default)]
struct Names {
    by_simple: Option<HashMap<String, Vec<Name>>>,
    searches: usize,
}

fn unknown(draft: &Draft<'_>, reference: &Reference, names: &mut Names) -> Diagnostic {
    let Reference { text, namespace, location } = reference;
    let source = &draft.graph.sources[location.file.index()];
    let message = format!("`{text}` is not defined");
    let mut fault = Diagnostic::new(&rules::UNKNOWN_TYPE, message).primary(source, location.span, "");
    if let Some(namespace) = namespace
        && !text.contains('.')
    {
        fault = fault.note(format!("looked for `{namespace}.{text}` and `{text}`"));
    }
    if COMPLEX_WORDS.contains(&&**text) {
        return fault.note(format!("a complex type is an object of its own: {{\"type\": \"{text}\", …}}"));
    }
    if &**text == "union" {
        return fault.note("a union is written as a JSON array of its branches");
    }
    match nearest(draft, text, names) {
        None => fault,
        Some(better) => {
            let mut literal = String::new();
            write_string(&better, &mut literal);
            fault.suggest(source, location.span, format!("did you mean `{better}`?"), literal)
        }
    }
}

fn nearest(draft: &Draft<'_>, text: &str, names: &mut Names) -> Option<String> {
    let lower = text.to_lowercase();
    if let Some((_, ours)) = FOREIGN_WORDS.iter().find(|(foreign, _)| *foreign == lower) {
        return Some((*ours).to_owned());
    }
    if primitive(&lower).is_some() {
        return Some(lower);
    }
    let by_simple = names.by_simple.get_or_insert_with(|| {
        let mut by_simple: HashMap<String, Vec<Name>> = HashMap::new();
        for name in draft.definitions.keys() {
            by_simple.entry(name.simple().to_owned()).or_default().push(name.clone());
        }
        for names in by_simple.values_mut() {
            names.sort();
        }
        by_simple
    });
    let simple = Name::new(text);
    if let Some(elsewhere) = by_simple.get(simple.simple()).and_then(|names| names.first()) {
        return Some(elsewhere.full().to_owned());
    }
    names.searches += draft.definitions.len();
    if names.searches > near::MOST_COMPARISONS || text.len() > 200 {
        return None;
    }
    let defined = draft.definitions.keys().flat_map(|name| [(name.simple(), name), (name.full(), name)]);
    let primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
    let defined = defined.map(|(key, name)| (key, name.full()));
    near::nearest(text, defined.chain(primitives.map(|word| (word, word))))
}

/// What other languages call the primitive types, in lower case.
static FOREIGN_WORDS: [(&str, &str); 17] = [
    ("binary", "bytes"),
    ("bool", "boolean"),
    ("byte", "bytes"),
    ("float32", "float"),
    ("float64", "double"),
    ("i32", "int"),
    ("i64", "long"),
    ("int32", "int"),
    ("int64", "long"),
    ("integer", "int"),
    ("none", "null"),
    ("number", "double"),
    ("str", "string"),
    ("text", "string"),
    ("uint32", "long"),
    ("utf8", "string"),
    ("varchar", "string"),
];
