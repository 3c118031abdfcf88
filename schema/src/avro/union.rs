//! The rules of unions, specification section "Unions".

use std::collections::HashMap;

use crate::avro::model::TypeKind;
use crate::avro::read::Draft;
use crate::avro::rules;
use crate::diagnostic::Diagnostic;

/// Reports unions in unions, types that a union has twice and unions of nothing.
pub(super) fn check(draft: &mut Draft<'_>) {
    let graph = &draft.graph;
    let mut faults = Vec::new();
    for ty in &graph.types {
        let TypeKind::Union(branches) = &ty.kind else { continue };
        let source = &graph.sources[ty.location.file.index()];
        if branches.is_empty() {
            let message = "this union has no branches, hence no values";
            faults.push(Diagnostic::new(&rules::EMPTY_UNION, message).primary(source, ty.location.span, ""));
        }
        let mut first = HashMap::new();
        for branch in branches {
            let Some(branch_type) = graph.types.get(branch.id.index()) else { continue };
            if matches!(branch_type.kind, TypeKind::Union(_)) {
                let fault = Diagnostic::new(&rules::NESTED_UNION, "a union may not immediately contain a union")
                    .primary(source, branch.location.span, "")
                    .note("list the branches of the inner union in the outer one");
                faults.push(fault);
                continue;
            }
            let name = branch_type.kind.branch_name();
            let Some(earlier) = first.insert(name, branch.location.span) else { continue };
            first.insert(name, earlier);
            let mut fault = Diagnostic::new(&rules::DUPLICATE_UNION_BRANCH, format!("`{name}` is in the union twice"))
                .primary(source, branch.location.span, "")
                .secondary(source, earlier, "first here");
            if branch_type.kind.name().is_none() {
                fault = fault.note(format!(
                    "a union may have one {name} only, whatever its logical type or contents; wrap one in a record"
                ));
            }
            faults.push(fault);
        }
    }
    draft.diagnostics.extend(faults);
}
