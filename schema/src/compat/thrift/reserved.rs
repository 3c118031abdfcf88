//! Ids and numbers that the text of a definition keeps from being used again.
//!
//! Thrift has no word for it. What is understood is the annotation `(reserved = "3, 5-7")`, and lines of the comments in the
//! definition: those that say that numbers are reserved or removed, and those that were a field or a value.

use std::ops::RangeInclusive;

use crate::source::Span;
use crate::thrift::{Enum, File, Head, Program, Struct};

/// Words for what became of numbers.
const GONE: [&str; 5] = ["reserved", "removed", "retired", "deleted", "obsolete"];
/// Words for the same behind a number and a colon.
const FORMER: [&str; 3] = ["was", "were", "formerly"];
/// Words before numbers that are not those of fields.
const DATED: [&str; 7] = ["version", "release", "since", "in", "before", "until", "after"];
/// The words for types without parameters.
const TYPES: [&str; 11] = ["bool", "byte", "i8", "i16", "i32", "i64", "float", "double", "string", "binary", "uuid"];

/// What is reserved in a definition, with the places that say so.
#[derive(Default)]
pub(super) struct Reserved(Vec<(RangeInclusive<i32>, Span)>);

impl Reserved {
    /// The ids that a struct reserves.
    pub(super) fn in_struct(program: &Program, structure: &Struct) -> Self {
        let file = &program[structure.head.location.file];
        Self::of(file, &structure.head, |line| {
            let (ids, rest) = numbered(line)?;
            is_field(file, rest).then_some(ids)
        })
    }

    /// The numbers that an enum reserves.
    pub(super) fn in_enum(program: &Program, enumeration: &Enum) -> Self {
        Self::of(&program[enumeration.head.location.file], &enumeration.head, |line| Some(vec![value(line)?]))
    }

    /// Adds what the same definition reserves in another version.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The place that reserves a number.
    pub(super) fn place(&self, number: i32) -> Option<Span> {
        self.0.iter().find(|(range, _)| range.contains(&number)).map(|(_, span)| *span)
    }

    /// The first number behind another that is not reserved.
    pub(super) fn free_behind(&self, number: i32) -> Option<i32> {
        let mut ranges: Vec<_> = self.0.iter().map(|(range, _)| range).collect();
        ranges.sort_unstable_by_key(|range| *range.start());
        ranges.into_iter().fold(number.checked_add(1), |free, range| match free {
            Some(free) if range.contains(&free) => range.end().checked_add(1),
            free => free,
        })
    }

    /// `former` tells the numbers of a line that was a part of the definition.
    fn of(file: &File, head: &Head, former: impl Fn(&str) -> Option<Vec<RangeInclusive<i32>>>) -> Self {
        let annotated = head.annotation("reserved").map(numbers).unwrap_or_default();
        let mut all: Vec<_> = annotated.into_iter().map(|range| (range, head.location.span)).collect();
        for (text, span) in comments(file, head) {
            all.extend(in_comment(text, &former).into_iter().map(|range| (range, span)));
        }
        Self(all)
    }
}

/// The comments between the name of a definition and its end.
fn comments<'p>(file: &'p File, head: &Head) -> impl Iterator<Item = (&'p str, Span)> {
    let document = &file.document;
    let (start, end) = (head.location.span.end, head.span.end);
    let first = document.comments.partition_point(|comment| comment.span.start < start);
    let within = document.comments.iter().skip(first).take_while(move |comment| comment.span.start < end);
    within.map(|comment| (document.source.slice(comment.span), comment.span))
}

fn in_comment(comment: &str, former: &dyn Fn(&str) -> Option<Vec<RangeInclusive<i32>>>) -> Vec<RangeInclusive<i32>> {
    let is_reserved = has(comment, &GONE[..1]);
    let mut found = Vec::new();
    for line in comment.lines() {
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '*' | '#' | '!'));
        if let Some(ranges) = former(line) {
            found.extend(ranges);
        } else if let Some((ranges, rest)) = numbered(line) {
            found.extend(ranges.into_iter().filter(|_| is_told(rest) || has(rest, &FORMER)));
        } else if is_told(line) || is_reserved && is_list(line) {
            found.extend(numbers(line));
        }
    }
    found
}

/// Whether a text says of numbers that they are no more, or not to be used.
fn is_told(text: &str) -> bool {
    has(text, &GONE) || has(text, &["not", "never", "don"]) && has(text, &["use", "used", "reuse", "reused"])
}

fn has(text: &str, known: &[&str]) -> bool {
    words(text).any(|(_, word)| known.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

/// The numbers that a line starts with, before a colon or a word for what they were, and what is behind them.
fn numbered(line: &str) -> Option<(Vec<RangeInclusive<i32>>, &str)> {
    let behind_word = || {
        let (at, word) = words(line).find(|(_, word)| !is_listed(word))?;
        line.split_at_checked(at).filter(|_| has(word, &FORMER))
    };
    let (list, rest) = line.split_once(':').filter(|(list, _)| is_list(list)).or_else(behind_word)?;
    is_list(list).then(|| (numbers(list), rest))
}

/// Whether what stands behind an id was a field: a type, or a word that may stand before it, and a name.
fn is_field(file: &File, rest: &str) -> bool {
    let mut words = words(rest);
    let Some((at, word)) = words.next() else { return false };
    let behind = rest.get(at + word.len()..).unwrap_or_default().trim_start();
    match word {
        "required" | "optional" => words.next().is_some(),
        "list" | "set" | "map" => behind.starts_with('<'),
        _ => {
            let is_type =
                TYPES.contains(&word) || file.item(word).is_some() || word.trim_end_matches('.').contains('.');
            is_type && behind.starts_with(|c: char| c.is_alphabetic() || c == '_')
        }
    }
}

/// The number of what was an enum's value: `LARGE = 2`.
fn value(line: &str) -> Option<RangeInclusive<i32>> {
    let (name, rest) = line.split_once('=')?;
    let (name, rest) = (name.trim(), rest.trim_start());
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let number = match word.strip_prefix("0x") {
        Some(digits) => i32::from_str_radix(digits, 16).ok()?,
        None => word.parse().ok()?,
    };
    Some(number..=number)
}

/// Whether nothing but numbers is in a text.
fn is_list(text: &str) -> bool {
    let mut words = words(text).map(|(_, word)| word).peekable();
    words.peek().is_some() && words.all(is_listed)
}

/// Whether a word may be in a list of numbers.
fn is_listed(word: &str) -> bool {
    word.parse::<i32>().is_ok() || matches!(word, "to" | "through" | "and")
}

/// The numbers in a text, and the ranges such as `5-7` and `5 to 7`.
fn numbers(text: &str) -> Vec<RangeInclusive<i32>> {
    let mut found = Vec::new();
    let mut last: Option<(i32, usize)> = None;
    let mut before = "";
    for (start, word) in words(text) {
        let is_dated = DATED.iter().any(|dated| before.eq_ignore_ascii_case(dated));
        before = word;
        let Ok(number) = word.parse::<i32>() else { continue };
        if is_dated {
            continue;
        }
        if let Some((from, behind)) = last.take()
            && matches!(text.get(behind..start).map(str::trim), Some("-" | "–" | "to" | "through" | "..="))
        {
            found.push(from..=number);
        }
        found.push(number..=number);
        last = Some((number, start + word.len()));
    }
    found
}

/// The words of a text with their places; numbers with a point are one.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(|c| is_word(c) && c != '.')?;
        let tail = text.get(start..)?;
        let end = start + tail.find(|c| !is_word(c)).unwrap_or(tail.len());
        rest = end;
        Some((start, text.get(start..end)?.trim_end_matches('.')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(ranges: Vec<RangeInclusive<i32>>) -> Vec<i32> {
        let mut numbers: Vec<i32> = ranges.into_iter().flatten().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    #[test]
    fn numbers_and_ranges_are_found_in_texts() {
        let found = |text| listed(numbers(text));
        assert_eq!(found("reserved: 3, 5-7 and 12."), [3, 5, 6, 7, 12]);
        assert_eq!(found("2 to 4, 6 through 7"), [2, 3, 4, 6, 7]);
        assert_eq!(found("9 ..= 10; 7-5"), [5, 7, 9, 10]);
        assert_eq!(found("v2 has i64, not a3 or 1.5 or 99999999999, since 3, in 2024"), [0_i32; 0]);
    }

    #[test]
    fn comments_reserve_what_they_say() {
        let program = Program::parse("struct Item {}").unwrap();
        let file = &program.files()[0];
        let former = |line: &str| {
            let (ids, rest) = numbered(line)?;
            is_field(file, rest).then_some(ids)
        };
        let found = |text| listed(in_comment(text, &former));
        for (text, ids) in [
            ("// 2: reserved, was 7 once", &[2][..]),
            ("// reserved: 3, 5-7", &[3, 5, 6, 7]),
            ("# 2-4: were names", &[2, 3, 4]),
            ("// id 2 was removed in version 3", &[2]),
            ("/* Reserved:\n * 3, 4\n * 8 to 9\n */", &[3, 4, 8, 9]),
            ("// 2 was b, 3 is c", &[2]),
            ("// do not use 2 and 5", &[2, 5]),
            ("// Don't reuse 2!", &[2]),
            // Fields that are commented out.
            ("// 2: optional i32 b (removed)", &[2]),
            ("# 2: i32 b = 5, obsolete", &[2]),
            ("//2:Item b", &[2]),
            ("// 2: base.Item b", &[2]),
            ("/*\n  2: i32 b,\n  3: map<i32, Item> c\n*/", &[2, 3]),
            // Others.
            ("/** 1: small\n * 2: very large\n * 3: as before, see 4 */", &[]),
            ("// 2", &[]),
            ("// the default is 2: i32 would do", &[]),
            ("// 2: i32", &[]),
            ("// 2 or 3 were possible", &[]),
            ("// what was 2 is 3 now", &[]),
        ] {
            assert_eq!(found(text), ids, "{text}");
        }
    }

    #[test]
    fn comments_in_enums_have_values() {
        let found = |text| listed(in_comment(text, &|line| Some(vec![value(line)?])));
        for (text, numbers) in [
            ("// LARGE = 2,", &[2][..]),
            ("/* A = 0x10 (old = \"1\")\n B = -3 */", &[-3, 16]),
            ("// 2: reserved, was LARGE", &[2]),
            ("// at size = 2 it is large", &[]),
        ] {
            assert_eq!(found(text), numbers, "{text}");
        }
    }

    #[test]
    fn what_is_free_is_not_reserved() {
        let span = Span { start: 0, end: 0 };
        let reserved = Reserved([5..=7, 3..=4, 8..=8, 20..=30].map(|range| (range, span)).to_vec());
        assert_eq!([2, 8, 19, 40].map(|number| reserved.free_behind(number)), [Some(9), Some(9), Some(31), Some(41)]);
        assert_eq!(reserved.free_behind(i32::MAX), None);
    }
}
