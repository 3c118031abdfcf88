//! Rust types against schemas.

use cognate_schema::avro::{Json, JsonForm};

#[test]
fn json_that_is_not_of_the_type_is_an_error_with_its_place() {
    let json = Json::<Vec<u16>>::new(JsonForm::Plain).unwrap();
    assert_eq!(json.read("[1, 65535]").unwrap(), [1, 65535]);
    assert_eq!(
        json.read("[1, true]").unwrap_err().to_string(),
        "<json>:1:5: error[avro/data-mismatch]: [1]: int is expected here, not a boolean"
    );
    assert!(json.read("[65536]").unwrap_err().to_string().contains("[0]: the integer 65536 is out of the range"));
}
