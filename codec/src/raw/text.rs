//! UTF-8 checks tuned for short text, which is most text.

/// Longest text that the ASCII check looks at before the general check takes over.
const SHORT: usize = 128;

const HIGH: u64 = 0x8080_8080_8080_8080;
const HIGH_WIDE: u128 = (HIGH as u128) << 64 | HIGH as u128;

/// The bytes as text, when they are UTF-8.
#[inline(always)]
pub(super) fn check(bytes: &[u8]) -> Option<&str> {
    if bytes.len() <= SHORT && is_ascii(bytes) { Some(trust(bytes)) } else { check_any(bytes) }
}

/// [`check`] for at most sixteen bytes that start a window of sixteen, given little-endian.
#[inline(always)]
pub(super) fn check_window(bytes: &[u8], window: u128) -> Option<&str> {
    let ascii = (window & HIGH_WIDE).trailing_zeros() as usize / 8;
    if ascii >= bytes.len() { Some(trust(bytes)) } else { check_any(bytes) }
}

/// Whether all bytes are ASCII, by whole words, the last of which may overlap the one before.
#[inline(always)]
fn is_ascii(bytes: &[u8]) -> bool {
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        let mut seen = u128::from_le_bytes(*head) | u128::from_le_bytes(*tail);
        if bytes.len() > 32 {
            let (words, _) = bytes.as_chunks::<16>();
            seen = words.iter().fold(seen, |seen, word| seen | u128::from_le_bytes(*word));
        }
        seen & HIGH_WIDE == 0
    } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (u64::from_le_bytes(*head) | u64::from_le_bytes(*tail)) & HIGH == 0
    } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (u32::from_le_bytes(*head) | u32::from_le_bytes(*tail)) & HIGH as u32 == 0
    } else {
        bytes.iter().fold(0, |seen, byte| seen | byte) < 0x80
    }
}

/// The text of bytes that are ASCII.
#[inline(always)]
fn trust(bytes: &[u8]) -> &str {
    debug_assert!(bytes.is_ascii(), "the caller has looked at every byte");
    // SAFETY: both callers have found the high bit of every byte unset, and ASCII is UTF-8.
    unsafe { core::str::from_utf8_unchecked(bytes) }
}

#[inline(never)]
fn check_any(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}
