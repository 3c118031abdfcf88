//! The limit of depth counts levels, not values: in every decoder, siblings without number are one level.

use cognate::{
    Cognate, DecodeError, DecodeErrorKind, Limits, avro, protobuf,
    schema::avro::{Program, Schema},
};

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Tree {
    #[cognate(number = 1)]
    items: Vec<Tree>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Chain {
    #[cognate(number = 1)]
    next: Option<Box<Chain>>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Chains {
    #[cognate(number = 1)]
    chains: Vec<Chain>,
}

#[track_caller]
fn too_deep<T>(result: Result<T, DecodeError>) {
    let error = result.err().expect("a level too many");
    assert_eq!(error.kind(), &DecodeErrorKind::DepthLimit(100));
}

/// A list in a list and so on, the last one empty.
fn avro_levels(levels: usize) -> Vec<u8> {
    let mut bytes = vec![2; levels - 1];
    bytes.resize(2 * levels - 1, 0);
    bytes
}

/// A message in field 1 of a message and so on.
fn protobuf_levels(levels: usize) -> Vec<u8> {
    (0..levels).fold(Vec::new(), |inner, _| delimited(&inner))
}

/// Field 1 with so many bytes, fewer than 2^14.
fn delimited(body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x0a];
    match u8::try_from(body.len()) {
        Ok(len @ ..0x80) => bytes.push(len),
        _ => bytes.extend([u8::try_from(body.len() & 0x7f).unwrap() | 0x80, u8::try_from(body.len() >> 7).unwrap()]),
    }
    bytes.extend(body);
    bytes
}

#[test]
fn avro_lists() {
    assert!(avro::from_slice::<Tree>(&avro_levels(100)).is_ok());
    too_deep(avro::from_slice::<Tree>(&avro_levels(101)));
    // 200 of them in one block.
    let siblings = [&[0x90, 0x03][..], &[0; 201]].concat();
    assert_eq!(avro::from_slice::<Tree>(&siblings).unwrap().items.len(), 200);
}

#[test]
fn avro_boxes() {
    assert!(avro::from_slice::<Chain>(&[&[2; 100][..], &[0]].concat()).is_ok());
    too_deep(avro::from_slice::<Chain>(&[&[2; 101][..], &[0]].concat()));
    let siblings = [&[0x90, 0x03][..], &[2, 0].repeat(200), &[0]].concat();
    assert_eq!(avro::from_slice::<Chains>(&siblings).unwrap().chains.len(), 200);
}

#[test]
fn avro_values_in_a_row() {
    // One source goes on with what its earlier values left.
    let bytes = [2, 0, 0].repeat(200);
    let mut source = avro::AvroSource::new(&bytes, Limits::DEFAULT.with_depth(2));
    for _ in 0..200 {
        assert_eq!(source.value::<Tree>().unwrap().items.len(), 1);
    }
}

#[test]
fn protobuf_lists() {
    assert!(protobuf::from_slice::<Tree>(&protobuf_levels(100)).is_ok());
    too_deep(protobuf::from_slice::<Tree>(&protobuf_levels(101)));
    // A list in one run, and a list that is taken up again after a field that nobody knows.
    assert_eq!(protobuf::from_slice::<Tree>(&[0x0a, 0].repeat(200)).unwrap().items.len(), 200);
    assert_eq!(protobuf::from_slice::<Tree>(&[0x0a, 0, 0x10, 1].repeat(200)).unwrap().items.len(), 200);
}

#[test]
fn protobuf_boxes() {
    assert!(protobuf::from_slice::<Chain>(&protobuf_levels(100)).is_ok());
    too_deep(protobuf::from_slice::<Chain>(&protobuf_levels(101)));
    // The same box again and again, and one in each of many items.
    assert!(protobuf::from_slice::<Chain>(&[0x0a, 0].repeat(200)).is_ok());
    assert_eq!(protobuf::from_slice::<Chains>(&[0x0a, 2, 0x0a, 0].repeat(200)).unwrap().chains.len(), 200);
}

#[test]
fn protobuf_groups() {
    let nested = |levels: usize| [[0x13].repeat(levels), [0x14].repeat(levels)].concat();
    assert!(protobuf::from_slice::<Tree>(&nested(100)).is_ok());
    too_deep(protobuf::from_slice::<Tree>(&nested(101)));
    assert!(protobuf::from_slice::<Tree>(&[0x13, 0x14].repeat(200)).is_ok());
    // The depth of lists and groups is one.
    assert!(protobuf::from_slice::<Tree>(&delimited(&nested(99))).is_ok());
    too_deep(protobuf::from_slice::<Tree>(&delimited(&nested(100))));
}

#[test]
fn run_time_schemas() {
    let schema = r#"{"type": "record", "name": "Tree", "fields": [
        {"name": "items", "type": {"type": "array", "items": "Tree"}}]}"#;
    let program = Program::new(&Schema::parse(schema).unwrap());
    // A record is a level here, and a list another.
    let levels = |levels: usize| program.decode(&avro_levels(levels), Limits::DEFAULT).map(drop);
    assert_eq!(levels(50), Ok(()));
    too_deep(levels(51));
    let siblings = [&[0x90, 0x03][..], &[0; 201]].concat();
    assert!(program.decode(&siblings, Limits::DEFAULT).is_ok());
    let map = Schema::parse(r#"{"type": "array", "items": {"type": "map", "values": "int"}}"#).unwrap();
    assert!(Program::new(&map).decode(&siblings, Limits::DEFAULT.with_depth(2)).is_ok());
    // One decoder goes on with what its earlier values left.
    let bytes = [2, 0, 0].repeat(200);
    let mut decoder = program.decoder(&bytes, Limits::DEFAULT.with_depth(4));
    for _ in 0..200 {
        decoder.value().unwrap();
    }
}
