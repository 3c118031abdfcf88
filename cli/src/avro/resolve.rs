//! `resolve` for Avro schemas.

use cognate_schema::avro::resolve::{UnionOrder, resolve as plan};

use super::fates::rows;
use super::load;
use crate::commands::Resolve;
use crate::fates;
use crate::stop::{Outcome, Result};

/// Prints what becomes of the writer's values.
pub(crate) fn resolve(command: &Resolve) -> Result<Outcome> {
    let writer = load::choose(&command.writer, ("--writer-type", command.writer_type()), &command.options)?;
    let reader = load::choose(&command.reader, ("--reader-type", command.reader_type()), &command.options)?;
    let resolution = plan(&writer, &reader, UnionOrder::default());
    let rows = rows(&writer, &reader, &resolution);
    fates::print(&rows, resolution.is_compatible(), command.format)
}
