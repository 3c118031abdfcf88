//! Rust types against schemas.

use cognate_codec::Limits;
use cognate_codec::avro::container::{ContainerLimits, WriterOptions};
use cognate_schema::avro::{Json, JsonForm, create, open};

#[test]
fn a_file_is_opened_only_as_the_type_that_it_holds() {
    let mut writer = create::<Vec<Option<String>>, _>(Vec::new(), WriterOptions::new()).unwrap();
    writer.append(&vec![Some("a".to_owned()), None]).unwrap();
    let file = writer.finish().unwrap();

    let mut reader = open::<Vec<Option<&str>>, _>(file.as_slice(), ContainerLimits::default()).unwrap();
    let block = reader.next_block().unwrap().unwrap();
    let values: Vec<Vec<Option<&str>>> = block.values(Limits::default()).map(Result::unwrap).collect();
    assert_eq!(values, [[Some("a"), None]]);

    let error = open::<Vec<String>, _>(file.as_slice(), ContainerLimits::default()).unwrap_err();
    assert!(error.is_other_schema(), "{error}");
}

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
