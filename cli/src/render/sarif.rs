//! SARIF 2.1.0.

use cognate_schema::diagnostic::{Label, LabelKind, Rule};
use cognate_schema::{Diagnostic, Severity};
use serde_json::{Value, json};

use super::{Report, full_message};

pub(super) fn render(report: &Report) -> String {
    let mut rules: Vec<&'static Rule> = Vec::new();
    let mut results = Vec::new();
    for (file, diagnostic) in report.diagnostics() {
        let rule_index = rules.iter().position(|rule| rule.id == diagnostic.rule.id).unwrap_or_else(|| {
            rules.push(diagnostic.rule);
            rules.len() - 1
        });
        results.push(result(diagnostic, rule_index, &file.path));
    }
    super::json_text(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "cognate",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.reference},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(diagnostic: &Diagnostic, rule_index: usize, path: &str) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.id,
        "ruleIndex": rule_index,
        "level": level(diagnostic.severity),
        "message": {"text": full_message(diagnostic)},
        "locations": [match diagnostic.place() {
            Some(label) => location(label),
            None => json!({"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}),
        }],
    });
    let related: Vec<_> = diagnostic.labels.iter().filter(|label| label.kind == LabelKind::Secondary).collect();
    if !related.is_empty()
        && let Some(result) = result.as_object_mut()
    {
        let related = related.into_iter().map(|label| {
            let mut place = location(label);
            if let Some(place) = place.as_object_mut() {
                place.insert("message".to_owned(), json!({"text": label.message}));
            }
            place
        });
        result.insert("relatedLocations".to_owned(), related.collect());
    }
    result
}

fn location(label: &Label) -> Value {
    let (start, end) = (label.start(), label.end());
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(label.source.path())},
        "region": {
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        },
    }})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A path as a URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => out.push(char::from(byte)),
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]),
        }
    }
    out
}

fn hex_digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or_default().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uris() {
        assert_eq!(super::uri("a b/ü:%.avsc"), "a%20b/%C3%BC%3A%25.avsc");
    }
}
