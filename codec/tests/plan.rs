//! Plans under the same `decode` that reads data of the type's own schema.

use cognate_codec::avro::plan::{Conversion, Node, Plan, PlannedSource, RecordPlan, Skip, Step};
use cognate_codec::desc::RecordKind;
use cognate_codec::{
    Decode, DecodeError, DecodeRecord, FieldDesc, Limits, Name, Record, RecordDesc, Shape, Source, TypeDesc, Typed,
};

/// What derive writes, by hand: a record that borrows.
#[derive(Debug, PartialEq)]
struct Reading<'a> {
    station: &'a str,
    celsius: f64,
    note: Option<&'a str>,
}

impl Typed for Reading<'_> {
    const TYPE: TypeDesc = TypeDesc::new(Shape::Record(|| <Self as Record>::DESC));
}

impl Record for Reading<'_> {
    const DESC: &'static RecordDesc = &RecordDesc {
        name: Name::new("Reading", ""),
        kind: RecordKind::Record,
        aliases: &[],
        doc: "",
        fields: &[
            FieldDesc::new("station", <&str>::TYPE),
            FieldDesc::new("celsius", f64::TYPE),
            FieldDesc::new("note", <Option<&str>>::TYPE),
        ],
    };
}

impl<'de> Decode<'de> for Reading<'de> {
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.new_record(ty)
    }
}

impl<'de> DecodeRecord<'de> for Reading<'de> {
    fn decode_fields<S: Source<'de>>(slot: &mut Option<Self>, source: &mut S) -> Result<(), DecodeError> {
        let [station_field, celsius_field, note_field] = Self::DESC.fields else { unreachable!() };
        let (mut station, mut celsius, mut note) = (None, None, None);
        if source.expect(station_field, Self::DESC, None)? {
            source.field(station_field, &mut station, None)?;
        }
        if source.expect(celsius_field, Self::DESC, None)? {
            source.field(celsius_field, &mut celsius, None)?;
        }
        if source.expect(note_field, Self::DESC, None)? {
            source.field(note_field, &mut note, None)?;
        }
        if S::TAGGED {
            while let Some(position) = source.next_field(Self::DESC, None)? {
                match position {
                    0 => source.field(station_field, &mut station, None)?,
                    1 => source.field(celsius_field, &mut celsius, None)?,
                    _ => source.field(note_field, &mut note, None)?,
                }
            }
        }
        source.finish(note_field, &mut note)?;
        let (Some(station), Some(celsius), Some(note)) = (station, celsius, note) else {
            return Err(source.missing(station_field));
        };
        *slot = Some(Self { station, celsius, note });
        Ok(())
    }
}

fn record(plan: &mut Plan, steps: Vec<Step>, defaults: [Option<&[u8]>; 3]) {
    let defaults = defaults.into_iter().map(|default| default.map(|bytes| plan.add_default(bytes))).collect();
    let root = plan.add(Node::Record(Box::new(RecordPlan::new(steps, defaults))));
    plan.set_root(root);
}

#[track_caller]
fn decode<'a>(plan: &'a Plan, bytes: &'a [u8]) -> Reading<'a> {
    let mut source = PlannedSource::new(bytes, plan, Limits::default());
    let value = source.value().unwrap();
    assert_eq!(source.remaining(), 0);
    value
}

#[test]
fn fields_are_skipped_converted_and_filled_in() {
    // The writer has (id long, station string, celsius int); the reader's note is "n/a" by default.
    let mut plan = Plan::new();
    let (same, convert) = (plan.add(Node::Same), plan.add(Node::Convert(Conversion::IntToDouble)));
    let id = plan.add_skip(Skip::Varint);
    let steps = vec![Step::Skip(id), Step::Read { field: 0, node: same }, Step::Read { field: 1, node: convert }];
    record(&mut plan, steps, [None, None, Some(b"\x02\x06n/a")]);
    let value = decode(&plan, b"\x80\x80\x01\x08Oslo\x07");
    assert_eq!(value, Reading { station: "Oslo", celsius: -4.0, note: Some("n/a") });
}

#[test]
fn fields_come_in_any_order_and_the_rest_is_skipped() {
    // The writer has (note as a plain string, celsius double, station string, tags array of string).
    let mut plan = Plan::new();
    let same = plan.add(Node::Same);
    let note = plan.add(Node::ReaderUnion { branch: 1, node: same });
    let tag = plan.add_skip(Skip::Prefixed);
    let tags = plan.add_skip(Skip::Array(tag));
    let steps = vec![
        Step::Read { field: 2, node: note },
        Step::Read { field: 1, node: same },
        Step::Read { field: 0, node: same },
        Step::Skip(tags),
    ];
    record(&mut plan, steps, [None, None, None]);
    // One block of tags has its byte size, which lets it be skipped at once; the other has not.
    let bytes = b"\x02x\0\0\0\0\0\0\xf0\x3f\x04Bo\x01\x04\x02a\x02\x02b\0";
    assert_eq!(decode(&plan, bytes), Reading { station: "Bo", celsius: 1.0, note: Some("x") });
}

#[test]
fn a_branch_that_has_no_place_fails_only_when_it_is_met() {
    let mut plan = Plan::new();
    let same = plan.add(Node::Same);
    let fault = plan.add_fault("the writer's long fits no branch");
    let fault = plan.add(Node::Fault(fault));
    let null = plan.add(Node::ReaderUnion { branch: 0, node: same });
    let union = plan.add(Node::WriterUnion([null, fault].into()));
    let steps = vec![
        Step::Read { field: 0, node: same },
        Step::Read { field: 1, node: same },
        Step::Read { field: 2, node: union },
    ];
    record(&mut plan, steps, [None, None, None]);
    let good = b"\x02a\0\0\0\0\0\0\0\0\x00";
    assert_eq!(decode(&plan, good).note, None);
    let bad = b"\x02a\0\0\0\0\0\0\0\0\x02\x0e";
    let error = PlannedSource::new(bad, &plan, Limits::default()).value::<Reading<'_>>().unwrap_err();
    assert_eq!(error.to_string(), "note: the writer's long fits no branch at byte 11");
}

#[test]
fn every_truncation_is_an_error() {
    let mut plan = Plan::new();
    let same = plan.add(Node::Same);
    let skip = plan.add_skip(Skip::Bytes(3));
    let steps = vec![Step::Read { field: 0, node: same }, Step::Skip(skip), Step::Read { field: 1, node: same }];
    record(&mut plan, steps, [None, None, Some(b"\0")]);
    let bytes = b"\x06abc\x01\x02\x03\0\0\0\0\0\0\0\0";
    assert_eq!(decode(&plan, bytes).note, None);
    for len in 0..bytes.len() {
        let error = PlannedSource::new(&bytes[..len], &plan, Limits::default()).value::<Reading<'_>>().unwrap_err();
        assert!(error.is_truncated(), "{len}: {error}");
    }
}

fn read<'a, T: cognate_codec::Decode<'a>>(plan: &'a Plan, bytes: &'a [u8]) -> Option<T> {
    let mut source = PlannedSource::new(bytes, plan, Limits::default());
    source.value().ok().filter(|_| source.remaining() == 0)
}

#[test]
fn an_int_is_read_as_a_number_of_any_width_and_has_to_be_an_int() {
    let plan = |conversion| {
        let mut plan = Plan::new();
        let root = plan.add(Node::Convert(conversion));
        plan.set_root(root);
        plan
    };
    let (long, float, double) =
        (plan(Conversion::IntToLong), plan(Conversion::IntToFloat), plan(Conversion::IntToDouble));
    let (most, least) = (b"\xfe\xff\xff\xff\x0f", b"\xff\xff\xff\xff\x0f");
    assert_eq!(read::<i64>(&long, most), Some(i64::from(i32::MAX)));
    assert_eq!(read::<i64>(&long, least), Some(i64::from(i32::MIN)));
    assert_eq!(read::<u64>(&long, most), Some(u64::from(i32::MAX.unsigned_abs())));
    assert_eq!(read::<u32>(&long, most), Some(i32::MAX.unsigned_abs()));
    assert_eq!(read::<u32>(&long, least), None);
    assert_eq!(read::<f32>(&float, least), Some(-2_147_483_648.0));
    assert_eq!(read::<f64>(&double, most), Some(2_147_483_647.0));
    // One more than an int holds.
    let beyond = b"\x80\x80\x80\x80\x10";
    assert_eq!(read::<i64>(&long, beyond), None);
    assert_eq!(read::<u64>(&long, beyond), None);
    assert_eq!(read::<u32>(&long, beyond), None);
    assert_eq!(read::<f32>(&float, beyond), None);
    assert_eq!(read::<f64>(&double, beyond), None);
    let (from_long, to_double) = (plan(Conversion::LongToFloat), plan(Conversion::LongToDouble));
    assert_eq!(read::<f32>(&from_long, beyond), Some(2_147_483_648.0));
    assert_eq!(read::<f64>(&to_double, beyond), Some(2_147_483_648.0));
}

#[test]
fn defaults_lie_between_copied_fields_and_borrow_from_the_plan() {
    // The writer has (id long, hash fixed of 2, celsius double, end long), the reader's station and note come of defaults.
    let mut plan = Plan::new();
    let (id, hash) = (plan.add_skip(Skip::Varint), plan.add_skip(Skip::Bytes(2)));
    let (station, note) = (plan.add_default(b"\x0aTroms"), plan.add_default(b"\x02\x06n/a"));
    let steps = vec![Step::Skip(id), Step::Skip(hash), Step::Copy { field: 1 }, Step::Skip(id)];
    let defaults = vec![Some(station), None, Some(note)];
    let root = plan.add(Node::Record(Box::new(RecordPlan::new(steps, defaults))));
    plan.set_root(root);
    let bytes = b"\x80\x01\xaa\xbb\0\0\0\0\0\0\xf0\x3f\x05";
    assert_eq!(decode(&plan, bytes), Reading { station: "Troms", celsius: 1.0, note: Some("n/a") });
    for len in 0..bytes.len() {
        let error = PlannedSource::new(&bytes[..len], &plan, Limits::default()).value::<Reading<'_>>().unwrap_err();
        assert!(error.is_truncated(), "{len}: {error}");
    }
}
