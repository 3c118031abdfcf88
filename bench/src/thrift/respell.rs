//! Messages in Compact that pilota can read.
//!
//! pilota does not come back to a struct's ids at the end of a struct within it, so that it takes the short header of the next
//! field for another id. Headers may also tell the whole id, in a byte or two more, and those it reads. And it panics at the
//! field behind a Boolean one.

/// The same message without Boolean fields, in which fields behind a value with structs tell their whole id.
///
/// # Panics
///
/// When the bytes are no message in Compact.
pub(super) fn for_pilota(message: &[u8]) -> Vec<u8> {
    let mut respeller = Respeller { input: message, out: Vec::with_capacity(message.len() * 5 / 4) };
    respeller.fields();
    assert!(respeller.input.is_empty(), "bytes behind the message");
    respeller.out
}

struct Respeller<'a> {
    input: &'a [u8],
    out: Vec<u8>,
}

impl Respeller<'_> {
    fn fields(&mut self) {
        let (mut last_id, mut id_is_lost) = (0, false);
        loop {
            let header = self.take();
            if header == 0 {
                self.out.push(0);
                return;
            }
            let (delta, kind) = (header >> 4, header & 15);
            // Zigzag: the ids here are positive, and so twice themselves.
            let twice_id = if delta == 0 { self.number() } else { last_id + 2 * u64::from(delta) };
            last_id = twice_id;
            // The value of a Boolean field is its header.
            if matches!(kind, 1 | 2) {
                id_is_lost = true;
                continue;
            }
            if delta == 0 || id_is_lost {
                self.out.push(kind);
                self.put_number(twice_id);
            } else {
                self.out.push(header);
            }
            id_is_lost = self.value(kind);
        }
    }

    /// Copies a value, and says whether there is a struct in it.
    fn value(&mut self, kind: u8) -> bool {
        match kind {
            1..=3 => self.copy(1),
            4..=6 => self.copy_number(),
            7 => self.copy(8),
            8 => {
                let length = self.copy_number();
                self.copy(length)
            }
            9 | 10 => {
                let header = self.take();
                self.out.push(header);
                let count = if header >> 4 == 15 { self.copy_number() } else { u64::from(header >> 4) };
                return (0..count).fold(false, |any, _| self.value(header & 15) | any);
            }
            11 => {
                let count = self.copy_number();
                let kinds = if count > 0 { self.take() } else { return false };
                self.out.push(kinds);
                return (0..count).fold(false, |any, _| self.value(kinds >> 4) | self.value(kinds & 15) | any);
            }
            12 => {
                self.fields();
                return true;
            }
            13 => self.copy(16),
            _ => panic!("no kind {kind}"),
        };
        false
    }

    fn take(&mut self) -> u8 {
        let (&byte, rest) = self.input.split_first().expect("a whole message");
        self.input = rest;
        byte
    }

    fn copy(&mut self, length: u64) -> u64 {
        let (bytes, rest) = self.input.split_at(usize::try_from(length).expect("a length"));
        self.out.extend_from_slice(bytes);
        self.input = rest;
        length
    }

    fn copy_number(&mut self) -> u64 {
        let number = self.number();
        self.put_number(number);
        number
    }

    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take();
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn put_number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.out.push(u8::try_from(number).expect("seven bits"));
    }
}
