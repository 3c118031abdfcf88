//! Ids that a struct's text keeps from being used again.
//!
//! Thrift has no word for it. What is understood is the annotation `(reserved = "3, 5-7")`, and comments in the struct.

use std::collections::BTreeSet;

use crate::source::Span;
use crate::thrift::{Program, Struct};

/// Whether something in the text of a struct tells that there was such an id: any comment with the number, or an annotation.
pub(super) fn is_told(program: &Program, structure: &Struct, id: i16) -> bool {
    annotated(structure).contains(&id) || comments(program, structure).any(|(text, _)| ids(text).contains(&id))
}

/// The place where a struct reserves an id: an annotation, or a comment that says so.
pub(super) fn place(program: &Program, structure: &Struct, id: i16) -> Option<Span> {
    if annotated(structure).contains(&id) {
        return Some(structure.head.location.span);
    }
    let says = |text: &str| says_reserved(text) && ids(text).contains(&id);
    comments(program, structure).find(|(text, _)| says(text)).map(|(_, span)| span)
}

/// All ids that a struct has or reserves.
pub(super) fn taken(program: &Program, structure: &Struct) -> BTreeSet<i16> {
    let mut taken = annotated(structure);
    let told = comments(program, structure).filter(|(text, _)| says_reserved(text));
    taken.extend(told.flat_map(|(text, _)| ids(text)));
    taken.extend(structure.fields.iter().map(|field| field.id));
    taken
}

fn annotated(structure: &Struct) -> BTreeSet<i16> {
    structure.head.annotation("reserved").map(ids).unwrap_or_default()
}

fn says_reserved(text: &str) -> bool {
    text.to_ascii_lowercase().contains("reserved")
}

/// The comments between the name of a struct and its end.
fn comments<'p>(program: &'p Program, structure: &Struct) -> impl Iterator<Item = (&'p str, Span)> {
    let document = &program[structure.head.location.file].document;
    let (start, end) = (structure.head.location.span.end, structure.head.span.end);
    let first = document.comments.partition_point(|comment| comment.span.start < start);
    let within = document.comments.iter().skip(first).take_while(move |comment| comment.span.start < end);
    within.map(|comment| (document.source.slice(comment.span), comment.span))
}

/// The numbers in a text, and those of ranges such as `5-7` and `5 to 7`.
fn ids(text: &str) -> BTreeSet<i16> {
    let mut ids = BTreeSet::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut last: Option<(i16, usize)> = None;
    let mut rest = 0;
    while let Some(start) = text.get(rest..).and_then(|tail| tail.find(is_word)).map(|at| rest + at) {
        let tail = text.get(start..).unwrap_or_default();
        let end = start + tail.find(|c| !is_word(c)).unwrap_or(tail.len());
        rest = end;
        let word = text.get(start..end).unwrap_or_default().trim_end_matches('.');
        let Ok(id) = word.parse::<i16>() else { continue };
        if let Some((from, behind)) = last.take()
            && matches!(text.get(behind..start).map(str::trim), Some("-" | "–" | "to" | "..=" | "through"))
        {
            ids.extend(from..=id);
        }
        ids.insert(id);
        last = Some((id, end));
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_are_found_in_comments() {
        let found = |text| ids(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found("// reserved: 3, 5-7 and 12."), [3, 5, 6, 7, 12]);
        assert_eq!(found("# 2 to 4 were names"), [2, 3, 4]);
        assert_eq!(found("/* 9: optional i32 old */"), [9]);
        assert_eq!(found("// v2 has i64, not a3 or 1.5 or 99999"), [0_i16; 0]);
    }
}
