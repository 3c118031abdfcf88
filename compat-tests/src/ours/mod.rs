//! Our own implementation behind the interface of the judges.

mod neutral;

use std::fmt::Display;

use cognate_codec::Limits;
use cognate_codec::avro::container::{Codec, ContainerError, SliceReader, WriterOptions};
use cognate_codec::avro::single_object;
use cognate_schema::SourceFile;
use cognate_schema::avro::resolve::{Fault, UnionOrder, resolve};
use cognate_schema::avro::{self, JsonForm, Loader, NameRule, Options, Program, Schema, rules, write_json};
use serde_json::{Value, json};

pub use self::neutral::{from_neutral, to_neutral};
use crate::implementation::{
    Algorithm, Answer, AvroImplementation, Container, ContainerContents, Decoded, Refusal, RefusalKind,
};

/// Cognate: schemas at run time, values through compiled programs.
///
/// Schemas that come with data or are asked for their canonical form may have any names, as with the judges; what
/// [`AvroImplementation::validate`] accepts is what the specification allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cognate;

impl AvroImplementation for Cognate {
    fn name(&self) -> String {
        "cognate".to_owned()
    }

    fn validate(&mut self, schema: &str) -> Answer<()> {
        let mut loader = Loader::new();
        loader.add("<schema>", schema);
        let linked = loader.link();
        // A warning only, because Java takes such schemas; the specification does not.
        let forward = linked.diagnostics.iter().find(|found| found.rule.id == rules::FORWARD_REFERENCE.id);
        if let Some(forward) = forward {
            return Err(Refusal::new(RefusalKind::Schema, forward.message.clone()));
        }
        refuse(RefusalKind::Schema, linked.into_result()).map(|_| ())
    }

    fn canonical(&mut self, schema: &str) -> Answer<String> {
        Ok(parse(schema)?.canonical_form())
    }

    fn fingerprint(&mut self, schema: &str, algorithm: Algorithm) -> Answer<String> {
        let algorithm = match algorithm {
            Algorithm::Rabin => avro::Algorithm::Rabin,
            Algorithm::Md5 => avro::Algorithm::Md5,
            Algorithm::Sha256 => avro::Algorithm::Sha256,
        };
        Ok(parse(schema)?.fingerprint(algorithm).to_string())
    }

    fn encode(&mut self, schema: &str, value: &Value) -> Answer<Vec<u8>> {
        encode(&Program::new(&parse(schema)?), value)
    }

    fn decode(&mut self, schema: &str, reader: Option<&str>, data: &[u8]) -> Answer<Decoded> {
        let schema = parse(schema)?;
        let Some(reader) = reader else {
            let program = Program::new(&schema);
            let mut decoder = program.decoder(data, Limits::DEFAULT);
            let value = refuse(RefusalKind::Data, decoder.value())?;
            return Ok(Decoded { value: to_neutral(&value), read: decoder.offset() });
        };
        let reader = parse(reader)?;
        let (plan, program) = (resolve(&schema, &reader, UnionOrder::default()).plan, Program::new(&reader));
        let mut decoder = program.resolving_decoder(&plan, data, Limits::DEFAULT);
        let value = refuse(RefusalKind::Data, decoder.value())?;
        Ok(Decoded { value: to_neutral(&value), read: decoder.offset() })
    }

    fn json_encode(&mut self, schema: &str, value: &Value) -> Answer<String> {
        let schema = parse(schema)?;
        let value = refuse(RefusalKind::Value, from_neutral(&schema, value))?;
        let mut text = String::new();
        write_json(&value, JsonForm::Avro, &mut text);
        Ok(text)
    }

    fn json_decode(&mut self, schema: &str, reader: Option<&str>, text: &str) -> Answer<Value> {
        no_resolution(reader)?;
        let program = Program::new(&parse(schema)?);
        let value = program.read_json(&SourceFile::new("<json>", text), JsonForm::Avro);
        Ok(to_neutral(&refuse(RefusalKind::Data, value)?))
    }

    fn single_object_encode(&mut self, schema: &str, value: &Value) -> Answer<Vec<u8>> {
        let schema = parse(schema)?;
        let mut message = single_object::MARKER.to_vec();
        message.extend_from_slice(&schema.rabin().to_le_bytes());
        message.extend(encode(&Program::new(&schema), value)?);
        Ok(message)
    }

    fn single_object_decode(&mut self, schema: &str, data: &[u8]) -> Answer<Value> {
        let schema = parse(schema)?;
        let (fingerprint, body) = refuse(RefusalKind::Data, single_object::split(data))?;
        if fingerprint != schema.rabin() {
            return Err(Refusal::new(RefusalKind::Data, format!("the schema has not the fingerprint {fingerprint:x}")));
        }
        let value = Program::new(&schema).decode(body, Limits::DEFAULT).map(|value| to_neutral(&value));
        refuse(RefusalKind::Data, value)
    }

    fn container_write(&mut self, container: &Container<'_>) -> Answer<Vec<u8>> {
        let program = Program::new(&parse(container.schema)?);
        let codec = Codec::ALL.into_iter().find(|codec| codec.name() == container.codec);
        let codec = codec.ok_or_else(|| Refusal::unsupported(container.codec))?;
        let mut options = WriterOptions::new().codec(codec);
        for (name, value) in container.metadata {
            options = options.metadata(*name, *value);
        }
        if let Some(sync) = container.sync {
            options = options.sync_marker(sync);
        }
        let mut writer = refuse(RefusalKind::Value, options.create(Vec::new(), container.schema))?;
        for (index, value) in container.values.iter().enumerate() {
            let record = encode(&program, value)?;
            refuse(RefusalKind::Value, writer.append_encoded(&record))?;
            if container.block_items.is_some_and(|items| (index + 1) % items == 0) {
                refuse(RefusalKind::Value, writer.flush_block())?;
            }
        }
        refuse(RefusalKind::Value, writer.finish())
    }

    fn compatibility(&mut self, reader: &str, writer: &str) -> Answer<Value> {
        let resolution = resolve(&parse(writer)?, &parse(reader)?, UnionOrder::default());
        let fault = |fault: &Fault| json!({"kind": fault.kind.name(), "location": fault.way, "message": fault.message});
        let incompatibilities: Vec<_> = resolution.faults.iter().map(fault).collect();
        Ok(json!({"compatible": resolution.is_compatible(), "incompatibilities": incompatibilities}))
    }

    fn container_read(&mut self, data: &[u8], reader: Option<&str>) -> Answer<ContainerContents> {
        no_resolution(reader)?;
        let mut file = refuse(RefusalKind::Data, SliceReader::new(data))?;
        let header = file.header().clone();
        let program = Program::new(&parse(header.schema())?);
        let mut values = Vec::new();
        refuse(RefusalKind::Data, read_values(&mut file, &program, &mut values))?;
        Ok(ContainerContents {
            values,
            schema: header.schema().to_owned(),
            codec: header.codec_name().to_owned(),
            metadata: header.metadata().iter().cloned().collect(),
        })
    }
}

/// Schemas as the judges take them: any name goes, a default that does not fit its type does not.
fn parse(schema: &str) -> Answer<Schema> {
    let mut options = Options::default();
    options.names = NameRule::Lenient;
    refuse(RefusalKind::Schema, Schema::parse_with(schema, options))
}

fn encode(program: &Program, value: &Value) -> Answer<Vec<u8>> {
    let value = refuse(RefusalKind::Value, from_neutral(program.schema(), value))?;
    let mut bytes = Vec::new();
    refuse(RefusalKind::Value, program.encode_into(&value, &mut bytes))?;
    Ok(bytes)
}

fn read_values(file: &mut SliceReader<'_>, program: &Program, values: &mut Vec<Value>) -> Result<(), ContainerError> {
    while let Some(block) = file.next_block()? {
        let mut decoder = program.decoder(block.data(), Limits::DEFAULT);
        for record in 0..block.count() {
            let value = decoder.value().map_err(|error| block.record_error(record, error))?;
            values.push(to_neutral(&value));
        }
        if decoder.remaining() > 0 {
            return Err(block.record_error(block.count(), "bytes are left behind the last record"));
        }
    }
    Ok(())
}

fn no_resolution(reader: Option<&str>) -> Answer<()> {
    match reader {
        None => Ok(()),
        Some(_) => Err(Refusal::unsupported("schema resolution")),
    }
}

fn refuse<T, E: Display>(kind: RefusalKind, result: Result<T, E>) -> Answer<T> {
    result.map_err(|error| Refusal::new(kind, error.to_string()))
}
