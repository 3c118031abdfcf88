//! Objects whose keys are arrays or objects, which JSON does not have.

use super::scan::outside_strings;

/// The text with such objects as arrays of their keys and values in turn: `{[1]:"a"}` is `[[1],"a"]`, and so everything stays in its
/// place. Nothing when there are none, or when one has not a key and a value in each member. Brackets are nested no deeper than
/// [`MAX_DEPTH`](super::MAX_DEPTH).
pub(super) fn as_arrays(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let (mut open, mut found) = (Vec::new(), false);
    for (at, byte) in outside_strings(text) {
        let new = match (byte, open.last_mut()) {
            (b'{', _) if has_compound_key(text.get(at + 1..)?) => {
                found = true;
                open.push(Part::Key);
                b'['
            }
            (b'[' | b'{', _) => {
                open.push(Part::Other);
                continue;
            }
            (b']' | b'}', Some(Part::Other)) => {
                open.pop();
                continue;
            }
            (b'}', Some(Part::Value)) => {
                open.pop();
                b']'
            }
            (b':', Some(part @ Part::Key)) => {
                *part = Part::Value;
                b','
            }
            (b',', Some(part @ Part::Value)) => {
                *part = Part::Key;
                b','
            }
            (b',' | b':' | b'}' | b']', Some(Part::Key | Part::Value)) => return None,
            _ => continue,
        };
        *bytes.get_mut(at)? = new;
    }
    String::from_utf8(bytes).ok().filter(|_| found && open.is_empty())
}

/// What is under way in an array or object.
enum Part {
    /// A key, which may be an array or object.
    Key,
    /// The value for such a key.
    Value,
    /// Anything, where all keys are strings.
    Other,
}

/// Whether the first key of an object is an array or object.
fn has_compound_key(inside: &str) -> bool {
    inside.trim_start_matches([' ', '\t', '\n', '\r']).starts_with(['[', '{'])
}

#[cfg(test)]
mod tests {
    use super::as_arrays;

    #[test]
    fn objects_become_arrays_in_their_place() {
        for (text, expected) in [
            (r#"{[1]:"a"}"#, r#"[[1],"a"]"#),
            (r#" { {"k":1} : [2] , [ ] : {"a":{"b":1}} } "#, r#" [ {"k":1} , [2] , [ ] , {"a":{"b":1}} ] "#),
            (r#"{"m":{{{[":\"}"]:1}:2}:3}}"#, r#"{"m":[[[[":\"}"],1],2],3]}"#),
        ] {
            assert_eq!(as_arrays(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in ["", "{}", r#"{"a":[{}]}"#, "{[1]}", "{[1],2}", "{[1]:2:3}", "{[1]:2]", "{[1]:2,}", "{[1}", "]}"] {
            assert_eq!(as_arrays(text), None, "{text}");
        }
    }
}
