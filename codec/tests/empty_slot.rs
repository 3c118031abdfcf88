//! What comes of an implementation by hand that reads a record and leaves its slot empty: an error, and no lost value.

use cognate_codec::desc::RecordKind;
use cognate_codec::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, FieldDesc, Limits, Name, Presence, Record, RecordDesc, Shape,
    Source, TypeDesc, Typed, protobuf, thrift::Compact, thrift::Protocol, thrift::ThriftSource,
};

/// Reads all and keeps nothing.
#[derive(Debug, PartialEq)]
struct Forgetful;

impl Typed for Forgetful {
    const TYPE: TypeDesc = TypeDesc::new(Shape::Record(|| <Self as Record>::DESC));
}

impl Record for Forgetful {
    const DESC: &'static RecordDesc = &RecordDesc {
        name: Name::new("Forgetful", ""),
        kind: RecordKind::Record,
        aliases: &[],
        doc: "",
        fields: &[FieldDesc::new("count", i32::TYPE.with_number(1, Presence::Explicit))],
    };
}

impl<'de> Decode<'de> for Forgetful {
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.new_record(ty)
    }

    fn decode_field<S: Source<'de>>(
        slot: &mut Option<Self>,
        ty: &'static TypeDesc,
        source: &mut S,
    ) -> Result<(), DecodeError> {
        source.record(ty, slot)
    }
}

impl<'de> DecodeRecord<'de> for Forgetful {
    fn decode_fields<S: Source<'de>>(_: &mut Option<Self>, source: &mut S) -> Result<(), DecodeError> {
        while source.next_field(Self::DESC, None)?.is_some() {
            source.field::<i32>(&Self::DESC.fields[0], &mut None, None)?;
        }
        Ok(())
    }
}

#[test]
fn a_message_is_missing() {
    assert_eq!(
        protobuf::from_slice::<Forgetful>(&[8, 1]).unwrap_err().kind(),
        &DecodeErrorKind::MissingField("Forgetful")
    );
    assert_eq!(
        Compact::from_slice::<Forgetful>(&[0x15, 2, 0]).unwrap_err().kind(),
        &DecodeErrorKind::MissingField("Forgetful")
    );
}

#[test]
fn an_item_is_missing_and_not_left_out() {
    // A list of two structs, each of a number and the end.
    let bytes = [0x2c, 0x15, 2, 0, 0x15, 4, 0];
    let mut source = ThriftSource::<Compact>::new(&bytes, Limits::THRIFT);
    let error = Vec::<Forgetful>::decode(&<Vec<Forgetful>>::TYPE, &mut source).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("item"));
    assert_eq!(error.path().to_string(), "[0]");
}
