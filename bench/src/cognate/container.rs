//! Container files.

use std::hint::black_box;
use std::io::{Read, Write};
use std::marker::PhantomData;

use ::cognate::Limits;
use ::cognate::avro::container::{Codec, ContainerError, Reader, SliceReader, WriterOptions};

use super::{Counterpart, NAME};
use crate::container::{self, Contender};
use crate::task::Role;

/// The contenders: reading values that own their text, and reading values that borrow it from the block.
pub(crate) fn contenders<D: Counterpart>() -> [Contender; 2] {
    let values = D::records().iter().map(D::own).collect();
    let records: &'static [D::Owned] = D::records().leak();
    let borrowed = Contender {
        name: "cognate (borrowed)",
        role: Role::Cognate,
        write: None,
        read: Box::new(|file| throw_views_away::<D>(file).expect("a file of the schema")),
        check: Box::new(|file| compare_views::<D>(file, records).expect("a file of the schema")),
    };
    [Contender::new(NAME, Role::Cognate, values, Library::<D>(PhantomData)), borrowed]
}

/// Writes a container file.
pub fn write<D: Counterpart>(
    values: impl IntoIterator<Item = impl std::borrow::Borrow<D::Own>>,
    codec: &str,
    out: impl Write,
) -> Result<(), ContainerError> {
    let codec = match codec {
        "deflate" => Codec::Deflate,
        "snappy" => Codec::Snappy,
        "zstandard" => Codec::Zstandard,
        _ => Codec::Null,
    };
    let mut writer = WriterOptions::new().codec(codec).create(out, D::SCHEMA)?;
    for value in values {
        writer.append(value.borrow())?;
    }
    writer.finish().map(drop)
}

/// Reads a container file as a stream.
pub fn stream<D: Counterpart>(file: impl Read, mut each: impl FnMut(D::Own)) -> Result<(), ContainerError> {
    let mut reader = Reader::new(file)?;
    while let Some(block) = reader.next_block()? {
        for value in block.values::<D::Own>(Limits::default()) {
            each(value?);
        }
    }
    Ok(())
}

struct Library<D>(PhantomData<D>);

impl<D> Clone for Library<D> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<D: Counterpart> container::Library<D::Own> for Library<D> {
    fn write(&self, values: &[D::Own], codec: &str, out: &mut Vec<u8>) {
        write::<D>(values, codec, out).expect("records of the schema");
    }

    fn read(&self, file: &[u8], each: impl FnMut(D::Own)) {
        owned::<D>(file, each).expect("a file of the schema");
    }
}

fn owned<D: Counterpart>(file: &[u8], mut each: impl FnMut(D::Own)) -> Result<(), ContainerError> {
    let mut reader = SliceReader::new(file)?;
    while let Some(block) = reader.next_block()? {
        for value in block.values::<D::Own>(Limits::default()) {
            each(value?);
        }
    }
    Ok(())
}

fn throw_views_away<D: Counterpart>(file: &[u8]) -> Result<(), ContainerError> {
    let mut reader = SliceReader::new(file)?;
    while let Some(block) = reader.next_block()? {
        for view in block.values::<D::View<'_>>(Limits::default()) {
            drop(black_box(view?));
        }
    }
    Ok(())
}

fn compare_views<D: Counterpart>(file: &[u8], records: &[D::Owned]) -> Result<(), ContainerError> {
    let mut expected = records.iter();
    let mut reader = SliceReader::new(file)?;
    while let Some(block) = reader.next_block()? {
        for view in block.values::<D::View<'_>>(Limits::default()) {
            assert_eq!(Some(view?), expected.next().map(D::view));
        }
    }
    assert_eq!(expected.len(), 0, "records are missing");
    Ok(())
}
