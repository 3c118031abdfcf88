//! Workflow commands of GitHub Actions, which appear as annotations: `::error file=…,line=…::message`.

use std::fmt::Write;

use cognate_schema::Severity;

use super::{Report, full_message, path_of};

pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    for (file, diagnostic) in report.diagnostics() {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = write!(out, "::{command} file={}", property(path_of(file, diagnostic)));
        if let Some(place) = diagnostic.place() {
            let (start, end) = (place.start(), place.end());
            let _ = write!(out, ",line={},endLine={}", start.line, end.line);
            // Columns belong to a single line only; the last one is included.
            if start.line == end.line {
                let last = end.column.saturating_sub(1).max(start.column);
                let _ = write!(out, ",col={},endColumn={last}", start.column);
            }
        }
        let rule = diagnostic.rule.id;
        let _ = writeln!(out, ",title={}::{} [{rule}]", property(rule), data(&full_message(diagnostic)));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_would_end_a_property_is_escaped() {
        assert_eq!(super::property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(super::data("a: b, c%"), "a: b, c%25");
    }
}
