//! Blocks of a container file to JSON lines.

use cognate_codec::avro::container::{Block, ContainerError};
use cognate_codec::{DecodeError, Limits};
use cognate_schema::avro::{JsonForm, ReadPlan, write_json};

use super::faults;

/// How blocks become text.
pub(super) struct Rendering {
    pub(super) plan: ReadPlan,
    pub(super) form: JsonForm,
    /// What values may cost.
    pub(super) limits: Limits,
    /// No more values than these are wanted, of all blocks together.
    pub(super) most: Option<u64>,
}

/// A part of what a block becomes.
pub(super) enum Piece {
    /// Whole lines, each of a value.
    Lines { text: String, values: u64 },
    /// The block has ended well, after so many records.
    End(u64),
}

/// Bytes of text that are collected before they are handed on.
const SIZE: usize = 64 << 10;
/// What is taken for a piece, since the last line may be longer.
const ROOM: usize = SIZE + SIZE / 4;

impl Rendering {
    /// The same for another thread.
    pub(super) fn apart(&self) -> Self {
        Self { plan: self.plan.apart(), ..*self }
    }

    /// Hands the values of a block on, as text in pieces. A record at fault ends the block, after those before it.
    pub(super) fn render<E: From<ContainerError>>(
        &self,
        block: &Block<'_>,
        mut emit: impl FnMut(Piece) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut decoder = self.plan.decoder(block.data(), self.limits);
        let (mut text, mut values) = (String::with_capacity(ROOM), 0);
        let wanted = self.most.unwrap_or(u64::MAX);
        for record in 0..block.count().min(wanted) {
            match decoder.value() {
                Ok(value) => {
                    write_json(&value, self.form, &mut text);
                    text.push('\n');
                    values += 1;
                }
                Err(error) => {
                    emit(Piece::Lines { text, values })?;
                    return Err(block.record_error(record, place(&error)).into());
                }
            }
            if text.len() >= SIZE {
                emit(Piece::Lines { text: std::mem::replace(&mut text, String::with_capacity(ROOM)), values })?;
                values = 0;
            }
        }
        emit(Piece::Lines { text, values })?;
        if decoder.remaining() > 0 && block.count() < wanted {
            let problem = format!("{} bytes follow the last record of the block", decoder.remaining());
            return Err(block.record_error(block.count(), problem).into());
        }
        emit(Piece::End(block.count()))
    }
}

fn place(error: &DecodeError) -> String {
    format!("{} (byte {} of the block's data)", faults::reason(error), error.offset())
}
