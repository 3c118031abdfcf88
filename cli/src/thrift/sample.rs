//! `sample` for Thrift structs.

use cognate_schema::thrift::Sampler;

use super::data::{self, Data};
use super::encode::Options;
use crate::commands::Sample;
use crate::output;
use crate::progress::Progress;
use crate::sample_lines;
use crate::stop::{Outcome, Result};

/// Makes random values.
pub(crate) fn sample(command: &Sample) -> Result<Outcome> {
    let data = Data::required(&command.schema, "to make values of")?;
    let mut sampler = Sampler::new(&data.layout, data.id, command.seed);
    let out = command.output.out.as_deref();
    let mut progress = Progress::of_values(!output::is_terminal(out), command.count);
    let values = (0..command.count).map(|_| {
        progress.advance(1);
        Ok(sampler.value())
    });
    if command.is_json() && command.data.protocol.is_none() {
        data::is_delimited(&command.data)?;
        sample_lines::print(out, values, |value, text| data.print(value, command.data.json, text))?;
    } else {
        Options::new(&command.data, &command.output)?.write_to(out, None, &data, values)?;
    }
    Ok(Outcome::Clean)
}
