//! Derived types as Avro binary, against bytes written by hand from the specification ("Binary Encoding").

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Debug,
};

use cognate::{
    Cognate, Decode, DecodeErrorKind, Encode, EncodeErrorKind, Enumeration, Logical, Record, Shape, TypeDesc, Typed,
    avro,
};

/// Encodes to exactly these bytes, and decodes them to the same value.
#[track_caller]
fn travels<'de, T: Encode + Decode<'de> + PartialEq + Debug>(value: &T, bytes: &'de [u8]) {
    assert_eq!(avro::to_vec(value).unwrap(), bytes);
    assert_eq!(&avro::from_slice::<T>(bytes).unwrap(), value);
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Scalars {
    flag: bool,
    small: i8,
    short: u16,
    int: i32,
    unsigned: u32,
    long: i64,
    huge: u64,
    single: f32,
    double: f64,
    text: String,
    data: Vec<u8>,
    nothing: (),
}

#[test]
fn fields_follow_one_another_without_tags() {
    let value = Scalars {
        flag: true,
        small: -1,
        short: 64,
        int: -65,
        unsigned: 1,
        long: 1 << 40,
        huge: 3,
        single: 1.0,
        double: -2.0,
        text: "é".to_owned(),
        data: vec![0, 255],
        nothing: (),
    };
    let mut bytes = vec![0x01, 0x01, 0x80, 0x01, 0x81, 0x01, 0x02];
    bytes.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0x06]);
    bytes.extend([0, 0, 0x80, 0x3f]);
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 0xc0]);
    bytes.extend([4, 0xc3, 0xa9, 4, 0, 255]);
    travels(&value, &bytes);
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Borrowed<'a, 'b: 'a> {
    text: &'a str,
    data: &'b [u8],
    maybe: Cow<'a, str>,
    words: Vec<&'b str>,
    nested: Option<Box<Borrowed<'a, 'b>>>,
}

#[test]
fn borrowed_fields_point_into_the_input() {
    let bytes = *b"\x02a\x04\x00\x01\x02c\x04\x02x\x02y\x00\x02\x00\x00\x00\x00\x00";
    let inner = Borrowed { text: "", data: &[], maybe: "".into(), words: vec![], nested: None };
    let value =
        Borrowed { text: "a", data: &[0, 1], maybe: "c".into(), words: vec!["x", "y"], nested: Some(Box::new(inner)) };
    assert_eq!(avro::to_vec(&value).unwrap(), bytes);
    let decoded: Borrowed<'_, '_> = avro::from_slice(&bytes).unwrap();
    assert_eq!(decoded, value);
    assert!(std::ptr::eq(decoded.text.as_ptr(), &raw const bytes[1]));
    assert!(std::ptr::eq(decoded.data.as_ptr(), &raw const bytes[3]));
    assert!(matches!(decoded.maybe, Cow::Borrowed(_)));
    assert!(std::ptr::eq(decoded.words[1].as_ptr(), &raw const bytes[11]));
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Options {
    first: Option<i32>,
    #[cognate(null = "last")]
    last: Option<i32>,
    // A default that is a value has to be the first branch's, so null moves behind.
    #[cognate(default = 7)]
    by_default: Option<i32>,
    #[cognate(null = "last")]
    in_list: Vec<Option<i32>>,
}

#[test]
fn null_stands_where_the_schema_has_it() {
    let some = Options { first: Some(1), last: Some(1), by_default: Some(1), in_list: vec![Some(1), None] };
    travels(&some, &[2, 2, 0, 2, 0, 2, 4, 0, 2, 2, 0]);
    let none = Options { first: None, last: None, by_default: None, in_list: vec![] };
    travels(&none, &[0, 2, 2, 0]);
    assert_eq!(Options::DESC.fields[2].default, Some("7"));
    let error = avro::from_slice::<Options>(&[4]).unwrap_err();
    assert_eq!(error.to_string(), "first: the union has no branch 2 (it has 2) at byte 0");
}

#[derive(Cognate, Clone, Debug, PartialEq)]
enum Payment {
    Card(Card),
    Missing,
    Voucher(String),
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Card {
    number: i64,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
enum Number {
    Int(i32),
    Text(String),
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Unions {
    payment: Payment,
    bare: Number,
    null_first: Option<Number>,
    #[cognate(null = 1)]
    null_between: Option<Number>,
    #[cognate(null = 2)]
    null_last: Option<Number>,
    list: Vec<Number>,
}

#[test]
fn a_union_writes_the_position_of_its_branch() {
    let value = Unions {
        payment: Payment::Card(Card { number: -1 }),
        bare: Number::Text("a".into()),
        null_first: Some(Number::Int(1)),
        null_between: Some(Number::Int(1)),
        null_last: Some(Number::Int(1)),
        list: vec![Number::Int(1), Number::Text("b".into())],
    };
    travels(&value, b"\x00\x01\x02\x02a\x02\x02\x00\x02\x00\x02\x04\x00\x02\x02\x02b\x00");
    let value = Unions {
        payment: Payment::Voucher("v".into()),
        bare: Number::Int(0),
        null_first: Some(Number::Text("a".into())),
        null_between: Some(Number::Text("a".into())),
        null_last: Some(Number::Text("a".into())),
        list: vec![],
    };
    travels(&value, b"\x04\x02v\x00\x00\x04\x02a\x04\x02a\x02\x02a\x00");
    let value = Unions {
        payment: Payment::Missing,
        bare: Number::Int(0),
        null_first: None,
        null_between: None,
        null_last: None,
        list: vec![],
    };
    travels(&value, b"\x02\x00\x00\x00\x02\x04\x00");
    let error = avro::from_slice::<Unions>(&[6]).unwrap_err();
    assert_eq!(error.to_string(), "payment: the union has no branch 3 (it has 3) at byte 0");
    let error = avro::from_slice::<Unions>(&[2, 0, 0, 6]).unwrap_err();
    assert_eq!(error.to_string(), "null_first: the union has no branch 3 (it has 3) at byte 3");
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cognate(rename_all = "SCREAMING_SNAKE_CASE")]
enum Suit {
    Spades,
    LastHearts,
    #[cognate(name = "Karo")]
    Diamonds,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
enum Open {
    A,
    B,
    #[cognate(unknown)]
    Unknown(i32),
}

#[test]
fn an_enum_writes_the_position_of_its_symbol() {
    travels(&Suit::Spades, &[0]);
    travels(&Suit::Diamonds, &[4]);
    let names: Vec<_> = Suit::ENUM.symbols.iter().map(|symbol| symbol.name).collect();
    assert_eq!(names, ["SPADES", "LAST_HEARTS", "Karo"]);
    let error = avro::from_slice::<Suit>(&[6]).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownSymbol { index: 3, symbols: 3, .. }), "{error}");
    travels(&Open::B, &[2]);
    let error = avro::to_vec(&Open::Unknown(9)).unwrap_err();
    assert_eq!(error.kind(), &EncodeErrorKind::UnknownSymbol { name: "Open", number: 9 });
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Collections {
    set: BTreeSet<Suit>,
    map: BTreeMap<String, Vec<i32>>,
    hashed: HashMap<String, Option<Card>>,
    boxed: Box<[u8]>,
    lists: Vec<Vec<Vec<u8>>>,
}

#[test]
fn collections_are_blocks() {
    let value = Collections {
        set: [Suit::Spades, Suit::Diamonds].into(),
        map: [("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![])].into(),
        hashed: [("k".to_owned(), Some(Card { number: 1 }))].into(),
        boxed: Box::new([9]),
        lists: vec![vec![vec![1]], vec![]],
    };
    let bytes = b"\x04\x00\x04\x00\x04\x02a\x04\x02\x04\x00\x02b\x00\x00\x02\x02k\x02\x02\x00\x02\x09\x04\x02\x02\x01\x00\x00\x00";
    travels(&value, bytes);
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "com.acme.Digest", alias = "Hash")]
struct Md5([u8; 4]);

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Days(#[cognate(logical = "date")] i32);

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(transparent)]
struct Inside<T> {
    value: T,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Wrapped {
    digest: Md5,
    #[cognate(fixed = "Pair", decimal(4, 2))]
    pairs: Vec<[u8; 2]>,
    day: Days,
    inside: Option<Inside<Vec<u8>>>,
    #[cognate(logical = "timestamp-millis")]
    times: BTreeMap<String, Vec<i64>>,
}

#[test]
fn a_struct_of_one_field_is_that_field() {
    let value = Wrapped {
        digest: Md5(*b"abcd"),
        pairs: vec![[1, 2]],
        day: Days(3),
        inside: Some(Inside { value: vec![4] }),
        times: [("t".to_owned(), vec![-1])].into(),
    };
    travels(&value, b"abcd\x02\x01\x02\x00\x06\x02\x02\x04\x02\x02t\x02\x01\x00\x00");
}

#[test]
fn attributes_reach_the_types_within() {
    let types: Vec<TypeDesc> = Wrapped::DESC.fields.iter().map(|field| field.ty).collect();
    let Shape::Fixed(digest) = types[0].shape else { panic!("{:?}", types[0]) };
    assert_eq!((digest.name.name, digest.name.namespace, digest.size), ("Digest", "com.acme", 4));
    assert_eq!(digest.aliases, ["Hash"]);
    let Shape::List(pair) = types[1].shape else { panic!("{:?}", types[1]) };
    let Shape::Fixed(fixed) = pair.shape else { panic!("{pair:?}") };
    assert_eq!((fixed.name.name, fixed.size), ("Pair", 2));
    assert_eq!(pair.logical, Logical::Decimal { precision: 4, scale: 2 });
    assert_eq!(types[1].logical, Logical::None);
    assert_eq!(types[2].logical, Logical::Date);
    assert_eq!(Days::TYPE.logical, Logical::Date);
    assert!(matches!(types[3].value_shape(), Shape::Bytes));
    let Shape::Map { value, .. } = types[4].shape else { panic!("{:?}", types[4]) };
    let Shape::List(time) = value.shape else { panic!("{value:?}") };
    assert_eq!(time.logical, Logical::TimestampMillis);
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Page<T, U = i32, const N: usize = 2>
where
    U: Clone,
{
    items: Vec<T>,
    cursor: Option<U>,
    fixed: [u8; N],
    #[cognate(skip)]
    marker: std::marker::PhantomData<fn() -> U>,
    #[cognate(skip)]
    cached: Option<std::sync::Arc<str>>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Parameter<'a, S: 'a> {
    of: S,
    text: &'a str,
}

// The name that the methods' own type parameter has.
#[derive(Cognate, Clone, Debug, PartialEq)]
struct S {
    of: Vec<S>,
}

#[test]
fn generics_travel_by_their_arguments() {
    let value = Page::<Card> {
        items: vec![Card { number: 1 }],
        cursor: Some(-1),
        fixed: [1, 2],
        marker: std::marker::PhantomData,
        cached: None,
    };
    travels(&value, &[2, 2, 0, 2, 1, 1, 2]);
    let bytes = avro::to_vec(&Page { cached: Some("kept here".into()), ..value.clone() }).unwrap();
    assert_eq!(avro::from_slice::<Page<Card>>(&bytes).unwrap(), value);
    let page = Page::<&str, &[u8], 1> {
        items: vec!["a"],
        cursor: Some(b"b"),
        fixed: [7],
        marker: std::marker::PhantomData,
        cached: None,
    };
    travels(&page, b"\x02\x02a\x00\x02\x02b\x07");
    travels(&Parameter { of: Inside { value: "x" }, text: "y" }, b"\x02x\x02y");
    travels(&S { of: vec![S { of: vec![] }] }, &[2, 0, 0]);
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Nothing;

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Empty {}

#[test]
fn a_record_without_fields_has_no_bytes() {
    travels(&Nothing, &[]);
    travels(&vec![Empty {}, Empty {}], &[4, 0]);
}

#[derive(Cognate, Clone, Debug, PartialEq)]
enum Tree {
    Leaf(i32),
    Branch(Vec<Tree>),
    Root(Box<Tree>),
}

#[test]
fn recursion_ends_at_the_limit() {
    let value = Tree::Root(Box::new(Tree::Branch(vec![Tree::Leaf(1), Tree::Branch(vec![])])));
    travels(&value, &[4, 2, 4, 0, 2, 2, 0, 0]);
    let error = avro::from_slice::<Tree>(&vec![4; 100_000]).unwrap_err();
    assert!(error.is_limit(), "{error}");
}

#[test]
fn faults_say_the_way_to_the_value() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Order {
        lines: Vec<Line>,
    }
    #[derive(Cognate, Debug, PartialEq)]
    struct Line {
        options: BTreeMap<String, Suit>,
        huge: u64,
    }
    let error = avro::from_slice::<Order>(b"\x02\x02\x02k\x08").unwrap_err();
    assert_eq!(error.to_string(), "lines[0].options[\"k\"]: the enum Suit has no symbol 4 (it has 3) at byte 4");
    let error = avro::to_vec(&Order { lines: vec![Line { options: BTreeMap::new(), huge: u64::MAX }] }).unwrap_err();
    assert_eq!(error.to_string(), "lines[0].huge: 18446744073709551615 is past the range of long");
}
