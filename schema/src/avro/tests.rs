//! What the schema model says about texts; the diagnostics are tested by the suites beside the crate.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::*;
use crate::diagnostic::{LabelKind, Severity};

fn parse(text: &str) -> Schema {
    Schema::parse(text).unwrap()
}

const ORDER: &str = r#"{"type": "record", "name": "shop.Order", "aliases": ["Purchase", "old.Order"], "doc": "d\u00e9", "pii": [1.50],
  "fields": [
    {"name": "id", "type": {"type": "fixed", "name": "Id", "namespace": "", "size": 16, "logicalType": "uuid"}},
    {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2, "unit": "EUR"},
     "default": "\u00ff", "order": "ignore", "aliases": ["cost"], "doc": "in \"euros\"", "x": {"y": null}},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "DONE"], "default": "NEW"}},
    {"name": "parts", "type": {"type": "array", "items": ["null", "Order", "Id", {"type": "map", "values": "State"}], "default": []}},
    {"name": "fault", "type": {"type": "error", "name": "err.Fault", "fields": [{"name": "of", "type": "shop.State"}]}},
    {"name": "odd", "type": {"type": "long", "logicalType": "timestamp"}}]}"#;

#[test]
fn the_model_holds_what_the_text_says() {
    let schema = parse(ORDER);
    let TypeKind::Record(order) = schema.kind(schema.root()) else { panic!() };
    assert_eq!(
        (order.name.full(), order.name.namespace(), order.doc.as_deref()),
        ("shop.Order", Some("shop"), Some("dé"))
    );
    let aliases: Vec<_> = order.aliases.iter().map(|alias| alias.name.full()).collect();
    assert_eq!(aliases, ["shop.Purchase", "old.Order"]);
    assert_eq!(schema[schema.root()].properties[0].value.to_json(), "[1.50]");
    let id = order.field("id").unwrap();
    assert_eq!((schema.kind(id.ty.id).branch_name(), schema[id.ty.id].logical), ("Id", Some(LogicalType::Uuid)));
    let price = order.field("price").unwrap();
    assert_eq!(schema[price.ty.id].logical, Some(LogicalType::Decimal { precision: 9, scale: 2 }));
    let properties: Vec<_> = schema[price.ty.id].properties.iter().map(|property| &*property.key).collect();
    assert_eq!(properties, ["unit"], "a recognised logical type takes its attributes");
    assert_eq!(default_bytes(price.default.as_ref().unwrap().as_str().unwrap()).unwrap(), [0xff]);
    assert_eq!((price.order, &*price.aliases[0].name, &*price.properties[0].key), (Order::Ignore, "cost", "x"));
    let odd = order.field("odd").unwrap();
    assert_eq!(schema[odd.ty.id].logical, None);
    assert_eq!(&*schema[odd.ty.id].properties[0].key, "logicalType");
    let TypeKind::Array(items) = schema.kind(order.field("parts").unwrap().ty.id) else { panic!() };
    let TypeKind::Union(branches) = schema.kind(items.id) else { panic!() };
    assert_eq!((branches[0].id, branches[1].id), (TypeId::NULL, schema.root()));
    let TypeKind::Record(fault) = schema.kind(schema.named("err.Fault").unwrap()) else { panic!() };
    assert!(fault.is_error && !order.is_error);
    let named: Vec<_> = schema.named_types().into_iter().map(|id| schema.kind(id).branch_name()).collect();
    assert_eq!(named, ["shop.Order", "Id", "shop.State", "err.Fault"]);
}

#[test]
fn places_lead_back_to_the_text() {
    let schema = parse(ORDER);
    let TypeKind::Record(order) = schema.kind(schema.root()) else { panic!() };
    let place =
        |location: &Location| (schema.pointer(location), schema.source(location.file).slice(location.span).to_owned());
    let parts = order.field("parts").unwrap();
    assert_eq!(schema.pointer(&parts.location), "/fields/3");
    let TypeKind::Array(items) = schema.kind(parts.ty.id) else { panic!() };
    let TypeKind::Union(branches) = schema.kind(items.id) else { panic!() };
    assert_eq!(place(&branches[1].location), ("/fields/3/type/items/1".to_owned(), "\"Order\"".to_owned()));
    let TypeKind::Map(values) = schema.kind(branches[3].id) else { panic!() };
    assert_eq!(place(&values.location), ("/fields/3/type/items/3/values".to_owned(), "\"State\"".to_owned()));
    let position = schema.position(&schema[values.id].location);
    assert_eq!((position.line, position.column), (6, 31), "the definition, not the use");
    assert_eq!(schema.pointer(&schema.root_ref().location), "");
    let label = schema.label(&parts.location, LabelKind::Secondary, "here");
    assert_eq!(label.start().line, 7);
}

#[test]
fn written_text_reads_back_as_an_equal_schema() {
    let nested_null = r#"{"type":"record","name":"a.Outer","fields":[
        {"name":"x","type":{"type":"record","name":".Inner","aliases":["Old","n.Older"],"fields":[]}},
        {"name":"y","type":"Inner"},
        {"name":"z","type":{"type":"record","name":"b.Inner","aliases":[".Old"],"fields":[
            {"name":"u","type":["Inner","null",".Inner","a.Outer"]}]}},
        {"name":"w","type":{"type":"record","name":"record","fields":[]}},
        {"name":"v","type":"a.record"}]}"#;
    let texts = [ORDER, nested_null, "\"int\"", "[]", r#"["null", {"type": "string", "avro.java.string": "String"}]"#];
    for text in texts {
        let schema = parse(text);
        let written = schema.to_json();
        let again = parse(&written);
        assert_eq!(again.to_json(), written);
        assert_eq!(again, schema);
        assert_eq!(parse(&schema.to_json_pretty()), schema);
        assert_eq!(again.canonical_form(), schema.canonical_form());
    }
    let expected = concat!(
        r#"{"type":"record","name":"Order","namespace":"shop","doc":"dé","aliases":["Purchase","old.Order"],"fields":["#,
        r#"{"name":"id","type":{"type":"fixed","name":"Id","namespace":"","size":16,"logicalType":"uuid"}},"#,
        r#"{"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2,"unit":"EUR"},"#,
        r#""doc":"in \"euros\"","default":"ÿ","order":"ignore","aliases":["cost"],"x":{"y":null}},"#,
        r#"{"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","DONE"],"default":"NEW"}},"#,
        r#"{"name":"parts","type":{"type":"array","items":["null","Order","Id",{"type":"map","values":"State"}],"#,
        r#""default":[]}},{"name":"fault","type":{"type":"error","name":"Fault","namespace":"err","fields":["#,
        r#"{"name":"of","type":"shop.State"}]}},{"name":"odd","type":{"type":"long","logicalType":"timestamp"}}],"#,
        r#""pii":[1.50]}"#,
    );
    assert_eq!(parse(ORDER).to_json(), expected);
}

#[test]
fn equality_looks_at_meaning_and_not_at_spelling() {
    let a =
        parse(r#"{"type":"record","name":"a.A","fields":[{"name":"x","type":{"type":"int"},"order":"ascending"}]}"#);
    let b = parse(r#"{"fields":[{"type":"int","name":"x"}],  "namespace":"a","name":"A","type":"record"}"#);
    assert_eq!(a, b);
    let documented = parse(r#"{"type":"record","name":"a.A","doc":"d","fields":[{"name":"x","type":"int"}]}"#);
    assert_ne!(a, documented);
    assert_eq!(a.canonical_form(), documented.canonical_form());
    assert_ne!(a, parse(r#"{"type":"record","name":"a.A","fields":[{"name":"x","type":"long"}]}"#));
}

#[test]
fn a_part_of_a_schema_is_a_schema() {
    let schema = parse(ORDER);
    let state = schema.at(schema.named("shop.State").unwrap());
    assert_eq!(state.canonical_form(), r#"{"name":"shop.State","type":"enum","symbols":["NEW","DONE"]}"#);
    assert_eq!(state, parse(r#"{"type":"enum","name":"shop.State","symbols":["NEW","DONE"],"default":"NEW"}"#));
    assert!(!state.same_as(&schema));
}

#[test]
fn a_union_default_means_the_first_branch_that_it_fits() {
    let schema = parse(
        r#"{"type":"record","name":"R","fields":[
            {"name":"a","type":["null","int","long"],"default":5000000000},
            {"name":"b","type":["null",{"type":"fixed","name":"F","size":2},"string"],"default":"abc"},
            {"name":"c","type":["null",{"type":"record","name":"P","fields":[{"name":"x","type":"int"}]},
                {"type":"map","values":"string"}],"default":{"x":"1"}}]}"#,
    );
    let TypeKind::Record(record) = schema.kind(schema.root()) else { panic!() };
    let branch = |name: &str| {
        let field = record.field(name).unwrap();
        schema.default_branch(field.ty.id, field.default.as_ref().unwrap())
    };
    assert_eq!((branch("a"), branch("b"), branch("c")), (Some(2), Some(2), Some(2)));
    let text = record.field("b").unwrap().default.as_ref().unwrap();
    assert_eq!(schema.default_branch(TypeId::INT, text), None, "not a union");
    assert!(schema.check_default(TypeId::STRING, text).is_ok());
    assert!(schema.check_default(TypeId::BOOLEAN, text).is_err());
}

#[test]
fn schemas_of_data_are_read_leniently() {
    let text = r#"{"type":"record","name":"my-company.größe","fields":[
        {"name":"first name","type":"int","default":"x"},{"name":"int","type":{"type":"fixed","name":"string","size":1}}]}"#;
    assert_eq!(Schema::parse(text).unwrap_err().errors().count(), 5);
    let schema = Schema::parse_with(text, Options::embedded()).unwrap();
    let TypeKind::Record(record) = schema.kind(schema.root()) else { panic!() };
    assert_eq!((record.name.simple(), &*record.fields[0].name), ("größe", "first name"));
    assert!(record.fields[0].default.is_none(), "a default that does not fit is dropped");
    let mut loader = Loader::with_options(Options::embedded());
    loader.add("a", text);
    let linked = loader.link();
    let warnings: Vec<_> = linked.diagnostics.iter().map(|warning| (warning.rule.id, warning.severity)).collect();
    assert_eq!(warnings, [("avro/bad-default", Severity::Warning)]);
    assert!(Schema::parse_with(r#"{"type":"fixed","name":"","size":1}"#, Options::embedded()).is_err());
}

#[test]
fn a_set_gives_schemas_by_file_and_by_name() {
    let mut loader = Loader::new();
    let user = loader.add("user.avsc", r#"{"type":"record","name":"n.User","fields":[{"name":"id","type":"Id"}]}"#);
    let id = loader.add("id.avsc", r#"{"type":"fixed","name":"n.Id","size":4}"#);
    let set = loader.link().into_result().unwrap();
    assert_eq!(set.schema(user).named_types().len(), 2);
    assert_eq!(set.schema(id), set.get("n.Id").unwrap());
    assert!(set.get("Id").is_none());
    let paths: Vec<_> = set.files().map(|(path, schema)| (path.to_owned(), schema.canonical_form().len())).collect();
    assert_eq!(paths[1], ("id.avsc".to_owned(), set.get("n.Id").unwrap().canonical_form().len()));
    let names: Vec<_> = set.named().map(|(name, _)| name.full().to_owned()).collect();
    assert_eq!(names, ["n.User", "n.Id"]);
    assert_eq!(set.schema(user).canonical_form(), set.get("n.User").unwrap().canonical_form());
}

#[test]
fn a_loader_without_files_and_one_with_bytes_that_are_no_text() {
    assert_eq!(Loader::new().link().into_result().unwrap().files().count(), 0);
    let mut loader = Loader::new();
    loader.add_bytes("good", b"\xef\xbb\xbf\"int\"".to_vec());
    loader.add_bytes("bad", b"{\"type\": \"\xff\"}".to_vec());
    loader.add("worse", "\"x\"");
    let faults = loader.link().into_result().unwrap_err().to_string();
    let expected = "bad:1:11: error[source/not-utf8]: byte 10 (0xff) is not UTF-8\n\
        worse:1:1: error[avro/unknown-type]: `x` is not defined";
    assert_eq!(faults, expected);
}

#[test]
fn every_rule_has_its_own_id() {
    let mut ids: Vec<_> = rules::ALL.iter().map(|rule| rule.id).collect();
    assert!(ids.iter().all(|id| id.starts_with("avro/")));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rules::ALL.len());
}

/// A bundle of records, each with a field of the next one's type.
fn chain(count: usize) -> String {
    let mut text = "[".to_owned();
    for index in 0..count {
        let next = if index + 1 < count { format!("R{}", index + 1) } else { "int".to_owned() };
        let comma = if index > 0 { "," } else { "" };
        write!(
            text,
            r#"{comma}{{"type":"record","name":"n.R{index}","doc":"d","fields":[{{"name":"next","type":"{next}"}},
              {{"name":"a","type":["null","string"],"default":null}},{{"name":"b","type":{{"type":"array","items":"long"}}}}]}}"#
        )
        .unwrap();
    }
    text + "]"
}

#[test]
fn large_schemas_take_linear_time_and_no_stack() {
    let time = |count: usize| {
        let text = chain(count);
        let start = Instant::now();
        let schema = parse(&text);
        assert_eq!(schema.named_types().len(), count);
        assert!(schema.canonical_form().len() > count * 100);
        assert!(schema.to_json().len() > count * 100);
        start.elapsed()
    };
    let (small, large) = (time(2_000).max(Duration::from_millis(5)), time(20_000));
    // Ten times the types; a quadratic step would take a hundred times as long.
    assert!(large < small * 40, "{small:?} for 2,000 types, {large:?} for 20,000");
}

#[test]
fn hostile_texts_end_in_an_error_soon() {
    let recursive_union = |depth: usize| {
        let default = format!("{}1{}", "{\"n\":".repeat(depth), "}".repeat(depth));
        let record =
            |name: &str| format!(r#"{{"type":"record","name":"{name}","fields":[{{"name":"n","type":"X"}}]}}"#);
        let records: Vec<_> = ["A", "B", "C"].map(record).into();
        let text = format!(
            r#"{{"type":"record","name":"R","fields":[{{"name":"u","type":[{}],"default":{default}}}]}}"#,
            records.join(",")
        );
        text.replace("\"X\"", r#"["A","B","C"]"#)
    };
    let cases = [
        ("deep nesting", "[".repeat(10_000)),
        ("deep objects", "{\"type\":".repeat(10_000)),
        ("a default that every branch of a recursive union must try", recursive_union(100)),
        ("many unknown names", format!("[{}]", vec!["\"Unknwon\""; 5_000].join(","))),
        ("a long name", format!("\"{}\"", "x".repeat(1_000_000))),
        ("a huge number", format!("{{\"type\":\"fixed\",\"name\":\"F\",\"size\":{}}}", "9".repeat(100_000))),
    ];
    for (what, text) in cases {
        let start = Instant::now();
        assert!(Schema::parse(text).is_err(), "{what}");
        assert!(start.elapsed() < Duration::from_secs(2), "{what}: {:?}", start.elapsed());
    }
}

/// Every value of a schema replaced by every kind of value, and every byte by others: whatever comes out, it is a schema or
/// an error with a place.
#[test]
fn no_change_of_a_text_makes_it_panic() {
    let attempt = |text: String| {
        if let Err(faults) = Schema::parse(text) {
            assert!(faults.errors().count() > 0);
            assert!(faults.as_slice().iter().all(|fault| fault.place().is_some() && !fault.to_string().is_empty()));
        }
    };
    let source = crate::SourceFile::new("", ORDER);
    let mut nodes = vec![crate::json::parse(&source, &mut Vec::new()).unwrap()];
    while let Some(node) = nodes.pop() {
        for other in ["null", "true", "-1", "1.5", "\"\"", "\"Order\"", "[]", "{}", "[[]]", "{\"type\":\"Id\"}", ORDER]
        {
            let mut text = ORDER.to_owned();
            text.replace_range(node.span.range(), other);
            attempt(text);
        }
        match node.value {
            crate::json::Value::Array(items) => nodes.extend(items),
            crate::json::Value::Object(members) => nodes.extend(members.into_iter().map(|member| member.value)),
            _ => {}
        }
    }
    for (at, c) in ORDER.char_indices() {
        for other in ["", "\"", "{", "]", ",", "\\", "é", "0"] {
            attempt(format!("{}{other}{}", &ORDER[..at], &ORDER[at + c.len_utf8()..]));
        }
    }
}

#[test]
fn real_schemas_parse() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/avro");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "avsc"))
    {
        let mut loader = Loader::new();
        loader.add_bytes(path.display().to_string(), std::fs::read(&path).unwrap());
        let linked = loader.link();
        assert!(linked.diagnostics.is_empty(), "{:?}", linked.diagnostics);
        let (_, schema) = linked.set.as_ref().unwrap().files().next().unwrap();
        assert_eq!(parse(&schema.to_json()), schema);
    }
}
