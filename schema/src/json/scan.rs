//! Texts before they are read.

use super::MAX_DEPTH;

/// The offset of the bracket that opens one level too many. Brackets that do not match are left to the parser.
pub(super) fn check_depth(text: &str) -> Result<(), usize> {
    let mut depth = 0usize;
    for (offset, byte) in outside_strings(text) {
        match byte {
            b'[' | b'{' if depth == MAX_DEPTH => return Err(offset),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// The bytes of a text that stand outside of its strings, with their offsets.
pub(super) fn outside_strings(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut in_string, mut escaped) = (false, false);
    text.bytes().enumerate().filter(move |(_, byte)| {
        if !in_string {
            in_string = *byte == b'"';
            return !in_string;
        }
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = false,
            _ => {}
        }
        false
    })
}
