//! Fields in another order than the type's, and fields that it does not know.

use alloc::borrow::Cow;

use super::ThriftSource;
use crate::{
    DecodeError, DecodeErrorKind, DecodeUnion, FieldDesc, RecordDesc, UnknownFields,
    raw::Mark,
    thrift::{
        Kind, skip,
        wire::{FieldHeader, Wire},
    },
};

impl<'de, P: Wire> ThriftSource<'de, P> {
    /// Goes past a value whose header has been read, and gives its bytes.
    fn skip(&mut self, kind: Kind) -> Result<&'de [u8], DecodeError> {
        let start = self.cursor.mark();
        skip::skip::<P>(&mut self.cursor, kind, self.depth)?;
        Ok(self.cursor.since(start))
    }

    /// Goes past fields with lower ids that the record does not know, and then past the header of one that is asked for, when it is
    /// the next one. The fields behind it are in order again.
    ///
    /// What is wrong with a field is left for [`Source::next_field`] to find, since each way for an error out of the straight line
    /// makes it slower.
    #[cold]
    #[inline(never)]
    pub(super) fn field_behind_others(
        &mut self,
        field: &'static FieldDesc,
        record: &'static RecordDesc,
        mut unknown: Option<&mut UnknownFields<'de>>,
    ) -> bool {
        let (id, Some(kind)) = (field.ty.wire.number, Kind::of(&field.ty, P::FLOATS)) else { return false };
        loop {
            let (start, state) = (self.cursor.mark(), self.state);
            let is_past = match P::field(&mut self.cursor, &mut self.state) {
                Ok(Some(header)) if header.id < id && self.position(record, header).is_none() => {
                    self.keep(header, unknown.as_deref_mut()).is_ok()
                }
                _ => false,
            };
            if !is_past {
                self.cursor.rewind(start);
                self.state = state;
                return P::take_field(&mut self.cursor, &mut self.state, id, kind);
            }
        }
    }

    /// The position of the record's field that a header announces.
    #[inline(always)]
    fn position(&self, record: &'static RecordDesc, header: FieldHeader) -> Option<usize> {
        let position = record.position_of(header.id, self.guess)?;
        let field = record.fields.get(position)?;
        (Kind::of(&field.ty, P::FLOATS) == Some(header.kind)).then_some(position)
    }

    /// Goes past the value of a field whose header has been read, and keeps it where that is wanted.
    #[inline(always)]
    fn keep(&mut self, header: FieldHeader, unknown: Option<&mut UnknownFields<'de>>) -> Result<(), DecodeError> {
        let code = P::field_code(header.kind, &self.state);
        let value = self.skip(header.kind)?;
        if let Some(unknown) = unknown {
            unknown.push(P::FORMAT, header.id, code, value);
        }
        Ok(())
    }

    #[inline(never)]
    pub(super) fn field_out_of_order(
        &mut self,
        record: &'static RecordDesc,
        mut unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        while let Some(header) = P::field(&mut self.cursor, &mut self.state)? {
            if let Some(position) = self.position(record, header) {
                self.guess = position + 1;
                return Ok(Some(position));
            }
            self.keep(header, unknown.as_deref_mut())?;
        }
        Ok(None)
    }

    /// Goes past a value that its field has no place for. Other errors stay errors.
    #[cold]
    #[inline(never)]
    pub(super) fn end_field(
        &mut self,
        error: DecodeError,
        field: &'static FieldDesc,
        start: Mark,
        state: P::State,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        if !error.is_refusal() {
            return Err(error.in_field(field));
        }
        let ty = &field.ty;
        self.state = state;
        let kind = self.kind(ty)?;
        self.cursor.rewind(start);
        self.keep(FieldHeader { id: ty.wire.number, kind }, unknown)
    }

    /// The arm of a union. Arms that the type does not know are kept; beside one that it knows, any other is an error.
    #[inline(always)]
    pub(super) fn arms<U: DecodeUnion<'de>>(&mut self) -> Result<U, DecodeError> {
        let offset = self.cursor.offset();
        let mut value = None;
        let mut unknown = UnknownFields::new();
        let (mut known, mut several) = (None, false);
        while let Some(header) = P::field(&mut self.cursor, &mut self.state)? {
            let is_it =
                |arm: &FieldDesc| arm.ty.wire.number == header.id && Kind::of(&arm.ty, P::FLOATS) == Some(header.kind);
            if let Some(position) = U::UNION.arms.iter().position(is_it) {
                let start = self.cursor.mark();
                let state = self.state;
                match U::decode_arm(position, self) {
                    Ok(arm) => {
                        value = Some(arm);
                        several |= known.replace(position).is_some_and(|other| other != position);
                        continue;
                    }
                    Err(error) if error.is_refusal() => {
                        self.cursor.rewind(start);
                        self.state = state;
                    }
                    Err(error) => return Err(error),
                }
            }
            self.keep(header, Some(&mut unknown))?;
        }
        if several || (value.is_some() && !unknown.is_empty()) {
            return Err(several_arms(U::UNION.name.name, offset));
        }
        match value.or_else(|| U::from_unknown(unknown)) {
            Some(value) => Ok(value),
            None => Err(unknown_arm(U::UNION.name.name, offset)),
        }
    }
}

#[cold]
#[inline(never)]
fn unknown_arm(name: &'static str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnknownArm { name }, offset)
}

#[cold]
#[inline(never)]
fn several_arms(name: &'static str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::SeveralArms { name: Cow::Borrowed(name) }, offset)
}
