//! Documentation out of comments.

const BLANK: [char; 2] = [' ', '\t'];

/// The text of a doc comment: without `/**` and `*/`, without the stars before its lines, without the indentation that all
/// of its lines share, and without empty lines at both ends.
pub(super) fn text(comment: &str) -> Box<str> {
    let inner = comment.strip_prefix("/**").and_then(|rest| rest.strip_suffix("*/")).unwrap_or(comment);
    let mut lines: Vec<&str> = inner.lines().map(str::trim_end).collect();
    let (first, rest) = lines.split_at_mut(1.min(inner.len()));
    if let Some(first) = first.first_mut() {
        // `/***` and the like.
        *first = first.trim_start_matches('*').trim_start_matches(BLANK);
    }
    if rest.iter().filter(|line| !line.is_empty()).all(|line| line.trim_start_matches(BLANK).starts_with('*')) {
        for line in &mut *rest {
            *line = line.trim_start_matches(BLANK).trim_start_matches('*');
        }
    }
    let indent = |line: &&str| line.len() - line.trim_start_matches(BLANK).len();
    let shared = rest.iter().filter(|line| !line.is_empty()).map(indent).min().unwrap_or(0);
    for line in &mut *rest {
        *line = line.get(shared..).unwrap_or("");
    }
    lines.join("\n").trim_matches('\n').into()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn stars_and_indentation_are_no_text() {
        for (comment, expected) in [
            ("/** One line. */", "One line."),
            ("/**\n * First\n *   more\n *\n * Last\n */", "First\n  more\n\nLast"),
            ("/**\r\n   Plain\r\n     in\r\n   here */", "Plain\n  in\nhere"),
            ("/** First\n    second */", "First\nsecond"),
            ("/** * */", "*"),
            ("/***********/", ""),
            ("/** \n*/", ""),
            ("/**é\n  x\n \u{3000}y*/", "é\n x\n\u{3000}y"),
        ] {
            assert_eq!(&*text(comment), expected, "{comment:?}");
        }
    }
}
