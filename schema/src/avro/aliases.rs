//! Aliases are subject to the same uniqueness as names, specification section "Aliases".

use std::collections::HashMap;
use std::sync::Arc;

use crate::avro::model::{Record, Type, TypeKind};
use crate::avro::read::Draft;
use crate::avro::rules;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};

/// Reports aliases that are taken: of fields within their record, of types among all that are linked together.
pub(super) fn check(draft: &mut Draft<'_>) {
    let graph = &draft.graph;
    let mut faults = Vec::new();
    let mut seen: HashMap<&str, (&Arc<SourceFile>, Span)> = HashMap::new();
    for ty in &graph.types {
        let Some(source) = graph.sources.get(ty.location.file.index()) else { continue };
        for alias in ty.kind.aliases() {
            let name = alias.name.full();
            let definition = draft.definitions.get(&alias.name);
            let taken = definition.map(|first| (&graph.sources[first.file.index()], first.name_span));
            match taken.or(seen.get(name).copied()) {
                Some(earlier) => faults.push(fault(name, (source, alias.span), earlier)),
                None => {
                    seen.insert(name, (source, alias.span));
                }
            }
        }
        if let Type { kind: TypeKind::Record(record), .. } = ty {
            check_fields(record, source, &mut faults);
        }
    }
    draft.diagnostics.extend(faults);
}

fn check_fields(record: &Record, source: &Arc<SourceFile>, faults: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for alias in record.fields.iter().flat_map(|field| &field.aliases) {
        let taken = record.field(&alias.name).map(|field| field.name_span);
        match taken.or(seen.get(&*alias.name).copied()) {
            Some(earlier) => faults.push(fault(&alias.name, (source, alias.span), (source, earlier))),
            None => {
                seen.insert(&alias.name, alias.span);
            }
        }
    }
}

type Place<'a> = (&'a Arc<SourceFile>, Span);

fn fault(name: &str, alias: Place<'_>, earlier: Place<'_>) -> Diagnostic {
    Diagnostic::new(&rules::DUPLICATE_ALIAS, format!("the alias `{name}` is already a name here"))
        .primary(alias.0, alias.1, "")
        .secondary(earlier.0, earlier.1, "first here")
        .note("data with this name could be read as either of the two")
}
