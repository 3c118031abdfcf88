//! Footers of Parquet files, which are in Thrift's Compact protocol: what stands in them is compared field by field with what the
//! Python package `pyarrow` finds there. The files are pyarrow's own, and those of `../shared/data` beside the project where there are any.

mod found;

use std::fs;
use std::path::{Path, PathBuf};

use cognate_codec::Limits;
use cognate_codec::thrift::Compact;
use cognate_compat_tests::thrift::Ours;
use cognate_compat_tests::{Judge, Library, judge_or_skip, skip_optional};
use cognate_schema::SourceFile;
use cognate_schema::thrift::RawStruct;
use cognate_schema::value::JsonForm;
use serde_json::{Value, json};

const DEFINITION: &str = include_str!("footer.thrift");

#[test]
fn the_version_is_the_pinned_one() {
    let Some(mut judge) = judge_or_skip(Library::Pyarrow) else { return };
    assert_eq!(judge.version(), "26.0.1");
}

#[test]
fn pyarrows_own_files() {
    let Some(mut judge) = judge_or_skip(Library::Pyarrow) else { return };
    let mut definitions = vec![Ours::new(DEFINITION, "FileMetaData")];
    definitions.extend(real_definition());
    let made = judge.ask("files", json!({})).expect("pyarrow writes files");
    let files = made["files"].as_array().expect("there are files");
    let mut columns = 0;
    for file in files {
        let name = file["name"].as_str().expect("files have names");
        let bytes = hex::decode(file["hex"].as_str().expect("files are hex")).expect("files are hex");
        for definition in &definitions {
            columns += compared(&mut judge, definition, name, &bytes, true);
        }
    }
    assert!(files.len() >= 9 && columns >= 450 * definitions.len(), "{} files, {columns} columns", files.len());
}

#[test]
fn the_files_of_others() {
    let (Some(definition), Some(mut judge)) = (real_definition(), judge_or_skip(Library::Pyarrow)) else { return };
    let mut paths: Vec<PathBuf> = fs::read_dir(shared().join("parquet"))
        .expect("there are files beside the definition")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let bytes = fs::read(&path).expect("the file is there");
        for definition in [&definition, &Ours::new(DEFINITION, "FileMetaData")] {
            // pyarrow does not trust all statistics of others.
            assert!(compared(&mut judge, definition, &path.display().to_string(), &bytes, false) > 0);
        }
    }
}

/// Compares a file's footer with what pyarrow finds; how many columns of groups of rows there are.
fn compared(judge: &mut Judge, definition: &Ours, name: &str, file: &[u8], trusted: bool) -> usize {
    let footer = footer(file);
    let (layout, root) = (definition.layout(), definition.root());
    let value = layout.decode::<Compact>(root, footer, Limits::default());
    let value = value.unwrap_or_else(|error| panic!("{name}: {error}"));
    let json = value.to_json(JsonForm::Plain);
    let from_json = layout.read_json(root, &SourceFile::new("footer", &*json));
    let from_json = from_json.unwrap_or_else(|faults| panic!("{name}: {faults}"));
    for (way, value) in [("as it was read", &value), ("by way of JSON", &from_json)] {
        let mut again = Vec::new();
        layout.encode_into::<Compact>(root, value, &mut again).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(again == footer, "{name} {way}: other bytes are written again");
    }
    let (raw, read) = RawStruct::decode::<Compact>(footer, Limits::default()).expect("a struct");
    let mut again = Vec::new();
    raw.encode_into::<Compact>(&mut again).expect("a struct is written");
    assert!(read == footer.len() && again == footer, "{name}: without a definition other bytes are written again");

    let answer = judge.ask("footer", json!({"hex": hex::encode(file)}));
    let theirs = answer.unwrap_or_else(|refusal| panic!("{name}: {refusal}"))["footer"].clone();
    let mut ours = found::footer(&serde_json::from_str(&json).expect("JSON is written"), footer.len());
    if !trusted {
        forget_untrusted(&mut ours, &theirs);
    }
    let mut differences = Vec::new();
    tell_apart("", &ours, &theirs, &mut differences);
    assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
    ours["row_groups"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|group| group["columns"].as_array().map_or(0, Vec::len))
        .sum()
}

/// Where two values are not the same.
fn tell_apart(place: &str, ours: &Value, theirs: &Value, differences: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) if ours.keys().eq(theirs.keys()) => {
            for (name, ours) in ours {
                tell_apart(&format!("{place}.{name}"), ours, &theirs[name], differences);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                tell_apart(&format!("{place}[{index}]"), ours, theirs, differences);
            }
        }
        _ if ours == theirs => {}
        _ => differences.push(format!("{place}: {ours}, and pyarrow finds {theirs}")),
    }
}

/// Statistics that pyarrow does not show are no matter of comparison.
fn forget_untrusted(ours: &mut Value, theirs: &Value) {
    for (group, their_group) in
        items(&mut ours["row_groups"]).zip(theirs["row_groups"].as_array().into_iter().flatten())
    {
        let their_columns = their_group["columns"].as_array().into_iter().flatten();
        for (column, their_column) in items(&mut group["columns"]).zip(their_columns) {
            if their_column["statistics"].is_null() {
                column["statistics"] = Value::Null;
            }
        }
    }
}

fn items(list: &mut Value) -> impl Iterator<Item = &mut Value> {
    list.as_array_mut().into_iter().flatten()
}

/// The footer stands before its length and the mark at the end of the file.
fn footer(file: &[u8]) -> &[u8] {
    let [body @ .., a, b, c, d, b'P', b'A', b'R', b'1'] = file else { panic!("this is no Parquet file") };
    let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
    &body[body.len() - length..]
}

fn real_definition() -> Option<Ours> {
    let text = fs::read_to_string(shared().join("thrift").join("parquet.thrift"));
    if text.is_err() {
        skip_optional("the folder ../shared/data is not there");
    }
    text.ok().map(|text| Ours::new(&text, "FileMetaData"))
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data")
}
