//! What a `build.rs` calls: files in, a file out, and errors that a person can read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use cognate_codegen::{Config, Error};

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("compile-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const ORDER: &str = r#"{"type": "record", "name": "shop.Order", "fields": [{"name": "item", "type": "Item"}]}"#;
const ITEM: &str = r#"{"type": "enum", "name": "shop.Item", "symbols": ["CUP", "JUG"]}"#;
const OTHER: &str = r#"{"type": "enum", "name": "shop.Other", "symbols": []}"#;

#[test]
fn files_folders_and_includes_become_one_file() {
    let folder = folder("includes");
    let (order, shared) = (folder.join("schemas/order.avsc"), folder.join("shared"));
    write(&order, ORDER);
    write(&shared.join("deep/item.avsc"), ITEM);
    write(&shared.join("other.avsc"), OTHER);
    write(&shared.join(".hidden.avsc"), "no schema");
    write(&shared.join("README"), "no schema");
    let config = Config::new().include(&shared).out_dir(&folder);
    config.compile(&[&order]).unwrap();
    let out = folder.join("cognate.rs");
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains("pub struct Order {"), "{text}");
    assert!(text.contains("pub enum Item {"), "{text}");
    assert!(!text.contains("Other"), "only what is named is generated: {text}");

    // Said twice, a file counts once; and what stays the same is not written again.
    let before = fs::metadata(&out).unwrap().modified().unwrap();
    config.compile(&[&order, &folder.join("schemas/../schemas/order.avsc")]).unwrap();
    assert_eq!(fs::metadata(&out).unwrap().modified().unwrap(), before);

    config.compile(&[&folder.join("schemas"), &shared]).unwrap();
    assert!(fs::read_to_string(&out).unwrap().contains("pub enum Other {"));
}

#[test]
fn faults_of_schemas_are_shown_with_their_lines() {
    let folder = folder("faults");
    let path = folder.join("bad.avsc");
    let long = format!(r#"{{"type": "array", "items": {}"strin"}}"#, " ".repeat(300));
    write(&path, &format!("[\"null\",\n {ORDER},\n {long}]"));
    let error = Config::new().out_dir(&folder).compile(&[&path]).unwrap_err();
    assert_eq!(error.diagnostics().unwrap().as_slice().len(), 2);
    let path = path.display();
    let spaces = " ".repeat(50);
    let expected = [
        "error[avro/unknown-type]: `Item` is not defined".to_owned(),
        format!("  --> {path}:2:79"),
        r#"   | …shop.Order", "fields": [{"name": "item", "type": "Item"}]},"#.to_owned(),
        format!("   | {spaces}^^^^^^"),
        String::new(),
        "error[avro/unknown-type]: `strin` is not defined".to_owned(),
        format!("  --> {path}:3:329"),
        format!("   | …{}\"strin\"}}]", &spaces[1..]),
        format!("   | {spaces}^^^^^^^"),
    ];
    let shown = error.to_string();
    let shown: Vec<&str> = shown.lines().filter(|line| !line.starts_with("   = ")).collect();
    assert_eq!(shown, expected, "{error}");
    assert_eq!(format!("{error:?}"), format!("\n{error}"));
    assert!(!folder.join("cognate.rs").exists());
}

#[test]
fn what_cannot_be_read_or_written_is_named() {
    let folder = folder("io");
    let missing = folder.join("missing.avsc");
    let config = Config::new().out_dir(&folder);
    let error = config.compile(&[&missing]).unwrap_err();
    assert!(error.is_io() && error.to_string().contains("missing.avsc"), "{error}");
    let error = config.compile(&[&folder]).unwrap_err();
    assert!(error.to_string().ends_with("no schema files (.avsc, .thrift) are in this folder"), "{error}");
    let order = folder.join("item.avsc");
    write(&order, ITEM);
    let error = Config::new().out_dir(folder.join("nowhere")).compile(&[&order]).unwrap_err();
    assert!(error.is_io() && error.to_string().contains("cognate.rs"), "{error}");
    let error = config.clone().include(folder.join("nowhere")).compile(&[&order]).unwrap_err();
    assert!(error.is_io() && error.to_string().contains("nowhere"), "{error}");
    let error: Error = config.facade("a b").compile(&[&order]).unwrap_err();
    assert_eq!(error.to_string(), "`a b` is no path of a crate or module");
}

#[test]
fn thrift_files_find_what_they_include() {
    let folder = folder("thrift");
    let (order, shared) = (folder.join("schemas/order.thrift"), folder.join("shared"));
    write(&order, "include \"item.thrift\"\nnamespace rs shop\nstruct Order { 1: item.Item item }");
    write(&shared.join("item.thrift"), "enum Item { CUP, JUG }\nenum Other {}");
    let config = Config::new().include(&shared).out_dir(&folder).file_name("shop.rs");
    config.compile(&[&order]).unwrap();
    let text = fs::read_to_string(folder.join("shop.rs")).unwrap();
    assert!(text.contains("pub struct Order {") && text.contains("pub item: super::item::Item,"), "{text}");
    assert!(!text.contains("Other"), "only what is named is generated: {text}");

    let error = Config::new().out_dir(&folder).compile(&[&order]).unwrap_err();
    assert!(error.to_string().contains("item.thrift"), "{error}");
}

#[test]
fn languages_share_a_file_and_their_namespaces() {
    let folder = folder("languages");
    let (thrift, avro) = (folder.join("order.thrift"), folder.join("item.avsc"));
    write(&thrift, "namespace rs shop\nenum Item { CUP, JUG }\nstruct Order { 1: Item item }");
    write(&avro, ITEM);
    let config = Config::new().out_dir(&folder);
    config.compile(&[&folder]).unwrap();
    let both = fs::read_to_string(folder.join("cognate.rs")).unwrap();
    assert!(both.starts_with("// @generated by Cognate from `item.avsc`, `order.thrift`."), "{both}");
    assert_eq!(both.matches("pub mod shop {").count(), 1, "{both}");
    assert!(both.contains("pub enum Item {") && both.contains("pub enum Item2 {"), "{both}");
    assert!(both.contains("pub item: Item2,"), "the item of its own language: {both}");
    config.compile(&[&thrift]).unwrap();
    assert!(!fs::read_to_string(folder.join("cognate.rs")).unwrap().contains("Item2"));
}
