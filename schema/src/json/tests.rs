use super::*;

fn read(text: &str) -> (Option<Node>, Vec<String>) {
    let source = SourceFile::new("t", text);
    let mut diagnostics = Vec::new();
    let node = parse(&source, &mut diagnostics);
    (node, diagnostics.iter().map(ToString::to_string).collect())
}

#[test]
fn every_value_and_key_knows_its_place() {
    let text = "\u{feff} {\"k\\u00e9\" : [ 1.50, -2e3,null , true,false,\"a\\n\" ], \"o\":{} }\n";
    let (node, faults) = read(text);
    let node = node.unwrap();
    assert!(faults.is_empty());
    let slice = |span: Span| &text[span.range()];
    assert_eq!(slice(node.span), text.trim_matches(['\u{feff}', ' ', '\n']));
    let member = node.member("ké").unwrap();
    assert_eq!(slice(member.key_span), "\"k\\u00e9\"");
    let items = member.value.as_array().unwrap();
    let texts: Vec<_> = items.iter().map(|item| slice(item.span)).collect();
    assert_eq!(texts, ["1.50", "-2e3", "null", "true", "false", "\"a\\n\""]);
    assert_eq!(items[0].as_number(), Some("1.50"));
    assert_eq!(items[5].as_str(), Some("a\n"));
    assert_eq!(node.to_json(), "{\"ké\":[1.50,-2e3,null,true,false,\"a\\n\"],\"o\":{}}");
}

#[test]
fn syntax_errors_have_a_place() {
    let cases = [
        ("", "t:1:1: error[json/syntax]: the text is empty"),
        (" \n ", "t:2:1: error[json/syntax]: the text is empty"),
        ("{\n  \"é\": tru }", "t:2:11: error[json/syntax]: expected ident"),
        ("{\"a\": 1,}", "t:1:9: error[json/syntax]: trailing comma"),
        ("[1,\n]", "t:2:1: error[json/syntax]: trailing comma"),
        ("{1: 2}", "t:1:2: error[json/syntax]: key must be a string"),
        ("[1, 2", "t:1:5: error[json/syntax]: EOF while parsing a list"),
        ("[1] x", "t:1:5: error[json/syntax]: trailing characters"),
        ("{\"a\":\n\"\\ud800\"}", "t:2:1: error[json/syntax]: unexpected end of hex escape"),
    ];
    for (text, expected) in cases {
        let (node, faults) = read(text);
        assert!(node.is_none(), "{text:?}");
        assert_eq!(faults, [expected], "{text:?}");
    }
}

#[test]
fn duplicate_keys_are_found_at_every_level_and_after_unescaping() {
    let (node, faults) = read("{\"a\":1,\"b\":[{\"x\":1,\"\\u0078\":2}],\"a\":3}");
    assert_eq!(node.unwrap().member("a").unwrap().value.as_i64(), Some(1));
    assert_eq!(
        faults,
        [
            "t:1:20: error[json/duplicate-key]: the key `x` appears twice in this object",
            "t:1:33: error[json/duplicate-key]: the key `a` appears twice in this object",
        ]
    );
}

#[test]
fn nesting_is_limited_before_anything_is_parsed() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&deep(MAX_DEPTH)).0.is_some());
    let (node, faults) = read(&deep(MAX_DEPTH + 1));
    assert!(node.is_none());
    assert_eq!(faults, ["t:1:129: error[json/too-deep]: nesting is more than 128 deep here"]);
    let (_, faults) = read(&"{\"a\":".repeat(1_000_000));
    assert_eq!(faults.len(), 1);
    let (node, _) = read(&format!("\"{}\\\"{}\"", "[".repeat(500), "{".repeat(500)));
    assert!(node.is_some(), "brackets in strings do not count");
}

#[test]
fn strings_are_escaped_no_more_than_needed() {
    let mut out = String::new();
    write_string("a\"\\\u{1}\u{1f}\n\t\r/é\u{7f}😀", &mut out);
    assert_eq!(out, "\"a\\\"\\\\\\u0001\\u001f\\n\\t\\r/é\u{7f}😀\"");
    assert_eq!(serde_json::from_str::<String>(&out).unwrap(), "a\"\\\u{1}\u{1f}\n\t\r/é\u{7f}😀");
}

#[test]
fn pretty_text_says_the_same() {
    let compact = r#"{"a":[],"b":{},"c":[1,{"d":"x,{\"["}],"e":null}"#;
    let text = pretty(compact);
    let expected = "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    {\n      \"d\": \"x,{\\\"[\"\n    }\n  ],\n  \"e\": null\n}";
    assert_eq!(text, expected);
    assert_eq!(read(&text).0.unwrap().to_json(), compact);
}
