//! What a finding about Thrift definitions says that helps does help: it is done to the new text, and the finding is gone.

use std::collections::BTreeMap;
use std::ops::Range;

use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Finding, Level, Place, check};
use cognate_schema::thrift::{Item, Program};

const CASES: &str = include_str!("thrift.suite");

#[test]
fn fixes_help() {
    let mut helped: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unread = Vec::new();
    for case in CASES.split("\n=== ").skip(1) {
        let (title, texts) = case.split_once("\n---").unwrap().0.split_once('\n').unwrap();
        let texts: Vec<&str> = texts.split("\n>>>\n").collect();
        // What the text of several files or versions says is said of one as well.
        let (&[old, new], false) = (texts.as_slice(), texts[0].starts_with(">> ") || texts[1].starts_with(">> "))
        else {
            continue;
        };
        let found = findings(title, old, new).unwrap();
        for finding in &found {
            let Some((kind, mut fixed)) = fixed(finding, old, new) else { continue };
            if kind == "an id" {
                // Ids that have changed places go back together.
                fixed = with_ids(&found, new);
            }
            // What is to be kept may need a definition that is gone too.
            let Some(left) = findings(title, old, &fixed) else {
                unread.push((title, fixed));
                continue;
            };
            let is_left = |other: &Finding| other.rule.id() == finding.rule.id() && other.old.path == finding.old.path;
            assert!(
                !left.iter().any(is_left),
                "{title}: {:?} does not help:\n{fixed}\n{}",
                finding.fix,
                finding.message
            );
            *helped.entry(kind).or_default() += 1;
        }
    }
    let expected = [
        "an id",
        "another id",
        "as it was",
        "keep a field",
        "keep a method",
        "keep a value",
        "kind",
        "number",
        "optional",
        "reserve",
        "type",
    ];
    assert!(helped.keys().eq(&expected), "{helped:?}");
    assert!(unread.len() <= 3, "{unread:#?}");
}

fn findings(title: &str, old: &str, new: &str) -> Option<Vec<Finding>> {
    let read = |text: &str| Program::parse(text).map(|program| Definitions::roots(&program).remove(0));
    let olds = [read(old).unwrap_or_else(|problems| panic!("{title}: {problems}"))];
    Some(check(&read(new).ok()?, &olds, Level::Full).comparisons.remove(0).findings)
}

/// The new text as the fix has it, and what kind of fix that is; nothing for what is no change of the text.
fn fixed(finding: &Finding, old: &str, new: &str) -> Option<(&'static str, String)> {
    let fix = finding.fix.as_deref()?;
    let replaced = |range: Range<usize>, with: &str| {
        let mut text = new.to_owned();
        text.replace_range(range, with);
        text
    };
    let (old_range, new_range) = (range(&finding.old), range(&finding.new));
    let (before, after) = (&old[old_range.clone()], &new[new_range.clone()]);
    // The start of what stands in braces behind a name.
    let inside = || new_range.end + new[new_range.end..].find('{').unwrap() + 1;
    let inserted = |text: &str| replaced(inside()..inside(), &format!("\n{text}\n"));
    let quoted: Vec<&str> = fix.split('`').skip(1).step_by(2).collect();
    Some(match fix.split(' ').next()? {
        "make" => ("optional", replaced(new_range.clone(), &after.replace("required", "optional"))),
        "leave" if fix.contains("a comment such as") => ("reserve", inserted(quoted[0])),
        "leave" if fix.contains(" as it was") => ("as it was", replaced(new_range.clone(), before)),
        "leave" if fix.contains("another id for the new type") => ("type", replaced(new_range.clone(), before)),
        "leave" => {
            let word = fix.rsplit(' ').next()?;
            let start = new[..new_range.start].rfind('\n').map_or(0, |line| line + 1);
            ("kind", replaced(start..new_range.start, &format!("{word} ")))
        }
        "give" if fix.contains(" the id ") => {
            let id = fix.split(" the id ").nth(1)?.split(' ').next()?;
            let (_, rest) = after.split_once(':')?;
            ("an id", replaced(new_range.clone(), &format!("{id}:{rest}")))
        }
        "give" => {
            let number = number(old, &finding.old.path)?;
            let end = new_range.end + new[new_range.end..].find([',', '}']).unwrap();
            ("number", replaced(new_range.start..end, &format!("{after} = {number}")))
        }
        "take" => {
            let (_, rest) = after.split_once(':')?;
            let id = fix.rsplit(' ').next()?;
            ("another id", replaced(new_range.clone(), &format!("{id}:{rest}")))
        }
        "keep" if fix.contains("or always write it") => ("as it was", replaced(new_range.clone(), before)),
        "keep" if finding.old.path.contains("/values/") => {
            ("keep a value", inserted(&format!("{before} = {},", number(old, &finding.old.path)?)))
        }
        "keep" if finding.old.path.contains("/functions/") && !finding.old.path.contains("/arguments") => {
            ("keep a method", inserted(&function(old, before)?))
        }
        "keep" => ("keep a field", inserted(before)),
        _ => return None,
    })
}

/// The new text with the ids that findings say.
fn with_ids(findings: &[Finding], new: &str) -> String {
    let mut edits = Vec::new();
    for finding in findings {
        let Some((_, rest)) = finding.fix.as_ref().and_then(|fix| fix.split_once(" the id ")) else { continue };
        edits.push((range(&finding.new).start, rest.split(' ').next().unwrap()));
        if let Some((name, _)) = rest.split_once(", and `").and_then(|(_, rest)| rest.split_once('`')) {
            // Of the field's text only the name is known.
            let end = new.find(&format!(" {name}")).unwrap();
            let start = new[..end].rfind([',', '{', '(']).unwrap() + 1;
            edits.push((start + new[start..].find(|c: char| !c.is_whitespace()).unwrap(), "77"));
        }
    }
    edits.sort_unstable();
    let mut text = new.to_owned();
    for (start, id) in edits.into_iter().rev() {
        let colon = start + text[start..].find(':').unwrap();
        text.replace_range(start..colon, id);
    }
    text
}

fn range(place: &Place) -> Range<usize> {
    place.span.start as usize..place.span.end as usize
}

/// The number of a value of an enum, by the way to it.
fn number(text: &str, path: &str) -> Option<i32> {
    let program = Program::parse(text).ok()?;
    let (enumeration, value) = path.strip_prefix("/enums/")?.split_once("/values/")?;
    let Item::Enum(id) = program.find(enumeration)? else { return None };
    Some(program[id].value(value)?.number)
}

/// The text of a function.
fn function(text: &str, name: &str) -> Option<String> {
    let program = Program::parse(text).ok()?;
    let mut functions = program.services().iter().flat_map(|service| &service.functions);
    let span = functions.find(|function| *function.head.name == *name)?.head.span;
    Some(text[span.start as usize..span.end as usize].to_owned())
}
