//! `JUnit` XML: a test case per file, which fails if the file has errors.

use std::fmt::Write;

use cognate_schema::Diagnostic;

use super::{FileReport, Report};

pub(super) fn render(report: &Report) -> String {
    let failed = report.files.iter().filter(|file| has_errors(file)).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{}\" failures=\"{failed}\" errors=\"0\"", report.files.len());
    let _ = writeln!(out, "<testsuites {counts}>\n  <testsuite name=\"cognate\" {counts}>");
    for file in &report.files {
        let path = escape(&file.path);
        if file.diagnostics.is_empty() {
            let _ = writeln!(out, "    <testcase classname=\"schema\" name=\"{path}\"/>");
            continue;
        }
        let _ = writeln!(out, "    <testcase classname=\"schema\" name=\"{path}\">");
        if has_errors(file) {
            let errors = file.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
            let first = file.diagnostics.iter().find(|diagnostic| diagnostic.is_error());
            let (rule, message) = first.map_or(("", ""), |first| (first.rule.id, first.message.as_str()));
            let text = lines(errors);
            let _ = writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}\">{text}</failure>",
                escape(rule),
                escape(message)
            );
        }
        let warnings = lines(file.diagnostics.iter().filter(|diagnostic| !diagnostic.is_error()));
        if !warnings.is_empty() {
            let _ = writeln!(out, "      <system-out>{warnings}</system-out>");
        }
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn has_errors(file: &FileReport) -> bool {
    file.diagnostics.iter().any(Diagnostic::is_error)
}

fn lines<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(out, "{}", escape(&diagnostic.to_string()));
        for note in &diagnostic.notes {
            let _ = writeln!(out, "  note: {}", escape(note));
        }
    }
    out
}

/// What XML 1.0 has no way to write is replaced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(super::escape("<a b=\"c\">&\u{1}"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}");
    }
}
