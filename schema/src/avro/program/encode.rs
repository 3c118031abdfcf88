//! Values to Avro binary.

use cognate_codec::raw::Buffer;
use cognate_codec::{EncodeError, EncodeErrorKind, PathSegment};

use super::{Program, Step, StepId};
use crate::value::{RecordShape, RecordValue, Value};

impl Program {
    /// Encodes a value behind the bytes that are there already. After an error the bytes are as they were.
    ///
    /// A record's fields are taken by position when its names are the schema's, otherwise by name.
    ///
    /// # Errors
    ///
    /// When the value is not one of the schema's.
    pub fn encode_into(&self, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.encode_at(Self::ROOT, value, bytes)
    }

    /// Encodes a value of the type that a step stands for.
    pub(super) fn encode_at(&self, step: StepId, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        let start = bytes.len();
        let mut buffer = Buffer::after(std::mem::take(bytes));
        let result = self.encode_step(step, value, &mut buffer);
        *bytes = buffer.into_bytes();
        if result.is_err() {
            bytes.truncate(start);
        }
        result
    }

    fn encode_step(&self, step: StepId, value: &Value<'_>, out: &mut Buffer) -> Result<(), EncodeError> {
        match (self.step(step), value) {
            (Step::Null, Value::Null) => {}
            (Step::Boolean, Value::Bool(value)) => out.byte(u8::from(*value)),
            (Step::Int, Value::Int(value)) => out.zigzag_32(*value),
            (Step::Long, Value::Long(value)) => out.zigzag_64(*value),
            (Step::Long, Value::Int(value)) => out.zigzag_64(i64::from(*value)),
            (Step::Float, Value::Float(value)) => out.array(value.to_le_bytes()),
            (Step::Double, Value::Double(value)) => out.array(value.to_le_bytes()),
            (Step::Bytes, Value::Bytes(bytes)) => out.zigzag_prefixed(bytes),
            (Step::String, Value::String(text)) => out.zigzag_prefixed(text.as_bytes()),
            (Step::Fixed(size), Value::Fixed(bytes)) if bytes.len() == *size => out.bytes(bytes),
            (Step::Fixed(size), Value::Fixed(bytes)) => {
                return Err(mismatch(format!("a fixed of {size} bytes cannot hold {}", bytes.len())));
            }
            (Step::Enum(shape), Value::Enum(symbol)) => {
                let name = symbol.symbol().unwrap_or_default();
                match shape.symbols.iter().position(|candidate| &**candidate == name) {
                    Some(index) => out.varint((index as u64) << 1),
                    None => return Err(mismatch(format!("`{name}` is no symbol of the enum `{}`", shape.name))),
                }
            }
            (Step::Array(items), Value::List(values)) => {
                encode_items(values.len(), out, |out| {
                    for (index, value) in values.iter().enumerate() {
                        let result = self.encode_step(*items, value, out);
                        result.map_err(|error| error.inside(PathSegment::Index(index)))?;
                    }
                    Ok(())
                })?;
            }
            (Step::Map(values), Value::Map(entries)) => {
                encode_items(entries.len(), out, |out| {
                    for (key, value) in entries {
                        let Value::String(key) = key else {
                            return Err(mismatch(format!("a map's keys are strings, not {}", key.kind().word())));
                        };
                        out.zigzag_prefixed(key.as_bytes());
                        let result = self.encode_step(*values, value, out);
                        result.map_err(|error| error.inside(PathSegment::Key(key.to_string())))?;
                    }
                    Ok(())
                })?;
            }
            (Step::Record(shape, fields), Value::Record(record)) => self.encode_record(shape, fields, record, out)?,
            (Step::Union(shape, branches), Value::Union(union)) => {
                let name = union.branch_name().unwrap_or_default();
                let branch = shape.branches.iter().position(|branch| &*branch.name == name);
                let Some((branch, step)) = branch.and_then(|branch| Some((branch, branches.get(branch)?))) else {
                    return Err(mismatch(format!("the union has no branch `{name}`")));
                };
                out.varint((branch as u64) << 1);
                self.encode_step(*step, &union.value, out)?;
            }
            _ => {
                let expected = self.schema().kind(self.type_of(step)).branch_name();
                return Err(mismatch(format!("{expected} is expected here, not {}", value.kind().word())));
            }
        }
        Ok(())
    }

    fn encode_record(
        &self,
        shape: &RecordShape,
        fields: &[StepId],
        record: &RecordValue<'_>,
        out: &mut Buffer,
    ) -> Result<(), EncodeError> {
        let by_position = shape.fields == record.shape.fields && record.fields.len() == fields.len();
        for (position, (step, name)) in fields.iter().zip(&shape.fields).enumerate() {
            let value = if by_position { record.fields.get(position) } else { record.field(name) };
            let Some(value) = value else {
                return Err(mismatch(format!("the record `{}` has no value for its field `{name}`", shape.name)));
            };
            let result = self.encode_step(*step, value, out);
            result.map_err(|error| error.inside(PathSegment::NamedField(name.to_string())))?;
        }
        Ok(())
    }
}

/// One block of all items, and the end.
fn encode_items(
    count: usize,
    out: &mut Buffer,
    items: impl FnOnce(&mut Buffer) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    if count > 0 {
        out.varint((count as u64) << 1);
        items(out)?;
    }
    out.byte(0);
    Ok(())
}

#[cold]
fn mismatch(reason: String) -> EncodeError {
    EncodeError::new(EncodeErrorKind::SchemaMismatch(reason))
}
