//! `apache-avro`: the paths that go straight between bytes and typed structs, without its `Value`, where there is such a path.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::marker::PhantomData;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use apache_avro::{Codec, DeflateSettings, Reader, Schema, Writer, ZstandardSettings, from_value};
use serde::de::DeserializeOwned;

use crate::data::Dataset;
use crate::hand::avro::HandWritten;
use crate::suite::Suite;
use crate::task::{Operation, Role};

/// The name in tables.
pub const NAME: &str = "apache-avro";

/// Adds its tasks. It has no borrowed decode.
pub fn add<D: HandWritten>(suite: &mut Suite<D>) {
    let schema = schema::<D>();
    let reader = GenericDatumReader::builder(schema).build().expect("a reader");
    suite.decode(
        Operation::DecodeOwned,
        (NAME, Role::Peer),
        move |mut datum| reader.read_deser::<D::Owned>(&mut datum),
        |value, record| value == *record,
    );
    let writer = GenericDatumWriter::builder(schema).build().expect("a writer");
    suite.encode((NAME, Role::Peer), |record| record, move |value, out| writer.write_ser(out, *value).map(drop));
}

/// Adds its decode of data of another schema: into a value, which is resolved, and from that into a struct. Its decode into
/// structs at once panics when it is given a reader's schema.
pub fn add_resolved<D: HandWritten, T: Debug + DeserializeOwned>(
    suite: &mut Suite<D>,
    operation: Operation,
    reader: &str,
    check: impl Fn(&T, &D::Owned) -> bool,
) {
    let reader: &'static Schema = Box::leak(Box::new(Schema::parse_str(reader).expect("a schema")));
    let reader = GenericDatumReader::builder(schema::<D>()).reader_schema(reader).build().expect("a reader");
    suite.decode(
        operation,
        (NAME, Role::Peer),
        move |mut datum| reader.read_value(&mut datum).and_then(|value| from_value::<T>(&value)),
        |value, record| check(&value, record),
    );
}

/// Its container files.
#[derive(Debug)]
pub struct Library<D> {
    schema: &'static Schema,
    dataset: PhantomData<D>,
}

impl<D> Clone for Library<D> {
    fn clone(&self) -> Self {
        Self { schema: self.schema, dataset: PhantomData }
    }
}

impl<D: Dataset> Library<D> {
    /// Parses the dataset's schema, which is never freed.
    #[expect(clippy::new_without_default, reason = "it does work")]
    pub fn new() -> Self {
        Self { schema: schema::<D>(), dataset: PhantomData }
    }

    /// Writes a container file.
    pub fn write<'d>(&self, records: impl IntoIterator<Item = &'d D::Owned>, codec: &str, out: impl Write) {
        let codec = match codec {
            "deflate" => Codec::Deflate(DeflateSettings::default()),
            "snappy" => Codec::Snappy,
            "zstandard" => Codec::Zstandard(ZstandardSettings::default()),
            _ => Codec::Null,
        };
        let mut writer = Writer::with_codec(self.schema, out, codec).expect("a writer");
        for record in records {
            writer.append_ser(record).expect("a record of the schema");
        }
        writer.into_inner().expect("the last block");
    }

    /// Reads a container file.
    pub fn read(file: impl Read, mut each: impl FnMut(D::Owned)) {
        for record in Reader::new(file).expect("a header").into_deser_iter::<D::Owned>() {
            each(record.expect("a record of the schema"));
        }
    }
}

fn schema<D: Dataset>() -> &'static Schema {
    Box::leak(Box::new(Schema::parse_str(D::SCHEMA).expect("a schema")))
}
