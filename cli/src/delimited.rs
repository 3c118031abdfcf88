//! The length before a value in the delimited framing.

/// The length that a varint at the front says, and how many bytes the varint takes; `None` when it goes on.
pub(crate) fn length(bytes: &[u8]) -> Result<Option<(usize, usize)>, &'static str> {
    let mut length = 0_u64;
    for (position, &byte) in bytes.iter().enumerate() {
        let shift = 7 * position;
        if shift > 63 || (shift == 63 && byte > 1) {
            return Err("the length before the value is no varint of at most 64 bits");
        }
        length |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(Some((usize::try_from(length).unwrap_or(usize::MAX), position + 1)));
        }
    }
    Ok(None)
}
