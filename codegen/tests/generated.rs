//! Generated source compiles, and values travel through its types and come out as they were.

use std::{collections::BTreeMap, fmt::Debug};

use cognate::{Decode, Encode, avro};
use cognate_schema::avro::{Program, Sampler, Schema};

#[path = "generated/service.rs"]
mod service;

#[path = "generated/thrift.rs"]
mod thrift;

/// Generated source is compiled as it stands, and must do so without a warning.
#[path = "expected"]
#[deny(warnings)]
#[deny(missing_docs, unused, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
mod expected {
    pub(crate) mod awkward;
    pub(crate) mod chrono;
    pub(crate) mod empty;
    pub(crate) mod footer;
    pub(crate) mod jiff;
    pub(crate) mod recursion;
    pub(crate) mod service;
    pub(crate) mod service_borrowed;
    pub(crate) mod shop;
    pub(crate) mod thrift;
    pub(crate) mod thrift_borrowed;

    pub(crate) mod defaults {
        include!("expected/defaults.rs");
    }

    pub(crate) mod thrift_views {
        include!("expected/thrift_views.rs");
    }
}

/// Random values of a schema, as bytes.
fn samples(schema: &Schema) -> Vec<Vec<u8>> {
    let program = Program::new(schema);
    let mut sampler = Sampler::new(&program, 7);
    let encoded = (0..300).map(|_| {
        let mut bytes = Vec::new();
        program.encode_into(&sampler.value(), &mut bytes).unwrap();
        bytes
    });
    encoded.collect()
}

/// Decodes and encodes again. Bytes may differ in the order of a map's entries, and so the second decoding is compared.
#[track_caller]
fn there_and_back<'de, T>(bytes: &'de [u8], again: &'de mut Vec<u8>)
where
    T: Encode + Decode<'de> + PartialEq + Debug,
{
    let value: T = avro::from_slice(bytes).unwrap();
    *again = avro::to_vec(&value).unwrap();
    assert_eq!(again.len(), bytes.len(), "{value:?}");
    assert_eq!(avro::from_slice::<T>(again).unwrap(), value);
}

/// The type describes the schema that it is generated from, and its values travel.
macro_rules! round_trips {
    ($($name:ident: $($ty:ty),+;)*) => {$(
        #[test]
        fn $name() {
            $({
                let schema = Schema::parse(<$ty>::SCHEMA).unwrap();
                assert_eq!(<$ty>::FINGERPRINT, schema.rabin());
                assert_eq!(Schema::of::<$ty>().unwrap().to_json(), <$ty>::SCHEMA);
                for bytes in samples(&schema) {
                    there_and_back::<$ty>(&bytes, &mut Vec::new());
                }
            })+
        }
    )*};
}

round_trips! {
    order: expected::shop::example::shop::Order, expected::shop::example::shop::Category;
    user: expected::shop::example::accounts::User;
    awkward: expected::awkward::test::r#type::names::AwkwardNames,
        expected::awkward::test::r#type::names::AwkwardNamesView<'_>;
    defaults: expected::defaults::Defaults, expected::defaults::DefaultsView<'_>;
    recursion: expected::recursion::Recursion<'_>, expected::recursion::rec::Left<'_>;
    plain_logical: expected::defaults::test::Logical, expected::defaults::test::LogicalView<'_>;
    chrono: expected::chrono::test::Logical, expected::chrono::Prices;
    jiff: expected::jiff::test::Logical;
}

#[test]
fn defaults_are_those_of_the_schema() {
    use expected::defaults::{
        Defaults, DefaultsUnionLong, DefaultsUnionNull, DefaultsUnionRecord, DefaultsView, Inner, Symbol, Two,
    };
    let inner = Inner { x: 7, y: "inner".to_owned(), deeper: None };
    let deeper = Inner { x: 7, y: String::new(), deeper: None };
    let expected = Defaults {
        flag: true,
        int: i32::MIN,
        long: i64::MAX,
        float: 1.5,
        double: -1e300,
        bytes: b"\xff\x01a\"".to_vec(),
        no_bytes: vec![],
        text: "a \"quoted\" # text\n".to_owned(),
        no_text: String::new(),
        nothing: (),
        list: vec![1, 2],
        map: BTreeMap::from([("a".to_owned(), vec!["b".to_owned()]), ("c".to_owned(), vec![])]),
        symbol: Symbol::B,
        fixed: Two([0, 0xfe]),
        inner,
        null_first: None,
        null_last: Some(3),
        null_last_null: None,
        union_long: DefaultsUnionLong::Long(3_000_000_000),
        union_null: DefaultsUnionNull::Null,
        union_record: DefaultsUnionRecord::Inner(Inner { x: 1, y: "z".to_owned(), deeper: Some(Box::new(deeper)) }),
    };
    assert_eq!(Defaults::default(), expected);
    // A default of the type is the default that the schema's own decoder makes.
    assert_eq!(avro::to_vec(&DefaultsView::default()).unwrap(), avro::to_vec(&expected).unwrap());
}

#[test]
fn null_stands_where_the_union_has_it() {
    let user = expected::shop::example::accounts::User {
        username: "ada".to_owned(),
        age: Some(36),
        email: None,
        active: true,
        tags: vec!["admin".to_owned()],
    };
    assert_eq!(avro::to_vec(&user).unwrap(), b"\x06ada\x00\x48\x00\x01\x02\x0aadmin\x00");
    let withheld = expected::shop::example::accounts::User { age: None, ..user };
    assert_eq!(avro::to_vec(&withheld).unwrap(), b"\x06ada\x02\x00\x01\x02\x0aadmin\x00");
}

#[test]
fn a_type_without_values_has_none() {
    use expected::empty::{Empty, EmptyNothing, NoSymbols};
    assert!(avro::from_slice::<Vec<NoSymbols>>(&[0]).unwrap().is_empty());
    for bytes in [&[0][..], &[0, 0], &[2, 0]] {
        assert!(avro::from_slice::<Empty>(bytes).is_err());
        assert!(avro::from_slice::<EmptyNothing>(bytes).is_err());
        assert!(avro::from_slice::<NoSymbols>(bytes).is_err());
    }
}

#[test]
fn a_message_carries_the_fingerprint() {
    use cognate::avro::single_object;
    use expected::recursion::rec::Leaf;
    let mut message = Vec::new();
    single_object::encode_into(Leaf::FINGERPRINT, &Leaf { count: 5 }, &mut message).unwrap();
    assert_eq!(message[2..10], Leaf::FINGERPRINT.to_le_bytes());
    assert_eq!(message[10..], [10]);
}
