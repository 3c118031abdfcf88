//! Cases on which a judge is known to differ from everyone else, by name and with the reason; `golden/avro/DEVIATIONS.md` has
//! what was observed.

use serde_json::json;

use crate::agreement::Case;
use crate::shape::{Node, NodeId, Shape};

/// None.
pub fn none(_: &Case) -> bool {
    false
}

/// avro takes an empty namespace for one that is not given, and so does not find what is defined in it.
pub fn avro_null_namespace(case: &Case) -> bool {
    case.schema.to_string().contains(r#""namespace":"""#)
}

/// fastavro writes bare words in JSON for floats that are not finite and does not read the strings that Java writes; its
/// writer fails on recursive schemas, records without fields and empty keys.
pub fn fastavro_json(case: &Case) -> bool {
    let (schema, values) = (case.schema.to_string(), json!(case.values).to_string());
    let words = ["7fc00000", "7f800000", "ff800000", "7ff8000000000000", "7ff0000000000000", "fff0000000000000"];
    words.iter().any(|bits| values.contains(bits))
        || values.contains("\"\":")
        || schema.contains("\"fields\":[]")
        || Shape::new(&case.schema).is_recursive()
}

/// Java writes no JSON text at all for records that hold nothing but records without fields.
pub fn java_empty_records(case: &Case) -> bool {
    fn is_empty(shape: &Shape, id: NodeId) -> bool {
        matches!(shape.node(id), Node::Record(fields) if fields.iter().all(|(_, field)| is_empty(shape, *field)))
    }
    let shape = Shape::new(&case.schema);
    is_empty(&shape, shape.root())
}
