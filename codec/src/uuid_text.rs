//! UUIDs as text: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 (RFC 9562, section 4).

use alloc::string::String;
use core::fmt::Write;

/// The text of a UUID, in lower case.
pub fn format(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The UUID of a text in lower or upper case; `None` where the text is none.
pub fn parse(text: &str) -> Option<[u8; 16]> {
    let is_digit = |byte: u8| byte == b'-' || byte.is_ascii_hexdigit();
    if !text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) || !text.bytes().all(is_digit) {
        return None;
    }
    u128::from_str_radix(&text.replace('-', ""), 16).ok().map(u128::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_that_of_the_bytes() {
        let text = "00112233-4455-6677-8899-aabbccddeeff";
        let bytes = 0x0011_2233_4455_6677_8899_aabb_ccdd_eeff_u128.to_be_bytes();
        assert_eq!(format(bytes), text);
        assert_eq!(parse(text), Some(bytes));
        assert_eq!(parse(&text.to_uppercase()), Some(bytes));
    }

    #[test]
    fn groups_and_digits_are_checked() {
        for text in [
            "",
            "00112233445566778899aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeef",
            "00112233-4455-6677-8899-aabbccddeeff-",
            "0011223-34455-6677-8899-aabbccddeeff",
            "+0112233-4455-6677-8899-aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeefg",
            "001122ß-4455-6677-8899-aabbccddeeff",
            "{00112233-4455-6677-8899-aabbccddeeff}",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
