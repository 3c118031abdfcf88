//! Texts that are made to do harm end in errors, soon and without deep recursion.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use cognate_schema::Diagnostic;
use cognate_schema::thrift::{InMemory, Loader};

/// Far more than any of the texts takes, and far less than a quadratic step would.
const SOON: Duration = Duration::from_secs(20);

/// The rules of the faults, and nothing when there is a program.
fn link(text: impl Into<String>) -> Vec<&'static str> {
    let start = Instant::now();
    let mut loader = Loader::new();
    loader.add("hostile.thrift", text);
    let linked = loader.link();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    assert_eq!(linked.program.is_none(), linked.diagnostics.iter().any(Diagnostic::is_error));
    linked.diagnostics.iter().filter(|fault| fault.is_error()).map(|fault| fault.rule.id).collect()
}

#[track_caller]
fn refused(text: impl Into<String>, rule: &str) {
    let rules = link(text);
    assert!(rules.contains(&rule), "{:?}", &rules[..rules.len().min(5)]);
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).unwrap();
        text
    })
}

const MEGABYTE: usize = 1 << 20;

#[test]
fn deep_nesting_ends_at_the_limit() {
    refused(format!("struct A {{ 1: {} a }}", "list<".repeat(10_000)), "thrift/too-deep");
    refused(format!("struct A {{ 1: {}i32{} a }}", "list<".repeat(10_000), ">".repeat(10_000)), "thrift/too-deep");
    refused(format!("typedef {} a", "map<i32,".repeat(100_000)), "thrift/too-deep");
    refused(format!("const i32 A = {}", "[".repeat(MEGABYTE)), "thrift/too-deep");
    refused(format!("const i32 A = {}", "{1:".repeat(MEGABYTE)), "thrift/too-deep");
    refused(format!("struct A {{ {}", "1: i32 a xsd_attrs {".repeat(50_000)), "thrift/too-deep");
    refused(format!("service S {{ {}", "(".repeat(MEGABYTE)), "thrift/too-deep");
    refused(format!("@A{{a={}", "B{a=".repeat(100_000)), "thrift/too-deep");
    let within = format!("typedef {}i32{} a", "list<".repeat(99), ">".repeat(99));
    assert!(link(within).is_empty());
}

#[test]
fn megabytes_of_one_thing_take_linear_time() {
    for part in ["(", ")", "{", "}", "[", "<", ",", "@", "'", "\"", "/", "*", "é", "1", "a", "a.", "-", ".", "\\", "\n"]
    {
        for start in
            ["", "struct A {", "const i32 A = ", "const list<i32> A = [", "service S { void f(", "struct A {} ("]
        {
            link(format!("{start}{}", part.repeat(MEGABYTE / 4 / part.len())));
        }
    }
    for part in [
        "\"\n",
        "/*",
        "/**/",
        "/** a */",
        "struct ",
        "struct A{",
        "1:",
        "@a ",
        "([{",
        "(]",
        "{)",
        "= ",
        "1: i32 a ",
        "\"a\" ",
    ] {
        link(part.repeat(MEGABYTE / 4 / part.len()));
        link(format!("struct A {{ {}", part.repeat(MEGABYTE / 4 / part.len())));
    }
}

#[test]
fn an_open_comment_is_one_fault() {
    let rules = link(format!("struct A {{}}\n/* {}", "struct B { ".repeat(100_000)));
    assert_eq!(rules, ["thrift/unterminated"]);
}

#[test]
fn syntax_errors_come_to_an_end() {
    let rules = link(numbered(20_000, |number| format!("struct A{number} {{ 1 }}")));
    assert_eq!((rules.len(), rules.last()), (1002, Some(&"thrift/too-many-errors")));
}

#[test]
fn many_definitions_take_linear_time() {
    refused(numbered(20_000, |number| format!("struct A {{ 1: Unknown{number} a }}")), "thrift/unknown-type");
    let chain = numbered(20_000, |number| format!("typedef A{} A{number}\nconst A{number} C{number} = 1", number + 1));
    refused(chain + "typedef i32 A20000", "thrift/used-before-definition");
    let circle = numbered(20_000, |number| format!("typedef A{} A{number}", (number + 1) % 20_000));
    refused(circle, "thrift/typedef-cycle");
    let services =
        numbered(20_000, |number| format!("service A{} extends A{number} {{ void f{number}() }}", number + 1));
    refused(format!("service A0 {{}}\n{services}"), "thrift/too-deep");
    let fields = numbered(32_000, |number| format!("{}: i32 f{number} = 1", number + 1));
    assert!(link(format!("struct A {{ {fields} }}")).is_empty());
    let namespaces = numbered(20_000, |number| format!("namespace l{number} a"));
    assert!(link(namespaces).is_empty());
}

#[test]
fn a_long_chain_of_includes_is_no_deep_recursion() {
    let files: InMemory = (0..20_000usize)
        .map(|number| {
            (format!("f{number}.thrift"), format!("include \"f{}.thrift\"\nstruct A{number} {{}}", number + 1))
        })
        .chain([("f20000.thrift".to_owned(), "include \"f0.thrift\"".to_owned())])
        .collect();
    let start = Instant::now();
    let mut loader = Loader::new().files(files);
    loader.add("f0.thrift", "include \"f1.thrift\"");
    let linked = loader.link();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    let rules: Vec<_> = linked.diagnostics.iter().map(|fault| fault.rule.id).collect();
    assert_eq!(rules, ["thrift/include-cycle"]);
}
