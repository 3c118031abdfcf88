//! What our JSON of a footer says, in the form in which the judge tells what it found.

use serde_json::{Map, Value, json};

/// The footer, which takes so many bytes.
pub(crate) fn footer(ours: &Value, size: usize) -> Value {
    let pair = |pair: &Value| (text(&pair["key"]).to_owned(), pair["value"].clone());
    json!({
        "size": size,
        "version": if ours["version"] == 1 { "1.0" } else { "2.6" },
        "created_by": ours["created_by"],
        "num_rows": ours["num_rows"],
        "key_value_metadata": items(&ours["key_value_metadata"]).iter().map(pair).collect::<Map<_, _>>(),
        "columns": leaves(items(&ours["schema"])),
        "row_groups": items(&ours["row_groups"]).iter().map(group).collect::<Value>(),
    })
}

/// The columns: the leaves of a tree whose elements stand in the order in which one walks through it.
fn leaves(elements: &[Value]) -> Value {
    fn walk(elements: &mut std::slice::Iter<'_, Value>, path: &str, levels: [u32; 2], leaves: &mut Vec<Value>) {
        let element = elements.next().expect("an element has as many children as it says");
        let repetition = element["repetition_type"].as_str();
        let levels = [
            levels[0] + u32::from(repetition != Some("REQUIRED")),
            levels[1] + u32::from(repetition == Some("REPEATED")),
        ];
        let path = if path.is_empty() {
            text(&element["name"]).to_owned()
        } else {
            format!("{path}.{}", text(&element["name"]))
        };
        match element["num_children"].as_u64() {
            None | Some(0) => leaves.push(leaf(element, &path, levels)),
            Some(children) => (0..children).for_each(|_| walk(elements, &path, levels, leaves)),
        }
    }

    let mut leaves = Vec::new();
    let mut elements = elements.iter();
    let root = elements.next().expect("there is a root");
    for _ in 0..root["num_children"].as_u64().unwrap_or(0) {
        walk(&mut elements, "", [0, 0], &mut leaves);
    }
    assert_eq!(elements.len(), 0, "no element is left");
    leaves.into()
}

fn leaf(element: &Value, path: &str, [definition, repetition]: [u32; 2]) -> Value {
    // pyarrow writes the older type of local timestamps, and does not show it, since it cannot say that they are local.
    let is_local = element["logicalType"]["TIMESTAMP"]["isAdjustedToUTC"] == false;
    json!({
        "path": path,
        "physical_type": element["type"],
        "converted_type": if is_local { "NONE" } else { element["converted_type"].as_str().unwrap_or("NONE") },
        "logical_type": logical_type(element),
        "max_definition_level": definition,
        "max_repetition_level": repetition,
        "length": element["type_length"],
    })
}

fn logical_type(element: &Value) -> Value {
    let Some(ours) = element["logicalType"].as_object() else {
        // pyarrow makes up for what older writers could not say.
        return match element["converted_type"].as_str() {
            None => json!({"Type": "None"}),
            Some("UTF8") => json!({"Type": "String"}),
            Some(other) => panic!("{other} without a logical type"),
        };
    };
    let (arm, body) = ours.iter().next().expect("a union has an arm");
    let unit = || match body["unit"].as_object().and_then(|unit| unit.keys().next()).map(String::as_str) {
        Some("MILLIS") => "milliseconds",
        Some("MICROS") => "microseconds",
        Some("NANOS") => "nanoseconds",
        other => panic!("there is no unit {other:?}"),
    };
    match arm.as_str() {
        "STRING" => json!({"Type": "String"}),
        "ENUM" => json!({"Type": "Enum"}),
        "DECIMAL" => json!({"Type": "Decimal", "precision": body["precision"], "scale": body["scale"]}),
        "DATE" => json!({"Type": "Date"}),
        "TIME" => json!({"Type": "Time", "isAdjustedToUTC": body["isAdjustedToUTC"], "timeUnit": unit()}),
        "TIMESTAMP" => json!({
            "Type": "Timestamp", "isAdjustedToUTC": body["isAdjustedToUTC"], "timeUnit": unit(),
            // What pyarrow keeps for itself.
            "is_from_converted_type": false, "force_set_converted_type": false,
        }),
        "INTEGER" => json!({"Type": "Int", "bitWidth": body["bitWidth"], "isSigned": body["isSigned"]}),
        "UNKNOWN" => json!({"Type": "Null"}),
        "FLOAT16" => json!({"Type": "Float16"}),
        same @ ("JSON" | "BSON" | "UUID") => json!({"Type": same}),
        other => panic!("{other} is no type of a column"),
    }
}

fn group(ours: &Value) -> Value {
    let sorting = |by: &Value| json!([by["column_idx"], by["descending"], by["nulls_first"]]);
    json!({
        "num_rows": ours["num_rows"],
        "total_byte_size": ours["total_byte_size"],
        "sorting_columns": items(&ours["sorting_columns"]).iter().map(sorting).collect::<Value>(),
        "columns": items(&ours["columns"]).iter().map(chunk).collect::<Value>(),
    })
}

fn chunk(ours: &Value) -> Value {
    let inner = &ours["meta_data"];
    let path: Vec<&str> = items(&inner["path_in_schema"]).iter().map(text).collect();
    json!({
        "file_path": ours["file_path"].as_str().unwrap_or(""),
        "file_offset": ours["file_offset"],
        "physical_type": inner["type"],
        "path_in_schema": path.join("."),
        // pyarrow has one name for the two.
        "compression": if inner["codec"] == "LZ4_RAW" { "LZ4" } else { text(&inner["codec"]) },
        "encodings": inner["encodings"],
        "num_values": inner["num_values"],
        "total_compressed_size": inner["total_compressed_size"],
        "total_uncompressed_size": inner["total_uncompressed_size"],
        "data_page_offset": inner["data_page_offset"],
        "dictionary_page_offset": inner["dictionary_page_offset"],
        "bloom_filter_offset": inner["bloom_filter_offset"],
        "bloom_filter_length": inner["bloom_filter_length"],
        "has_column_index": !ours["column_index_offset"].is_null(),
        "has_offset_index": !ours["offset_index_offset"].is_null(),
        "statistics": statistics(&inner["statistics"]),
    })
}

/// The older bounds count where there are no others.
fn statistics(ours: &Value) -> Value {
    if ours.is_null() {
        return Value::Null;
    }
    let bound = |name: &str, older: &str| if ours[name].is_null() { ours[older].clone() } else { ours[name].clone() };
    json!({
        "min": bound("min_value", "min"), "max": bound("max_value", "max"),
        "null_count": ours["null_count"], "distinct_count": ours["distinct_count"],
    })
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
