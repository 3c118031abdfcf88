//! Documentation of schemas as doc comments.

use proc_macro2::TokenStream;
use quote::quote;

/// Doc comments with the text, line by line.
pub(super) fn attributes(doc: &str) -> TokenStream {
    let lines = lines(doc);
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The lines of a text, so that rustdoc takes none of it for an example in Rust, which it would compile and run.
fn lines(doc: &str) -> Vec<String> {
    let mut in_fence = false;
    let line = |line: &str| {
        let text = line.trim_start();
        if text.starts_with("```") || text.starts_with("~~~") {
            in_fence = !in_fence;
            let (fence, language) = text.split_at(text.len() - text.trim_start_matches(['`', '~']).len());
            return if in_fence && means_rust(language.trim()) {
                format!("{fence}text")
            } else {
                text.trim_end().to_owned()
            };
        }
        let indent = &line[..line.len() - text.len()];
        // Four spaces or a tab make a code block.
        let makes_block = !in_fence && (indent.len() > 3 || indent.contains('\t'));
        format!("{}{}", if makes_block { "   " } else { indent }, text.trim_end())
    };
    doc.trim_matches(['\n', '\r']).lines().map(line).collect()
}

/// Whether rustdoc takes a block of this language for Rust: one without a language, or with an attribute of examples.
fn means_rust(language: &str) -> bool {
    const ATTRIBUTES: &[&str] = &[
        "rust",
        "ignore",
        "should_panic",
        "no_run",
        "compile_fail",
        "test_harness",
        "edition",
        "standalone",
        "custom",
    ];
    language.is_empty() || ATTRIBUTES.iter().any(|attribute| language.contains(attribute))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn nothing_becomes_an_example() {
        let doc =
            "A text.\n\n    indented\n\tby a tab\n```\n    let x = 1;\n```\n~~~ json\n{}\n~~~\n```rust,no_run\n```";
        let expected = [
            "A text.",
            "",
            "   indented",
            "   by a tab",
            "```text",
            "    let x = 1;",
            "```",
            "~~~ json",
            "{}",
            "~~~",
            "```text",
            "```",
        ];
        assert_eq!(lines(doc), expected);
    }
}
