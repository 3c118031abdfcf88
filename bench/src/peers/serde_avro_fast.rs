//! `serde_avro_fast`: schema and serializer configuration are made once, the output buffer is reused.

use std::io::{BufRead, Write};
use std::marker::PhantomData;

use serde_avro_fast::object_container_file_encoding::{Compression, CompressionLevel, Reader, WriterBuilder};
use serde_avro_fast::ser::SerializerConfig;
use serde_avro_fast::{Schema, from_datum_slice, to_datum};

use crate::data::Dataset;
use crate::hand::avro::HandWritten;
use crate::suite::Suite;
use crate::task::{Operation, Role};

/// The name in tables.
pub const NAME: &str = "serde_avro_fast";

/// Adds its tasks.
pub fn add<D: HandWritten>(suite: &mut Suite<D>) {
    let schema = schema::<D>();
    suite.decode(
        Operation::DecodeBorrowed,
        (NAME, Role::Peer),
        |datum| from_datum_slice::<D::Borrowed<'static>>(datum, schema),
        |value, record| value == D::borrow(record),
    );
    suite.decode(
        Operation::DecodeOwned,
        (NAME, Role::Peer),
        |datum| from_datum_slice::<D::Owned>(datum, schema),
        |value, record| value == *record,
    );
    let mut config = SerializerConfig::new(schema);
    suite.encode((NAME, Role::Peer), |record| record, move |value, out| to_datum(*value, out, &mut config).map(drop));
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
        let compression = match codec {
            "deflate" => Compression::Deflate { level: CompressionLevel::default() },
            "snappy" => Compression::Snappy,
            "zstandard" => Compression::Zstandard { level: CompressionLevel::default() },
            _ => Compression::Null,
        };
        let mut config = SerializerConfig::new(self.schema);
        let mut writer = WriterBuilder::new(&mut config).compression(compression).build(out).expect("a header");
        writer.serialize_all(records).expect("records of the schema");
        writer.into_inner().expect("the last block");
    }

    /// Reads a container file in memory.
    pub fn read(file: &[u8], mut each: impl FnMut(D::Owned)) {
        let mut reader = Reader::from_slice(file).expect("a header");
        for record in reader.deserialize::<D::Owned>() {
            each(record.expect("a record of the schema"));
        }
    }

    /// Reads a container file as a stream.
    pub fn stream(file: impl BufRead, mut each: impl FnMut(D::Owned)) {
        let mut reader = Reader::from_reader(file).expect("a header");
        while let Some(record) = reader.deserialize_next::<D::Owned>().expect("a record of the schema") {
            each(record);
        }
    }
}

fn schema<D: Dataset>() -> &'static Schema {
    Box::leak(Box::new(D::SCHEMA.parse().expect("a schema")))
}
