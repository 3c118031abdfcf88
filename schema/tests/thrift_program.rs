//! What a linked program says, and what a document keeps.

use cognate_schema::SourceFile;
use cognate_schema::thrift::document::{CommentKind, DefinitionKind, Document, HeaderKind};
use cognate_schema::thrift::{
    Dialect, InMemory, Item, Loader, Options, Program, Requiredness, StructKind, Type, TypeId, Value,
};

const TREE: &str = r#"
/** The whole file.
 */
namespace * demo.tree
include "shape.thrift"

/**
 * A node.
 * Of a tree.
 */
struct Node {
  /** Beneath. */
  1: list<Node> (cpp.template = "deque") children = [],
  2: required shape.Color color = shape.Color.RED (tag = "x", bare)
  shape.Name label
  16: optional map<i32, set<shape.Name>> more = {shape.LIMIT: ["a"]}
} (final = "true")

union Either { 1: i64 left = 7, 2: Node right }
exception Lost { 1: string why }
service Base { void ping() }
service Trees extends Base {
  /** Finds one. */
  Node find(1: i64 id = 5, 2: optional bool deep) throws (1: Lost lost),
  oneway void forget(1: i64 id)
}
"#;

const SHAPE: &str = "typedef string Name\nenum Color { RED = 3, BLUE, CRIMSON = 3 }\nconst i32 LIMIT = Color.BLUE";

fn tree() -> Program {
    let mut loader = Loader::new().files([("shape.thrift", SHAPE)].into_iter().collect::<InMemory>());
    loader.add("tree.thrift", TREE);
    loader.link().into_result().unwrap()
}

#[test]
fn definitions_are_found_with_what_is_said_about_them() {
    let program = tree();
    assert_eq!(program.files().iter().map(|file| &*file.name).collect::<Vec<_>>(), ["tree", "shape"]);
    assert_eq!(program.roots().len(), 1);
    assert_eq!(program.roots()[0].namespace("rs"), Some("demo.tree"));
    assert_eq!(program.files()[1].namespace("rs"), None);
    let Some(Item::Struct(id)) = program.find("Node") else { panic!("no struct") };
    assert_eq!(program.find("tree.Node"), Some(Item::Struct(id)));
    assert_eq!(program.find("Color"), None, "not in a file that was added");
    assert!(matches!(program.find("shape.Color"), Some(Item::Enum(_))));
    let node = &program[id];
    assert_eq!((node.kind, &*node.head.name), (StructKind::Struct, "Node"));
    assert_eq!(node.head.doc.as_deref(), Some("A node.\nOf a tree."));
    assert_eq!(node.head.annotation("final"), Some("true"));
    assert_eq!(program.position(node.head.location).line, 11);
    let ids: Vec<_> = node.fields.iter().map(|field| (field.id, field.has_written_id)).collect();
    assert_eq!(ids, [(1, true), (2, true), (-1, false), (16, true)]);
    let color = node.field("color").unwrap();
    assert_eq!((color.requiredness, color.head.annotation("bare")), (Requiredness::Required, Some("1")));
    assert_eq!(node.field_by_id(-1).unwrap().requiredness, Requiredness::Default);
    assert_eq!(node.fields[0].head.doc.as_deref(), Some("Beneath."));
}

#[test]
fn types_are_ids() {
    let program = tree();
    let Some(Item::Struct(id)) = program.find("Node") else { panic!("no struct") };
    let fields = &program[id].fields;
    let Type::List(element) = program[fields[0].ty.id] else { panic!("no list") };
    assert_eq!(program[element], Type::Struct(id), "recursion leads back");
    assert_eq!(fields[0].ty.annotations[0].name.text, "cpp.template".into());
    assert_eq!(program.type_name(fields[3].ty.id), "map<i32, set<shape.Name>>");
    assert!(matches!(program[fields[2].ty.id], Type::Typedef(_)));
    assert_eq!(program.true_type(fields[2].ty.id), TypeId::STRING);
    let uses = &fields[3].ty.inner;
    assert_eq!(program.source(program[id].head.location.file).slice(uses[1].span), "set<shape.Name>");
}

#[test]
fn values_are_of_their_types() {
    let program = tree();
    let Some(Item::Enum(color)) = program.find("shape.Color") else { panic!("no enum") };
    let numbers: Vec<_> = program[color].values.iter().map(|value| value.number).collect();
    assert_eq!(numbers, [3, 4, 3]);
    assert_eq!(&*program[color].value_by_number(3).unwrap().head.name, "RED");
    assert_eq!(program.constants()[0].value, Value::Integer(4));
    let defaults: Vec<_> = program.structs()[0].fields.iter().map(|field| field.default.clone()).collect();
    let more = Value::Map(vec![(Value::Integer(4), Value::List(vec![Value::Text("a".into())]))]);
    assert_eq!(defaults, [Some(Value::List(vec![])), Some(Value::Enum(color, 3)), None, Some(more)]);
    let either = &program.structs()[1];
    assert_eq!((either.kind, either.fields[0].requiredness), (StructKind::Union, Requiredness::Optional));
}

#[test]
fn services_have_the_functions_of_those_that_they_extend() {
    let program = tree();
    let Some(Item::Service(id)) = program.find("Trees") else { panic!("no service") };
    let names: Vec<_> = program.functions(id).map(|function| &*function.head.name).collect();
    assert_eq!(names, ["find", "forget", "ping"]);
    let find = &program[id].functions[0];
    assert_eq!(find.head.doc.as_deref(), Some("Finds one."));
    assert_eq!(program.type_name(find.result.id), "tree.Node");
    assert_eq!(find.arguments[0].default, Some(Value::Integer(5)));
    assert_eq!(find.arguments[1].requiredness, Requiredness::Default);
    assert_eq!((find.throws[0].id, find.is_oneway), (1, false));
    let forget = &program[id].functions[1];
    assert!(forget.is_oneway && forget.result.id == TypeId::VOID);
}

#[test]
fn documents_keep_what_is_written() {
    use CommentKind::{Block, Doc, Hash, Line};

    let text = "# one\n/** two */ include 'x' // three\n/* four */\nnamespace rs a // five\r\nstruct A { /** six */ 1: i32 a = 0x10 } /**/";
    let source = SourceFile::new("a", text);
    let (document, faults) = Document::parse(&source);
    assert!(faults.is_empty());
    let kinds: Vec<_> = document.comments.iter().map(|comment| comment.kind).collect();
    assert_eq!(kinds, [Hash, Doc, Line, Block, Line, Doc, Block]);
    assert_eq!(source.slice(document.comments[4].span), "// five");
    assert_eq!(document.doc.as_ref().map(|doc| &*doc.text), Some("two"));
    let HeaderKind::Include { path, alias: None } = &document.headers[0].kind else { panic!("no include") };
    assert_eq!((&*path.text, source.slice(document.headers[0].span)), ("x", "include 'x'"));
    let DefinitionKind::Struct { fields, .. } = &document.definitions[0].kind else { panic!("no struct") };
    assert_eq!(source.slice(fields[0].span), "1: i32 a = 0x10");
    assert_eq!(source.slice(fields[0].default.as_ref().unwrap().span), "0x10");
    assert_eq!(fields[0].doc.as_ref().map(|doc| &*doc.text), Some("six"));
}

#[test]
fn options_choose_the_dialect_and_what_ids_count() {
    let link = |dialect: Dialect, text: &str| {
        let mut options = Options::default();
        options.dialect = dialect;
        let mut loader = Loader::with_options(options);
        loader.add("a.thrift", text);
        loader.link()
    };
    let text = "package \"a.b/c\"\nstruct A { 1: float f }";
    let found = link(Dialect::Detect, text);
    assert!(found.program.is_some() && found.diagnostics.len() == 1, "{:?}", found.diagnostics);
    let found = link(Dialect::Fbthrift, text);
    assert!(found.program.is_some() && found.diagnostics.is_empty());
    let found = link(Dialect::Apache, text);
    assert_eq!(found.diagnostics.len(), 2, "{:?}", found.diagnostics);
    let mut options = Options::default();
    options.negative_ids = true;
    let mut loader = Loader::with_options(options);
    loader.add("a.thrift", "struct A { -5: i32 a, i32 b, 0: i32 c, 1: i32 d }");
    let program = loader.link().into_result().unwrap();
    let ids: Vec<_> = program.structs()[0].fields.iter().map(|field| field.id).collect();
    assert_eq!(ids, [-5, -6, 0, 1]);
}

#[test]
fn bytes_that_are_no_text_may_stand_in_comments() {
    let link = |bytes: &[u8]| {
        let mut loader = Loader::new();
        loader.add_bytes("a.thrift", bytes.to_vec());
        loader.link()
    };
    let found = link(b"// J\xfcrgen\nstruct A {} /* \xe9 */");
    assert!(found.program.is_some());
    assert_eq!(found.diagnostics[0].rule.id, "source/not-utf8");
    assert!(link(b"// J\xfcrgen\nconst string A = \"\xe9\"").program.is_none());
}
