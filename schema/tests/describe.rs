//! Schemas of Rust types.

use std::collections::{BTreeMap, HashMap};

use cognate_codec::desc::RecordKind;
use cognate_codec::{
    CalendarDuration, EnumDesc, FieldDesc, Logical, Name, Presence, RecordDesc, Shape, SymbolDesc, TypeDesc, Typed,
    UnionDesc,
};
use cognate_schema::avro::Schema;

struct Node;

const NODE: &RecordDesc = &RecordDesc {
    name: Name::new("Node", "util"),
    kind: RecordKind::Error,
    aliases: &["Knot"],
    doc: "A node.",
    fields: &[
        FieldDesc::new("id", <[u8; 16]>::TYPE.with_logical(Logical::Uuid)).with_aliases(&["key"]).with_doc("Its key."),
        FieldDesc::new("at", <Option<i64>>::TYPE.with_logical(Logical::TimestampMillis).with_null_at(1))
            .with_default("0"),
        FieldDesc::new("next", <Option<Box<Node>>>::TYPE).with_default("null"),
        FieldDesc::new("state", TypeDesc::new(Shape::Enum(&STATE))),
        FieldDesc::new("raw", <Vec<u8>>::TYPE.with_number(7, Presence::Explicit)),
        FieldDesc::new("sums", <BTreeMap<String, Vec<u32>>>::TYPE),
        FieldDesc::new("pick", TypeDesc::new(Shape::Optional { null_at: 1, of: &PICK })),
        FieldDesc::new("wait", CalendarDuration::TYPE),
        FieldDesc::new("other", <[u8; 16]>::TYPE.with_logical(Logical::Uuid)),
    ],
};

const STATE: EnumDesc = EnumDesc {
    name: Name::new("State", ""),
    aliases: &[],
    doc: "",
    symbols: &[SymbolDesc { name: "A", number: 0, doc: "" }, SymbolDesc { name: "B", number: 1, doc: "" }],
    default: Some(1),
};

const PICK: TypeDesc = TypeDesc::new(Shape::Union(|| ARMS));

const ARMS: &UnionDesc = &UnionDesc {
    name: Name::new("Pick", ""),
    doc: "",
    arms: &[FieldDesc::new("text", String::TYPE), FieldDesc::new("node", Node::TYPE)],
};

const TWO: &RecordDesc = &RecordDesc {
    name: Name::new("State", ""),
    kind: RecordKind::Record,
    aliases: &[],
    doc: "",
    fields: &[FieldDesc::new("s", TypeDesc::new(Shape::Enum(&STATE)))],
};

impl Typed for Node {
    const TYPE: TypeDesc = TypeDesc::new(Shape::Record(|| NODE));
}

#[test]
fn a_descriptor_as_a_schema() {
    let expected = r#"{"type":"error","name":"util.Node","doc":"A node.","aliases":["Knot"],"fields":[
        {"name":"id","type":{"type":"fixed","name":"util.Uuid16","size":16,"logicalType":"uuid"},"doc":"Its key.","aliases":["key"]},
        {"name":"at","type":[{"type":"long","logicalType":"timestamp-millis"},"null"],"default":0},
        {"name":"next","type":["null","util.Node"],"default":null},
        {"name":"state","type":{"type":"enum","name":"State","namespace":"","symbols":["A","B"],"default":"B"}},
        {"name":"raw","type":"bytes"},
        {"name":"sums","type":{"type":"map","values":{"type":"array","items":"long"}}},
        {"name":"pick","type":["string","null","util.Node"]},
        {"name":"wait","type":{"type":"fixed","name":"util.Duration12","size":12,"logicalType":"duration"}},
        {"name":"other","type":"util.Uuid16"}]}"#;
    assert_eq!(Schema::of::<Node>().unwrap(), Schema::parse(expected).unwrap());
    assert_eq!(Schema::of::<Vec<Option<bool>>>().unwrap().to_json(), r#"{"type":"array","items":["null","boolean"]}"#);
}

#[test]
fn what_avro_has_not_is_said() {
    let fault = |result: Result<Schema, cognate_schema::Diagnostics>| result.unwrap_err().to_string();
    assert!(fault(Schema::of::<HashMap<i32, String>>()).contains("keys are other than strings"));
    assert!(fault(Schema::of::<Option<Option<i32>>>()).contains("avro/nested-union"));
    assert!(fault(Schema::of_type(&TypeDesc::new(Shape::Record(|| TWO)))).contains("two different Rust types"));
}
