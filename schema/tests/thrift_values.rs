//! Values of Thrift types that are known only at run time.

use cognate_codec::thrift::{Binary, Compact, FbBinary, FbCompact, Protocol};
use cognate_codec::{DecodeErrorKind, Limits};
use cognate_schema::thrift::{Item, Layout, Program, RawStruct, StructId};
use cognate_schema::value::JsonForm;
use cognate_schema::{SourceFile, Value};

fn layout(text: &str) -> Layout {
    Layout::new(&Program::parse(text).unwrap())
}

fn find(layout: &Layout, name: &str) -> StructId {
    match layout.program().find(name) {
        Some(Item::Struct(id)) => id,
        other => panic!("{name} is {other:?}"),
    }
}

/// Decodes to this JSON; the value, and what is read from the JSON, encode to the bytes again.
#[track_caller]
fn travels<P: Protocol>(layout: &Layout, name: &str, bytes: &[u8], json: &str) {
    let id = find(layout, name);
    let value = layout.decode::<P>(id, bytes, Limits::default()).unwrap();
    assert_eq!(value.to_json(JsonForm::Plain), json);
    let mut again = Vec::new();
    layout.encode_into::<P>(id, &value, &mut again).unwrap();
    assert_eq!(again, bytes, "{json}");
    again.clear();
    let read = layout.read_json(id, &SourceFile::new("value", json)).unwrap();
    layout.encode_into::<P>(id, &read, &mut again).unwrap();
    assert_eq!(again, bytes, "from JSON: {json}");
}

const EVERYTHING: &str = "
    enum Color { RED = 1, BLUE = 7 }
    union Shape { 1: double circle, 2: bool filled, 3: Color color }
    typedef map<i16, list<binary>> Blobs
    struct Everything {
        1: bool flag, 2: i8 byte, 3: i16 short, 4: i32 int, 5: i64 long, 6: double real,
        7: string text, 8: binary blob, 9: Color color, 10: set<bool> set, 11: map<string, i32> named,
        12: Blobs blobs, 13: Shape shape, 14: uuid id, 15: optional Everything next,
    }";

#[test]
fn every_type_in_both_protocols() {
    let layout = layout(EVERYTHING);
    let json = concat!(
        r#"{"flag":true,"byte":-1,"short":-2,"int":300,"long":-1,"real":1.5,"text":"hi","blob":"/w==","color":"BLUE","#,
        r#""set":[true,false],"named":{"k":1},"blobs":[[5,["",""]]],"shape":{"filled":false},"#,
        r#""id":"00000000-0000-0000-0000-0000000000ff","next":{"color":3}}"#
    );
    let mut compact =
        b"\x11\x13\xff\x14\x03\x15\xd8\x04\x16\x01\x17\0\0\0\0\0\0\xf8\x3f\x18\x02hi\x18\x01\xff\x15\x0e".to_vec();
    compact.extend(b"\x1a\x21\x01\x02\x1b\x01\x85\x01k\x02\x1b\x01\x49\x0a\x28\0\0\x1c\x22\0\x1d");
    compact.extend([0; 15]);
    compact.extend(b"\xff\x1c\x95\x06\0\0");
    travels::<Compact>(&layout, "Everything", &compact, json);
    let id = find(&layout, "Everything");
    let value = layout.decode::<Compact>(id, &compact, Limits::default()).unwrap();
    let mut binary = Vec::new();
    layout.encode_into::<Binary>(id, &value, &mut binary).unwrap();
    travels::<Binary>(&layout, "Everything", &binary, json);
    let thrift_json = layout.to_thrift_json(id, &value);
    let expected = concat!(
        r#"{"1":{"tf":1},"2":{"i8":-1},"3":{"i16":-2},"4":{"i32":300},"5":{"i64":-1},"6":{"dbl":1.5},"7":{"str":"hi"},"#,
        r#""8":{"str":"/w=="},"9":{"i32":7},"10":{"set":["tf",2,1,0]},"11":{"map":["str","i32",1,{"k":1}]},"#,
        r#""12":{"map":["i16","lst",1,{"5":["str",2,"",""]}]},"13":{"rec":{"2":{"tf":0}}},"#,
        r#""14":{"uid":"00000000-0000-0000-0000-0000000000ff"},"15":{"rec":{"9":{"i32":3}}}}"#
    );
    assert_eq!(thrift_json, expected);
    assert_eq!(layout.read_thrift_json(id, &SourceFile::new("value", thrift_json)).unwrap(), value);
}

#[test]
fn what_the_schema_does_not_know_stays_and_is_shown() {
    let layout = layout("struct Small { 4: i32 int, 9: list<i32> other }");
    let json = concat!(
        r#"{"int":300,"@unknown":{"1":{"bool":true},"2":{"i8":-1},"5":{"i64":-1},"9":{"list":["i64",[1]]},"#,
        r#""10":{"map":["string","binary",[["k","/w=="]]]},"11":{"struct":{"1":{"set":["bool",[true]]}}},"12":{"double":"NaN"}}}"#
    );
    let mut compact = b"\x11\x13\xff\x25\xd8\x04\x16\x01\x49\x16\x02\x1b\x01\x88\x01k\x01\xff".to_vec();
    compact.extend(b"\x1c\x1a\x11\x01\0\x17\0\0\0\0\0\0\xf8\x7f\0");
    travels::<Compact>(&layout, "Small", &compact, json);
    // Another protocol has the same fields in its own way.
    let id = find(&layout, "Small");
    let value = layout.decode::<Compact>(id, &compact, Limits::default()).unwrap();
    let mut binary = Vec::new();
    layout.encode_into::<Binary>(id, &value, &mut binary).unwrap();
    travels::<Binary>(&layout, "Small", &binary, json);
}

#[test]
fn a_struct_tells_its_kinds_without_a_schema() {
    let bytes = b"\x17\0\0\0\0\0\0\xf8\x3f\xf2\x09\x40\x21\x01\x02\x1b\0\x05\x09\x01\0";
    let (raw, taken) = RawStruct::decode::<Compact>(bytes, Limits::default()).unwrap();
    assert_eq!(taken, bytes.len());
    let mut json = String::new();
    raw.write_json(&mut json);
    let expected = r#"{"1":{"double":1.5},"16":{"bool":false},"32":{"list":["bool",[true,false]]},"33":{"map":[]},"-5":{"i32":-1}}"#;
    assert_eq!(json, expected);
    let mut again = Vec::new();
    raw.encode_into::<Compact>(&mut again).unwrap();
    assert_eq!(again, bytes);
}

#[test]
fn structs_are_as_deep_as_the_limit_with_a_schema_and_without() {
    let layout = layout("struct N { 1: N n }");
    let id = find(&layout, "N");
    for (structs, fits) in [(64, true), (65, false)] {
        let bytes = [vec![0x1c; structs - 1], vec![0; structs]].concat();
        let raw = RawStruct::decode::<Compact>(&bytes, Limits::THRIFT).map(|(value, _)| value);
        let known = layout.decode::<Compact>(id, &bytes, Limits::THRIFT);
        assert_eq!((raw.is_ok(), known.is_ok()), (fits, fits), "{structs}");
        if let (Ok(raw), Ok(known)) = (raw, known) {
            // What may be that deep can be read from JSON, too.
            let mut json = String::new();
            raw.write_json(&mut json);
            let mut again = Vec::new();
            let read = RawStruct::read_json(&SourceFile::new("value", json)).unwrap();
            read.encode_into::<Compact>(&mut again).unwrap();
            assert_eq!(again, bytes);
            for json in [known.to_json(JsonForm::Plain), layout.to_thrift_json(id, &known)] {
                let source = SourceFile::new("value", json);
                let read = layout.read_json(id, &source).or_else(|_| layout.read_thrift_json(id, &source)).unwrap();
                assert_eq!(read, known);
            }
        }
    }
}

#[test]
fn unknown_fields_count_against_the_memory() {
    let layout = layout("struct N {}");
    let id = find(&layout, "N");
    // A list of 10,000 empty structs, and text of as many bytes.
    let structs = [b"\x19\xfc\x90\x4e".as_slice(), &[0; 10_000], b"\0"].concat();
    let text = [b"\x18\x90\x4e".as_slice(), &[b'a'; 10_000], b"\0"].concat();
    let limits = Limits::THRIFT.with_memory(100_000);
    let refused = layout.decode::<Compact>(id, &structs, limits).unwrap_err();
    assert_eq!(refused.kind(), &DecodeErrorKind::MemoryLimit(100_000));
    assert_eq!(RawStruct::decode::<Compact>(&structs, limits).unwrap_err().kind(), refused.kind());
    assert!(layout.decode::<Compact>(id, &text, limits).is_ok());
    assert!(layout.decode::<Compact>(id, &structs, Limits::THRIFT).is_ok());
}

#[test]
fn fields_out_of_order_and_twice() {
    let layout = layout("struct Two { 1: i32 first, 2: bool second }");
    let id = find(&layout, "Two");
    let value = layout.decode::<Compact>(id, b"\x21\x05\x02\x02\x05\x02\x04\x12\0", Limits::default()).unwrap();
    assert_eq!(value.to_json(JsonForm::Plain), r#"{"first":2,"second":false}"#);
}

#[test]
fn a_union_has_one_value() {
    let layout = layout("union Either { 1: i32 left, 2: i32 right }");
    let id = find(&layout, "Either");
    // Left and right; left and one that the union does not know.
    for bytes in [b"\x15\x02\x15\x04\0", b"\x15\x02\x25\x04\0"] {
        let error = layout.decode::<Compact>(id, bytes, Limits::default()).unwrap_err();
        assert!(error.to_string().contains("the union schema.Either has several values"), "{error}");
    }
    for json in [r#"{"1":{"i32":1},"2":{"i32":2}}"#, r#"{"1":{"i32":1},"3":{"i32":2}}"#] {
        let error = layout.read_thrift_json(id, &SourceFile::new("value", json)).unwrap_err();
        assert!(error.to_string().contains("the union schema.Either has several values"), "{error}");
    }
    let unknown = layout.decode::<Compact>(id, b"\x35\x02\x15\x04\0", Limits::default()).unwrap();
    let mut again = Vec::new();
    layout.encode_into::<Compact>(id, &unknown, &mut again).unwrap();
    assert_eq!(again, b"\x35\x02\x15\x04\0", "arms that are not known are kept");
}

#[test]
fn required_fields_must_be_there() {
    let layout = layout("struct Strict { 1: required i32 must, 2: optional i32 may }");
    let id = find(&layout, "Strict");
    let error = layout.decode::<Compact>(id, b"\x25\x02\0", Limits::default()).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingNamedField("must".to_owned()));
    let read = layout.read_json(id, &SourceFile::new("value", r#"{"may": 1}"#)).unwrap_err();
    assert_eq!(
        read.to_string(),
        "value:1:1: error[thrift/data-mismatch]: the required field `must` of `schema.Strict` is missing"
    );
    let read = layout.read_thrift_json(id, &SourceFile::new("value", r#"{"2":{"i32":1}}"#)).unwrap_err();
    assert!(read.to_string().ends_with("the required field `must` of `schema.Strict` is missing"), "{read}");
}

#[test]
fn required_fields_may_come_in_any_order() {
    let layout = layout("struct Strict { 3: required i32 c, 1: required i32 a, 2: optional i32 b, 4: required i32 d }");
    let id = find(&layout, "Strict");
    let written = |ids: &[u8]| {
        // Headers with an id of their own, each before the value 1.
        ids.iter().flat_map(|id| [5, id * 2, 2]).chain([0]).collect::<Vec<_>>()
    };
    for ids in [&[1, 3, 4][..], &[4, 3, 1], &[3, 4, 2, 1], &[1, 1, 4, 3]] {
        assert!(layout.decode::<Compact>(id, &written(ids), Limits::default()).is_ok(), "{ids:?}");
    }
    for (ids, missing) in [(&[][..], "c"), (&[3, 4], "a"), (&[4, 1, 4, 1], "c"), (&[1, 3, 2], "d")] {
        let error = layout.decode::<Compact>(id, &written(ids), Limits::default()).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::MissingNamedField(missing.to_owned()), "{ids:?}");
    }
    // As many required fields as there have to be, but one of them twice.
    let all = written(&[1, 3, 4]);
    let Ok(Value::Struct(mut value)) = layout.decode::<Compact>(id, &all, Limits::default()) else {
        panic!("a struct")
    };
    value.fields[0] = value.fields[1].clone();
    let error = layout.encode_into::<Compact>(id, &Value::Struct(value), &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "the struct `schema.Strict` lacks its required field `a`");
}

#[test]
fn faults_in_json_have_a_place() {
    let layout = layout(EVERYTHING);
    let id = find(&layout, "Everything");
    for (json, fault) in [
        (r#"{"byte": 128}"#, "value:1:10: error[thrift/data-mismatch]: byte: 128 is no integer of the type i8"),
        (
            r#"{"colour": "RED"}"#,
            "value:1:2: error[thrift/data-mismatch]: the struct `schema.Everything` has no field `colour`",
        ),
        (
            r#"{"color": "GREEN"}"#,
            "value:1:11: error[thrift/data-mismatch]: color: `GREEN` is no value of the enum `schema.Color`",
        ),
        (
            r#"{"blobs": [[5, [7]]]}"#,
            "value:1:17: error[thrift/data-mismatch]: blobs[0][0]: bytes is expected here, not a number",
        ),
        (
            r#"{"shape": {"circle": 1, "filled": true}}"#,
            "value:1:25: error[thrift/data-mismatch]: shape: the union `schema.Shape` has one value",
        ),
        (
            r#"{"@unknown": {"9": 5}}"#,
            "value:1:20: error[thrift/data-mismatch]: @unknown.9: an object of one kind and its value, such as {\"i32\": 5}, is expected here, not a number",
        ),
        (r#"{"id": "1"}"#, "value:1:8: error[thrift/data-mismatch]: id: uuid is expected here, not a string"),
    ] {
        assert_eq!(layout.read_json(id, &SourceFile::new("value", json)).unwrap_err().to_string(), fault);
    }
}

#[test]
fn faults_in_thrift_json_have_a_place() {
    let layout = layout(EVERYTHING);
    let id = find(&layout, "Everything");
    for (json, fault) in [
        (r#"{"2":{"int":1}}"#, "1:7: error[thrift/data-mismatch]: `int` is no kind of value"),
        (r#"{"2":{"i8":"+1"}}"#, "1:12: error[thrift/data-mismatch]: byte: +1 is no i8"),
        (
            r#"{"99":{"lst":["i33",0]}}"#,
            "1:15: error[thrift/data-mismatch]: 99: a kind of value is expected here, not a string",
        ),
    ] {
        let faults = layout.read_thrift_json(id, &SourceFile::new("value", json)).unwrap_err();
        assert_eq!(faults.to_string(), format!("value:{fault}"));
    }
}

#[test]
fn structs_and_collections_are_keys_in_thrift_json_as_they_are() {
    let layout = layout(
        "struct Key { 1: i32 x, 2: map<i32, bool> flags }
        struct Keyed { 1: map<list<i32>, string> lists, 2: map<Key, i32> structs }
        struct Empty {}
        struct Endless { 1: map<Endless, i8> keys }",
    );
    let read = |name: &str, json: &str| {
        let id = find(&layout, name);
        let value =
            layout.read_thrift_json(id, &SourceFile::new("value", json)).map_err(|faults| faults.to_string())?;
        Ok::<_, String>(layout.to_thrift_json(id, &value))
    };
    // As Apache Thrift's `TJSONProtocol` writes it.
    let text = concat!(
        r#"{"1":{"map":["lst","str",2,{["i32",2,1,-5]:"ab",["i32",0]:"none"}]},"#,
        r#""2":{"map":["rec","i32",1,{{"1":{"i32":7},"2":{"map":["i32","tf",1,{"3":1}]}}:9}]}}"#,
    );
    assert_eq!(read("Keyed", text).as_deref(), Ok(text));
    assert_eq!(read("Empty", text).as_deref(), Ok(text));
    for (json, fault) in [
        (
            r#"{"1":{"map":["lst","str",1,{"a":"b"}]}}"#,
            r#"value:1:29: error[thrift/data-mismatch]: lists["a"]: an array of a kind, a count and the items is expected here, not a string"#,
        ),
        (
            r#"{"1":{"map":["lst","str",1,{["i32",1,"x"]:"b"}]}}"#,
            "value:1:38: error[thrift/data-mismatch]: lists[0][0]: x is no i32",
        ),
        (r#"{"1":{"map":["lst","str",1,{["i32",0],"b"}]}}"#, "value:1:29: error[json/syntax]: key must be a string"),
    ] {
        assert_eq!(read("Keyed", json), Err(fault.to_owned()), "{json}");
    }
    // Keys in keys take no more room for being there.
    let deep = (0..20).fold("{}".to_owned(), |key, _| format!(r#"{{"1":{{"map":["rec","i8",1,{{{key}:0}}]}}}}"#));
    assert_eq!(read("Endless", &deep).as_deref(), Ok(&*deep));
}

#[test]
fn fbthrift_has_single_precision() {
    let layout = layout("struct Doubles { 1: double value }");
    travels::<FbCompact>(&layout, "Doubles", b"\x17\x3f\xf8\0\0\0\0\0\0\0", r#"{"value":1.5}"#);
    // What is not known keeps its precision, through JSON too; Apache's protocols have it as double.
    let (single, double) = (r#"{"@unknown":{"2":{"float":1.5}}}"#, r#"{"@unknown":{"2":{"double":1.5}}}"#);
    travels::<FbCompact>(&layout, "Doubles", b"\x2d\x3f\xc0\0\0\0", single);
    travels::<FbBinary>(&layout, "Doubles", b"\x13\0\x02\x3f\xc0\0\0\0", single);
    let id = find(&layout, "Doubles");
    let floats =
        layout.read_thrift_json(id, &SourceFile::new("value", r#"{"2":{"flt":1.5},"3":{"lst":["flt",1,-0.5]}}"#));
    let mut bytes = Vec::new();
    layout.encode_into::<FbCompact>(id, &floats.unwrap(), &mut bytes).unwrap();
    assert_eq!(bytes, b"\x2d\x3f\xc0\0\0\x19\x1d\xbf\0\0\0\0");
    let value = layout.read_json(id, &SourceFile::new("value", single)).unwrap();
    bytes.clear();
    layout.encode_into::<Binary>(id, &value, &mut bytes).unwrap();
    assert_eq!(layout.decode::<Binary>(id, &bytes, Limits::default()).unwrap().to_json(JsonForm::Plain), double);
}

#[test]
fn fbthrift_has_no_uuids() {
    let layout = layout("struct Ids { 1: uuid id }");
    let id = find(&layout, "Ids");
    let uuid = "00000000-0000-0000-0000-0000000000ff";
    for json in [format!(r#"{{"id":"{uuid}"}}"#), format!(r#"{{"@unknown":{{"2":{{"list":["uuid",["{uuid}"]]}}}}}}"#)] {
        let value = layout.read_json(id, &SourceFile::new("value", &*json)).unwrap();
        let mut bytes = Vec::new();
        layout.encode_into::<Compact>(id, &value, &mut bytes).unwrap();
        for refused in [
            layout.encode_into::<FbCompact>(id, &value, &mut bytes),
            layout.encode_into::<FbBinary>(id, &value, &mut bytes),
        ] {
            assert!(refused.unwrap_err().to_string().ends_with("of fbthrift has no UUIDs"), "{json}");
        }
    }
}

#[test]
fn claims_cost_no_more_than_the_input_may() {
    let layout = layout("struct Deep { 1: list<Deep> next, 2: map<i32, i32> map }");
    let id = find(&layout, "Deep");
    for claim in [
        &b"\x19\xfc\xff\xff\xff\xff\x07"[..],
        b"\x2b\x80\x80\x80\x80\x80\x80\x80\x80\x10\x55",
        b"\x39\xf6\x80\x80\x80\x80\x08",
    ] {
        assert!(layout.decode::<Compact>(id, claim, Limits::default()).unwrap_err().is_truncated());
        assert!(RawStruct::decode::<Compact>(claim, Limits::default()).unwrap_err().is_truncated());
    }
    let deep = b"\x19\x1c".repeat(10_000);
    assert!(layout.decode::<Compact>(id, &deep, Limits::default()).unwrap_err().is_limit());
    assert!(RawStruct::decode::<Compact>(&deep, Limits::default()).unwrap_err().is_limit());
    // A megabyte of empty structs is more values than the memory for them.
    let mut many = b"\x19\xfc\x80\x80\x40".to_vec();
    many.resize(many.len() + (1 << 20), 0);
    many.push(0);
    assert!(layout.decode::<Compact>(id, &many, Limits::default()).unwrap_err().is_limit());
}
