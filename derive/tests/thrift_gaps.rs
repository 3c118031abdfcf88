//! Derived types that lack fields of the data in Thrift's protocols, or have them in another order.

use cognate::{
    Cognate, Format, UnknownField, UnknownFields,
    thrift::{Binary, Compact, FbBinary, FbCompact, Protocol},
};

#[derive(Cognate, Debug, PartialEq)]
struct Full {
    #[cognate(id = 1)]
    one: i32,
    #[cognate(id = 2)]
    two: i32,
    #[cognate(id = 3)]
    three: String,
    #[cognate(id = 4)]
    four: bool,
    #[cognate(id = 5)]
    five: Vec<bool>,
    #[cognate(id = 9)]
    nine: String,
    #[cognate(id = 30)]
    thirty: bool,
    #[cognate(id = 31)]
    last: f64,
}

/// Some of the fields, one of them not in its place.
#[derive(Cognate, Debug, PartialEq)]
struct Gaps<'a> {
    #[cognate(id = 2)]
    two: i32,
    #[cognate(id = 9)]
    nine: &'a str,
    #[cognate(id = 4)]
    four: bool,
    #[cognate(id = 31)]
    last: f64,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Few {
    #[cognate(id = 4)]
    four: bool,
    #[cognate(id = 31, optional)]
    last: Option<f64>,
}

#[test]
fn unknown_fields_between_those_of_a_type() {
    fn goes<P: Protocol>() {
        let (three, nine) = ("drei".to_owned(), "neun".to_owned());
        let full = Full { one: 1, two: 2, three, four: true, five: vec![false, true], nine, thirty: true, last: 31.0 };
        let bytes = P::to_vec(&full).unwrap();
        let gaps: Gaps<'_> = P::from_slice(&bytes).unwrap();
        assert_eq!((gaps.two, gaps.nine, gaps.four, gaps.last), (2, "neun", true, 31.0));
        assert_eq!(gaps.rest.of(P::FORMAT).iter().map(UnknownField::number).collect::<Vec<_>>(), [1, 3, 5, 30]);
        assert_eq!(P::from_slice::<Full>(&P::to_vec(&gaps).unwrap()).unwrap(), full);
        assert_eq!(P::from_slice::<Few>(&bytes).unwrap(), Few { four: true, last: Some(31.0) });
        // What ends inside a field that is skipped ends there for every type.
        for end in 0..bytes.len() {
            let whole = P::from_slice::<Nothing>(&bytes[..end]).unwrap_err();
            assert_eq!(P::from_slice::<Few>(&bytes[..end]).unwrap_err().offset(), whole.offset(), "{end}");
        }
    }
    #[derive(Cognate, Debug, PartialEq)]
    struct Nothing {}
    goes::<Binary>();
    goes::<Compact>();
    goes::<FbBinary>();
    goes::<FbCompact>();
}

#[test]
fn fields_of_another_kind_between_those_of_a_type() {
    // Field 2 as text, 4 as a list of nothing, 9 as text, and 31.
    let bytes = b"\x28\x01x\x29\x05\x58\x02hi\x07\x3e\0\0\0\0\0\0\xf8\x3f\0";
    let gaps: Gaps<'_> = Compact::from_slice(bytes).unwrap();
    assert_eq!((gaps.two, gaps.nine, gaps.four, gaps.last), (0, "hi", false, 1.5));
    assert_eq!(gaps.rest.of(Format::ThriftCompact).iter().map(UnknownField::number).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn fields_come_in_any_order_and_the_last_counts() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Two {
        #[cognate(id = 1)]
        first: Vec<i32>,
        #[cognate(id = 2)]
        second: bool,
    }
    // The second field, the first one twice, and the second again.
    let bytes = b"\x22\x09\x02\x15\x02\x09\x02\x15\x04\x11\0";
    assert_eq!(Compact::from_slice::<Two>(bytes).unwrap(), Two { first: vec![2], second: true });
}
