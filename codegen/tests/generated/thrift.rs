//! Types of Thrift files.

use std::{collections::BTreeMap, fmt::Debug};

use cognate::{
    DecodeErrorKind, DecodeRecord, EncodeRecord, Entries, Limits,
    avro::plan::PlannedSource,
    thrift::{Binary, Compact, Protocol},
};
use cognate_schema::{
    avro::{
        Schema,
        resolve::{UnionOrder, resolve},
    },
    thrift,
};

use super::expected::{
    footer::footer::{FileMetaData, FileMetaDataView, Repetition, Type},
    thrift::{
        base::Status,
        example::everything::{
            self, Broken, Circle, Color, Defaults, Everything, First, NotFound, Nothing, OtherDefaults, Plain, Point,
            Post, Reference, Shape, State, Tree, Void,
        },
    },
    thrift_borrowed::example::everything as borrowed,
    thrift_views::example::everything as views,
};

#[test]
fn what_is_not_there_has_its_default() {
    // Only what is required: the field 17, and within 19 nothing, since that may be absent itself.
    let least: Everything = Compact::from_slice(b"\x06\x22\x0e\0").unwrap();
    assert_eq!(least, Everything { when: 7, ..Everything::default() });
    assert_eq!((least.named.as_str(), least.size, least.status), ("unnamed", Some(10), Some(Status::Ok)));
    assert_eq!((least.corner.x, least.corner.y, least.place.y), (5, -7, -7));
    assert_eq!((least.color, least.state), (Color::Unknown2(0), State::None));
    assert_eq!((least.shape, least.late), (None, None));
    let error = Compact::from_slice::<Everything>(b"\0").unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("when"));

    let unsaid = Everything { size: None, status: None, ..Everything::default() };
    let bytes = Compact::to_vec(&unsaid).unwrap();
    assert_eq!(Compact::from_slice::<Everything>(&bytes).unwrap(), Everything::default(), "absence is the default");

    assert_eq!(First::default().second, None, "a default that holds itself is none");
    assert_eq!(Tree::default().right, None);
    assert_eq!(Reference::default().circle, Box::new(Circle::default()));
}

#[test]
fn fields_are_written_in_the_order_of_their_ids() {
    let point = Point { x: 1, y: 2, ..Point::default() };
    assert_eq!(Compact::to_vec(&point).unwrap(), b"\x15\x02\x15\x04\0");
    let bytes = Compact::to_vec(&Everything { negative: Some(true), late: Some(1), ..Everything::default() }).unwrap();
    assert_eq!(bytes[..4], *b"\x01\x01\x22\x13", "-1, then 1");
}

#[test]
fn newer_data_is_kept() {
    // A field 9 that is a list of three numbers.
    let bytes = b"\x15\x02\x15\x04\x79\x35\x02\x04\x06\0";
    let point: Point = Compact::from_slice(bytes).unwrap();
    assert_eq!((point.x, point.y, point.unknown_fields.is_empty()), (1, 2, false));
    assert_eq!(Compact::to_vec(&point).unwrap(), bytes);
    assert_eq!(
        Compact::to_vec(&Compact::from_slice::<borrowed::Point>(bytes).unwrap()).unwrap(),
        b"\x15\x02\x15\x04\0"
    );

    // An arm 9, an i32; a number that the enum does not have.
    let holder: Everything = Compact::from_slice(b"\x06\x22\x0e\x4c\x95\x02\0\0").unwrap();
    assert!(matches!(&holder.shape, Some(Shape::Unknown2(arm)) if !arm.is_empty()), "{:?}", holder.shape);
    let written = Compact::to_vec(&holder).unwrap();
    assert!(written.windows(4).any(|window| window == b"\x2c\x95\x02\0"), "the arm of field 21, behind field 19");
    for (number, color) in [(2, Color::Green), (16, Color::Azure), (-1, Color::Unknown), (9, Color::Unknown2(9))] {
        assert_eq!(<Color as cognate::Enumeration>::from_number(number), Some(color));
        assert_eq!(cognate::Enumeration::number(color), number);
    }
    assert_eq!(Nothing::default(), Nothing::Unknown(0));
    assert!(matches!(&Void::Unknown(cognate::UnknownFields::new()), Void::Unknown(none) if none.is_empty()));
}

#[test]
fn keys_may_be_anything() {
    let value = Everything {
        by_point: Entries::from([(Point::default(), [1; 16])]),
        nested: vec![vec![vec![1, -1], vec![]]],
        doubles: vec![1.5, 1.5],
        ..Everything::default()
    };
    let bytes = Binary::to_vec(&value).unwrap();
    assert_eq!(Binary::from_slice::<Everything>(&bytes).unwrap(), value);
    // The set of doubles, with the code of a set.
    assert!(bytes.windows(8).any(|window| window == b"\x0e\0\x1a\x04\0\0\0\x02"));
}

/// A footer of a Parquet file with a column `x` of three numbers, written by hand from the format's definition: version 1, a
/// schema of two elements, 3 rows, a group with a chunk whose metadata the types do not have, and a writer.
const FOOTER: &[u8] = b"\x15\x02\x19\x2c\x48\x04root\x15\x02\0\x15\x02\x25\0\x18\x01x\0\x16\x06\
    \x19\x1c\x19\x1c\x26\x08\x1c\x15\x02\0\0\x16\x48\x16\x06\0\x28\x04hand\0";

#[test]
fn a_parquet_footer_is_read_and_written() {
    let file: FileMetaDataView<'_> = Compact::from_slice(FOOTER).unwrap();
    assert_eq!((file.version, file.num_rows, file.created_by), (1, 3, Some("hand")));
    let [root, x] = &file.schema[..] else { panic!("{:?}", file.schema) };
    assert_eq!((root.name, root.num_children, root.r#type), ("root", Some(1), None));
    assert_eq!((x.name, x.r#type, x.repetition_type), ("x", Some(Type::Int32), Some(Repetition::Required)));
    let group = &file.row_groups[0];
    assert_eq!((group.total_byte_size, group.num_rows, group.columns[0].file_offset), (36, 3, 4));
    assert!(!group.columns[0].unknown_fields.is_empty());
    assert_eq!(Compact::to_vec(&file).unwrap(), FOOTER);
    assert_eq!(Compact::to_vec(&Compact::from_slice::<FileMetaData>(FOOTER).unwrap()).unwrap(), FOOTER);
}

#[test]
fn exceptions_are_errors() {
    fn shown(error: impl std::error::Error) -> String {
        error.to_string()
    }
    assert_eq!(shown(NotFound { message: "no cup".to_owned(), ..NotFound::default() }), "NotFound: no cup");
    assert_eq!(shown(Broken { why: Some("old".to_owned()), ..Broken::default() }), "Broken: old");
    assert_eq!(shown(Broken::default()), "Broken");
    assert!(shown(Plain { at: 5, ..Plain::default() }).starts_with("Plain { at: 5,"));
    assert_eq!(<NotFound as cognate::Record>::DESC.kind, cognate::desc::RecordKind::Error);
}

#[test]
fn defaults_are_said_in_descriptors() {
    let expected = concat!(
        r#"{"type":"record","name":"Defaults","namespace":"example.everything","doc":"Defaults of many kinds.","fields":["#,
        r#"{"name":"text","type":["string","null"],"default":"a\"b"},"#,
    );
    let schema = Schema::of::<Defaults>().unwrap().to_json();
    assert!(schema.starts_with(expected), "{schema}");
    // What an Avro reader takes for the fields of a writer that has none of them is what Thrift takes for them.
    let writer = Schema::parse(r#"{"type": "record", "name": "example.everything.Defaults", "fields": []}"#).unwrap();
    let reader = Schema::of::<Defaults>().unwrap();
    let resolution = resolve(&writer, &reader, UnionOrder::default());
    assert!(resolution.is_compatible());
    let defaults: Defaults = PlannedSource::new(&[], &resolution.plan, Limits::default()).value().unwrap();
    assert_eq!(defaults, Defaults::default());
    assert_eq!(Compact::from_slice::<Defaults>(b"\0").unwrap(), defaults);

    let other = <OtherDefaults as cognate::Record>::DESC;
    assert!(other.fields.iter().all(|field| field.default.is_none()), "{other:?}");
    assert_eq!(OtherDefaults::default().shape, Shape::Flag(true));
}

#[test]
fn a_default_without_its_union_is_left_out() {
    assert_eq!((Post::default().sign, Post::default().more), (None, None));
    assert_eq!(Compact::from_slice::<Post>(b"\0").unwrap(), Post::default());
}

#[test]
fn constants_are_values() {
    assert_eq!((everything::LIMIT, everything::RATIO.to_bits(), everything::ON), (-100, 0.5_f64.to_bits(), true));
    assert_eq!((everything::GREETING, everything::MAGIC, everything::START), ("hello \"you\"", &b"PAR1"[..], 1000));
    assert_eq!((everything::FAVOURITE, everything::NIL), (Color::Green, [0; 16]));
    assert_eq!(everything::names(), ["a", "b"]);
    assert_eq!(everything::places(), BTreeMap::from([("home".to_owned(), Point { x: 1, y: 2, ..Point::default() })]));
    assert_eq!(everything::sizes().value(&1.5).map(String::as_str), Some("small"));
    assert!(matches!(everything::unit(), Shape::Circle(Circle { centre: Point { x: 0, y: -7, .. }, .. })));
    assert_eq!(borrowed::names(), ["a", "b"]);
}

/// Random values of a struct travel through its type in a protocol, and come out as what the schema's own decoder reads.
fn there_and_back<P: Protocol>(name: &str, travel: impl Fn(&[u8]) -> Vec<u8>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/thrift/everything.thrift");
    let mut loader = thrift::Loader::new().files(thrift::FileSystem);
    loader.add(path, std::fs::read_to_string(path).unwrap());
    let program = loader.link().into_result().unwrap();
    let Some(thrift::Item::Struct(id)) = program.find(name) else { panic!("{name}") };
    let layout = thrift::Layout::new(&program);
    let mut sampler = thrift::Sampler::new(&layout, id, 7);
    for _ in 0..100 {
        let mut bytes = Vec::new();
        layout.encode_into::<P>(id, &sampler.value(), &mut bytes).unwrap();
        let again = travel(&bytes);
        let value = layout.decode::<P>(id, &again, Limits::default()).unwrap();
        let mut dynamic = Vec::new();
        layout.encode_into::<P>(id, &value, &mut dynamic).unwrap();
        assert_eq!(dynamic, again, "{value:?}");
    }
}

fn typed<'de, P: Protocol, T>(bytes: &'de [u8], again: &'de mut Vec<u8>)
where
    T: EncodeRecord + DecodeRecord<'de> + PartialEq + Debug,
{
    let value: T = P::from_slice(bytes).unwrap();
    *again = P::to_vec(&value).unwrap();
    assert_eq!(P::from_slice::<T>(again).unwrap(), value);
}

/// The type's values travel in both protocols.
macro_rules! round_trips {
    ($($name:ident: $($ty:ty),+;)*) => {$(
        #[test]
        fn $name() {
            fn protocol<P: Protocol>() {$({
                let name = <$ty as cognate::Record>::DESC.name.name;
                there_and_back::<P>(name, |bytes| {
                    let mut again = Vec::new();
                    typed::<P, $ty>(bytes, &mut again);
                    again
                });
            })+}
            protocol::<Binary>();
            protocol::<Compact>();
        }
    )*};
}

round_trips! {
    owned: Everything, Tree, Reference, Broken;
    borrowed: borrowed::Everything<'_>, borrowed::AwkwardNames<'_>;
    views: views::Everything, views::EverythingView<'_>;
}
