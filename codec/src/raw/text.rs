//! UTF-8 checks tuned for short text, which is most text.

/// Longest text that the ASCII check looks at before the general check takes over.
const SHORT: usize = 128;

/// The bytes as text, when they are UTF-8.
#[inline(always)]
pub(super) fn check(bytes: &[u8]) -> Option<&str> {
    if bytes.len() <= SHORT && is_ascii_short(bytes) {
        // SAFETY: ASCII is UTF-8.
        return Some(unsafe { core::str::from_utf8_unchecked(bytes) });
    }
    check_any(bytes)
}

/// Whether all bytes are ASCII, by whole words that may overlap at the end.
#[inline(always)]
fn is_ascii_short(bytes: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let len = bytes.len();
    let word = |at: usize| -> u64 {
        // SAFETY: every caller below passes at + 8 <= len.
        unsafe { bytes.as_ptr().add(at).cast::<u64>().read_unaligned() }
    };
    if len >= 8 {
        let mut seen = word(len - 8);
        let mut at = 0;
        while at + 8 < len {
            seen |= word(at);
            at += 8;
        }
        seen & HIGH == 0
    } else if len >= 4 {
        let half = |at: usize| -> u32 {
            // SAFETY: 4 <= len, and the callers pass 0 and len - 4.
            unsafe { bytes.as_ptr().add(at).cast::<u32>().read_unaligned() }
        };
        (half(0) | half(len - 4)) & 0x8080_8080 == 0
    } else {
        bytes.iter().fold(0, |seen, byte| seen | byte) < 0x80
    }
}

#[inline(never)]
fn check_any(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}
