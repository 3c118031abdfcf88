//! What the end of a record makes of a field that has not come, by presence alone, whatever the field's type.

use std::fmt::Debug;

use cognate_codec::{Decode, DecodeErrorKind, FieldDesc, Limits, Presence, Source, Typed, protobuf::ProtobufSource};

#[track_caller]
fn at_the_end<T: Decode<'static> + PartialEq + Debug>(presence: Presence) -> Option<T> {
    let field: &'static FieldDesc = Box::leak(Box::new(FieldDesc::new("field", T::TYPE.with_number(1, presence))));
    let mut slot = None;
    match ProtobufSource::new(&[], Limits::default()).finish::<T>(field, &mut slot) {
        Ok(()) => assert!(slot.is_some()),
        Err(error) => assert_eq!(error.kind(), &DecodeErrorKind::MissingField("field")),
    }
    slot
}

#[test]
fn a_required_field_has_no_value_without_data() {
    assert_eq!(at_the_end::<Option<i32>>(Presence::Required), None);
    assert_eq!(at_the_end::<Vec<i32>>(Presence::Required), None);
    assert_eq!(at_the_end::<Vec<u8>>(Presence::Required), None);
    assert_eq!(at_the_end::<()>(Presence::Required), None);
    assert_eq!(at_the_end::<Box<Vec<i32>>>(Presence::Required), None);
    assert_eq!(at_the_end::<i32>(Presence::Required), None);
}

#[test]
fn an_explicit_field_has_the_value_that_says_absence() {
    assert_eq!(at_the_end::<Option<i32>>(Presence::Explicit), Some(None));
    assert_eq!(at_the_end::<Vec<i32>>(Presence::Explicit), Some(vec![]));
    assert_eq!(at_the_end::<i32>(Presence::Explicit), None);
    assert_eq!(at_the_end::<i8>(Presence::Explicit), None);
    assert_eq!(at_the_end::<f64>(Presence::Explicit), None);
}

#[test]
fn an_implicit_field_is_zero() {
    assert_eq!(at_the_end::<Option<i32>>(Presence::Implicit), Some(None));
    assert_eq!(at_the_end::<Vec<i32>>(Presence::Implicit), Some(vec![]));
    assert_eq!(at_the_end::<i32>(Presence::Implicit), Some(0));
    assert_eq!(at_the_end::<i8>(Presence::Implicit), Some(0));
    assert_eq!(at_the_end::<f64>(Presence::Implicit), Some(0.0));
}

#[test]
fn what_has_come_is_the_value() {
    static FIELD: FieldDesc = FieldDesc::new("field", <i32 as Typed>::TYPE.with_number(1, Presence::Required));
    let mut slot = Some(0);
    assert_eq!(ProtobufSource::new(&[], Limits::default()).finish(&FIELD, &mut slot), Ok(()));
    assert_eq!(slot, Some(0));
}
