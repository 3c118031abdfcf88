//! `sample` for Thrift structs.

use cognate_schema::thrift::Sampler;

use super::data::{self, Content, Data, Item};
use super::encode::Options;
use crate::commands::{Sample, When};
use crate::output;
use crate::progress::Progress;
use crate::sample_lines;
use crate::stop::{Outcome, Result, Stop};

/// Makes random values.
pub(crate) fn sample(command: &Sample) -> Result<Outcome> {
    if command.data.message == When::Always {
        return Err(Stop::usage(
            "no messages are made, but --type Service.method_args and _result make what is in them",
        ));
    }
    data::check(&command.data, command.schema.path().is_some())?;
    let data = Data::required(&command.schema, "to make values of")?;
    let mut sampler = Sampler::new(&data.layout, data.id, command.seed);
    if !sampler.has_values() {
        let name = data.name();
        return Err(Stop::Data(format!(
            "no values can be made: the least one of `{name}` is nested deeper than a decoder goes, or has too many parts"
        )));
    }
    let out = command.output.out.as_deref();
    let mut progress = Progress::of_values(!output::is_terminal(out), command.count);
    let values = (0..command.count).map(|_| {
        progress.advance(1);
        sampler.value()
    });
    if command.is_json() && command.data.protocol.is_none() {
        sample_lines::print(out, values.map(Ok), |value, text| data.print(value, command.data.json, text))?;
    } else {
        let options = Options::new(&command.data, &command.output, command.schema.options.thrift.dialect)?;
        let values = values.map(|value| Ok(Item::Struct(value)));
        options.write_to(out, None, &Content::Struct(data.clone()), values)?;
    }
    Ok(Outcome::Clean)
}
