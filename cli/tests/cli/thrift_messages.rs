//! Messages of services: envelopes, what is in them, and frames around them.

use crate::support::Folder;

const CALC: &str = "
include \"base.thrift\"
struct Shape { 1: i32 sides }
service Calc extends base.Base {
  i32 add(1: i32 a, 2: i32 b) throws (1: base.Bad bad)
}
";

const BASE: &str = "
exception Bad { 1: string why }
service Base { void ping(), oneway void fire(1: string what) }
";

const MESSAGES: &str = r#"{"name":"add","type":"call","seqid":1,"value":{"a":1,"b":2}}
{"name":"add","type":"reply","seqid":1,"value":{"success":3}}
{"name":"add","type":"reply","seqid":2,"value":{"bad":{"why":"too large"}}}
{"name":"ping","type":"reply","seqid":3,"value":{}}
{"name":"fire","type":"oneway","seqid":4,"value":{"what":"x"}}
{"name":"sub","type":"exception","seqid":-5,"value":{"message":"no such method","type":"UNKNOWN_METHOD"}}
{"name":"Calc:add","type":"call","seqid":6,"value":{"a":3}}
{"name":"sub","type":"call","seqid":7,"@unknown":{"1":{"i32":9}}}
"#;

/// The call `add(1, 2)` as the Apache package for Python writes it with `TBinaryProtocol` (strict and not) and
/// `TCompactProtocol`.
const STRICT: &str = "80010001 00000003 616464 00000001 08 0001 00000001 08 0002 00000002 00";
const OLD: &str = "00000003 616464 01 00000001 08 0001 00000001 08 0002 00000002 00";
const COMPACT: &str = "82 21 01 03 616464 15 02 15 04 00";
const CALL: &str = "{\"name\":\"add\",\"type\":\"call\",\"seqid\":1,\"value\":{\"a\":1,\"b\":2}}\n";

fn calc() -> Folder {
    Folder::new().file("calc.thrift", CALC).file("base.thrift", BASE).file("messages.jsonl", MESSAGES)
}

#[test]
fn a_message_tells_its_protocol_and_the_struct_in_it() {
    let folder = calc();
    let frame = |hex: &str| format!("{:08x} {hex}", hex.replace(' ', "").len() / 2);
    for hex in [STRICT.to_owned(), COMPACT.to_owned(), frame(STRICT), frame(COMPACT)] {
        let text = folder.pipe("decode --schema calc.thrift --hex -", &hex).clean_text();
        assert_eq!(text, CALL, "{hex}");
        let text = folder.pipe("decode --schema calc.thrift --type Calc --hex -", hex.repeat(2)).clean_text();
        assert_eq!(text, CALL.repeat(2), "{hex}");
    }
    let old = folder.pipe("decode --schema calc.thrift --message --hex -", OLD).clean_text();
    assert_eq!(old, CALL, "the old form has no mark");
    for (protocol, hex) in [("binary", STRICT), ("compact", COMPACT)] {
        let flags = format!("--schema calc.thrift --message --protocol {protocol} --hex -");
        let encoded = folder.pipe(&format!("encode {flags}"), CALL).clean_text();
        assert_eq!(encoded, format!("{}\n", hex.replace(' ', "")), "{protocol}");
    }
}

#[test]
fn messages_go_through_every_protocol_and_framing() {
    let folder = calc();
    for protocol in ["binary", "compact", "fb-binary", "fb-compact"] {
        for framing in ["raw", "framed", "delimited"] {
            let flags = format!("--protocol {protocol} --framing {framing}");
            let out = format!("encode --schema calc.thrift --message {flags} --out messages.bin messages.jsonl");
            folder.run(&out).clean();
            let back = folder.run(&format!("decode --schema calc.thrift {flags} messages.bin")).clean_text();
            assert_eq!(back, MESSAGES, "{flags}");
            // Without a schema nothing is lost, either.
            let raw = folder.run(&format!("decode {flags} messages.bin")).clean_text();
            let first = r#"{"name":"add","type":"call","seqid":1,"value":{"1":{"i32":1},"2":{"i32":2}}}"#;
            assert_eq!(raw.lines().next(), Some(first), "{flags}");
            let bytes = folder.pipe(&format!("encode --message {flags} -"), raw).clean();
            assert_eq!(bytes, folder.read("messages.bin"), "{flags}");
        }
    }
}

#[test]
fn messages_have_a_form_in_thrifts_json() {
    let folder = calc();
    let known = MESSAGES.lines().take(7).collect::<Vec<_>>().join("\n");
    let bytes = folder.pipe("encode --schema calc.thrift --message -", known).clean();
    let json = folder.pipe("decode --schema calc.thrift --json thrift -", &bytes).clean_text();
    assert_eq!(json.lines().next(), Some(r#"[1,"add",1,1,{"1":{"i32":1},"2":{"i32":2}}]"#));
    assert_eq!(json.lines().nth(5), Some(r#"[1,"sub",3,-5,{"1":{"str":"no such method"},"2":{"i32":1}}]"#));
    let back = folder.pipe("encode --schema calc.thrift --message --json thrift -", json).clean();
    assert_eq!(back, bytes);
}

#[test]
fn arguments_and_results_are_structs_of_their_own() {
    let folder = calc();
    let arguments = "08 0001 00000001 08 0002 00000002 00";
    let args = folder.pipe("decode --schema calc.thrift --type Calc.add_args --hex -", arguments);
    assert_eq!(args.clean_text(), "{\"a\":1,\"b\":2}\n");
    let inherited = folder.pipe("decode --schema calc.thrift --type Calc.fire_args --hex -", "0b 0001 00000001 78 00");
    assert_eq!(inherited.clean_text(), "{\"what\":\"x\"}\n");
    let result = folder.pipe("encode --schema calc.thrift --type calc.Calc.add_result --hex -", "{\"success\": 3}");
    assert_eq!(result.clean_text(), "0800000000000300\n");
    let samples = folder.run("sample --schema calc.thrift --type Calc.add_result --count 20").clean_text();
    assert!(
        samples.lines().all(|line| line.starts_with("{\"success\":") || line.starts_with("{\"bad\":")),
        "{samples}"
    );
    let fates = folder.run("resolve --writer calc.thrift --reader calc.thrift --type Calc.add_args").clean_text();
    assert!(fates.contains("b        i32            i32            copy"), "{fates}");
}

#[test]
fn faults_in_messages_name_the_method() {
    let folder = calc();
    let decode = |hex: &str| folder.pipe("decode --schema calc.thrift --message --hex -", hex).fails(1).to_owned();
    assert_eq!(
        decode("80010001 00000003 616464 00000001 08 0001 0000"),
        "error: <stdin>: value 0 at byte 0: call `add`: a: the input ends inside a value (4 bytes needed, 2 left) (byte 18 of the input)\n"
    );
    assert!(decode("80010009 00000003 616464 00000001 00").contains("9 is no kind of message: 1 to 4 are (byte 3"));
    assert!(decode("80020001 00000003 616464 00000001 00").contains("0x8002 is no version of the Binary protocol"));
    assert!(decode("80010001 7fffffff 616464").contains("2147483647 bytes needed"));
    let frames =
        |hex: &str| folder.pipe("decode --schema calc.thrift --framing framed --hex -", hex).fails(1).to_owned();
    assert!(frames("ffffffff 8001").contains("the length before the value is negative"));
    assert!(frames("7fffffff 80010001").contains("over the limit of 16777216, which --max-size raises"));
    assert!(frames("0000001e 80010001").contains("the input ends within the value (30 bytes needed, 4 left)"));
    let long = format!("00000020 {STRICT} 0000");
    assert!(frames(&long).contains("the value takes 30 of its 32 bytes, and 2 are left"));
    let encode = |json: &str| folder.pipe("encode --schema calc.thrift --message --hex -", json).fails(1).to_owned();
    assert!(encode(r#"{"name":"add","type":"ask","seqid":1,"value":{}}"#).contains("one of call (1), reply (2)"));
    assert!(encode(r#"{"name":"add","type":"call","value":{}}"#).contains("the message has no `seqid`"));
    assert!(encode(r#"{"name":"mul","type":"call","seqid":1,"value":{}}"#).contains("no service has a method `mul`"));
    let argument = encode(r#"{"name":"add","type":"call","seqid":1,"value":{"a":1,"c":2}}"#);
    assert!(argument.contains("has no field `c`") && argument.contains("<stdin>:1:54"), "{argument}");
}

#[test]
fn what_is_asked_for_has_to_make_sense() {
    let folder = calc();
    let usage = |line: &str| folder.pipe(line, "").fails(2).to_owned();
    let services = usage("decode --schema calc.thrift --message --type Shape -");
    assert!(services.contains("--type names a service"), "{services}");
    assert!(usage("decode --schema calc.thrift --message=never --type Calc -").contains("--message=never rules out"));
    assert!(usage("decode --schema calc.thrift --type Calc.sub_args -").contains("such as Calc.add_args"));
    assert!(usage("sample --schema calc.thrift --message").contains("--type Service.method_args"));
    let typed = folder.pipe("decode --schema calc.thrift --type Shape --hex -", STRICT);
    assert!(typed.fails(1).contains("begins like a message, which is read where --type names no struct"));

    folder.write("two.thrift", "service A { void get(1: i32 a) }\nservice B { void get(1: string b) }\n");
    let message = "80010001 00000003 676574 00000001 08 0001 00000001 00";
    let both = folder.pipe("decode --schema two.thrift --hex -", message);
    assert!(both.fails(1).contains("the services A, B have a method `get`; --type says which one is meant"));
    let one = folder.pipe("decode --schema two.thrift --type A --hex -", message).clean_text();
    assert_eq!(one, "{\"name\":\"get\",\"type\":\"call\",\"seqid\":1,\"value\":{\"a\":1}}\n");
    let multiplexed = folder.pipe("decode --schema two.thrift --hex -", "80010001 00000005 423a676574 00000001 00");
    assert_eq!(multiplexed.clean_text(), "{\"name\":\"B:get\",\"type\":\"call\",\"seqid\":1,\"value\":{}}\n");
}

#[test]
fn a_struct_that_looks_like_a_message_can_be_read() {
    // Fields 8 and 10, both Booleans: in Compact the bytes with which a call begins.
    let json = Folder::new().pipe("decode --protocol compact --message=never --hex -", "82 21 00").clean_text();
    assert_eq!(json, "{\"8\":{\"bool\":false},\"10\":{\"bool\":true}}\n");
    let folder = Folder::new().file("flags.thrift", "struct Flags { 8: bool a, 10: bool b }");
    let json = folder.pipe("decode --protocol compact --schema flags.thrift --hex -", "82 21 00").clean_text();
    assert_eq!(json, "{\"a\":false,\"b\":true}\n");
}
