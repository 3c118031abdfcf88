//! Sizes on the command line: `4096`, `64K`, `16M`, `2G`.

/// Reads a number of bytes; `K`, `M` and `G` are powers of 1024.
pub(crate) fn parse(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.trim_end_matches(['i', 'B', 'b']) {
        rest if rest.ends_with(['K', 'k']) => (rest, 1 << 10),
        rest if rest.ends_with(['M', 'm']) => (rest, 1 << 20),
        rest if rest.ends_with(['G', 'g']) => (rest, 1 << 30),
        rest => (rest, 1_usize),
    };
    let digits = if unit == 1 { digits } else { digits.get(..digits.len() - 1).unwrap_or_default() };
    let size = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(unit)).filter(|&size| size > 0);
    size.ok_or_else(|| "not a size such as 4096, 64K, 16M or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn units_are_powers_of_1024() {
        let cases = [("1", 1), ("4096", 4096), ("64K", 65_536), ("16MiB", 16 << 20), ("2g", 2 << 30), ("3kB", 3072)];
        for (text, size) in cases {
            assert_eq!(parse(text), Ok(size), "{text}");
        }
        for text in ["", "K", "0", "-1", "1.5M", "99999999999999999999", "18446744073709551615G"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
