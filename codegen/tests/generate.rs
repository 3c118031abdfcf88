//! Generated source, which is checked in so that a change of it is seen in review, is what is generated now.
//!
//! After a change that is meant, `COGNATE_UPDATE=1 cargo test -p cognate-codegen --test generate` writes the files anew.

use std::{collections::BTreeMap, env, fs, path::Path};

use cognate_codegen::{Config, GeneratedFile, Maps, Ownership, Time};
use cognate_schema::{
    avro::{FileId, Loader, SchemaSet},
    thrift,
};

#[test]
fn order_and_user_are_structs() {
    compare("shop", &["user.avsc", "order.avsc"], &Config::new());
}

#[test]
fn awkward_names_are_identifiers() {
    compare("awkward", &["awkward.avsc"], &Config::new().ownership(Ownership::Both));
}

#[test]
fn types_without_values_are_types() {
    compare("empty", &["empty.avsc"], &Config::new());
}

#[test]
fn recursive_types_are_boxed_where_they_need_it() {
    let config = Config::new().ownership(Ownership::Borrowed).maps(Maps::HashMap);
    compare("recursion", &["recursion.avsc"], &config);
}

#[test]
fn logical_types_are_real_types() {
    let config = Config::new().uuid(true).decimal(true);
    compare("chrono", &["logical.avsc", "prices.avsc"], &config.clone().time(Time::Chrono));
    compare("jiff", &["logical.avsc"], &config.time(Time::Jiff).facade("cognate"));
}

#[test]
fn one_file_is_there_to_be_included() {
    let config = Config::new().ownership(Ownership::Both);
    let (set, files) = load(&["defaults.avsc", "logical.avsc"]);
    let text = config.generate_one_file(&set, &files).unwrap();
    compare_text("defaults.rs", &text);
}

#[test]
fn thrift_files_are_modules() {
    let program = load_thrift(&["everything.thrift"]);
    compare_files("thrift", Config::new().generate_thrift(&program).unwrap());
    let borrowed = Config::new().ownership(Ownership::Borrowed).maps(Maps::HashMap).uuid(true).unknown_fields(false);
    compare_files("thrift_borrowed", borrowed.generate_thrift(&program).unwrap());
}

#[test]
fn footers_are_owned_and_borrowed() {
    let config = Config::new().ownership(Ownership::Both);
    compare_files("footer", config.generate_thrift(&load_thrift(&["footer.thrift"])).unwrap());
}

#[test]
fn services_are_traits() {
    let program = load_thrift(&["service.thrift"]);
    compare_files("service", Config::new().generate_thrift(&program).unwrap());
    let borrowed = Config::new().ownership(Ownership::Borrowed);
    compare_files("service_borrowed", borrowed.generate_thrift(&program).unwrap());
}

#[test]
fn thrift_types_and_their_views_are_there_to_be_included() {
    let config = Config::new().ownership(Ownership::Both);
    compare_text("thrift_views.rs", &config.generate_thrift_one_file(&load_thrift(&["everything.thrift"])).unwrap());
}

/// Generates the folder of a case and compares it with what is checked in.
fn compare(case: &str, schemas: &[&str], config: &Config) {
    let (set, files) = load(schemas);
    compare_files(case, config.generate(&set, &files).unwrap());
}

fn compare_text(case: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(case);
    if env::var_os("COGNATE_UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "{}", path.display());
}

fn compare_files(case: &str, generated: Vec<GeneratedFile>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(case);
    let generated: BTreeMap<_, _> = generated.into_iter().map(|file| (file.path, file.contents)).collect();
    if env::var_os("COGNATE_UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        for (path, contents) in &generated {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, contents).unwrap();
        }
    }
    let mut expected = BTreeMap::new();
    read_folder(&folder, "", &mut expected);
    assert_eq!(expected.keys().collect::<Vec<_>>(), generated.keys().collect::<Vec<_>>());
    for (path, contents) in &generated {
        assert_eq!(&expected[path], contents, "{case}/{path}");
    }
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        let name = format!("{prefix}{}", name.to_str().unwrap());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
}

/// Links schema files of this folder.
fn load(schemas: &[&str]) -> (SchemaSet, Vec<FileId>) {
    let mut loader = Loader::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let files = schemas.iter().map(|name| {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap();
        loader.add(path.display().to_string(), text)
    });
    let files = files.collect();
    (loader.link().into_result().unwrap(), files)
}

/// Links Thrift files of this folder.
fn load_thrift(files: &[&str]) -> thrift::Program {
    let mut loader = thrift::Loader::new().files(thrift::FileSystem);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/thrift");
    for name in files {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap();
        loader.add(path.display().to_string(), text);
    }
    loader.link().into_result().unwrap()
}
