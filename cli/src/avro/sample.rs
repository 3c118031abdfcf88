//! `sample` for Avro schemas.

use cognate_codec::avro::container::SyncMarker;
use cognate_schema::avro::{Algorithm, Fingerprint, Program, Sampler, Schema, TypeKind, write_json};

use super::load;
use super::printer::json_form;
use super::writer::Options;
use crate::commands::Sample;
use crate::output;
use crate::progress::Progress;
use crate::sample_lines;
use crate::stop::{Outcome, Result, Stop};

/// Makes random values.
pub(crate) fn sample(command: &Sample) -> Result<Outcome> {
    let mut options = Options::new(&command.data, &command.output)?;
    let schema = load::required(&command.schema, "to make values of")?;
    check_inhabited(&schema)?;
    let program = Program::new(&schema);
    let out = command.output.out.as_deref();
    let mut sampler = Sampler::new(&program, command.seed);
    if !sampler.has_values() {
        return Err(Stop::Data("no values can be made: the least one is nested deeper than a decoder goes".to_owned()));
    }
    let mut progress = Progress::of_values(!output::is_terminal(out), command.count);
    let values = (0..command.count).map(|_| {
        progress.advance(1);
        Ok(sampler.value())
    });
    if command.is_json() {
        let form = json_form(command.data.json)?;
        sample_lines::print(out, values, |value, text| write_json(value, form, text))?;
    } else {
        options.sync_marker = Some(sync_marker(&schema, command.seed));
        options.write_to(out, &program, values)?;
    }
    Ok(Outcome::Clean)
}

/// A schema can have types without values, of which there is nothing to make.
fn check_inhabited(schema: &Schema) -> Result<()> {
    for id in schema.reachable() {
        match schema.kind(id) {
            TypeKind::Union(branches) if branches.is_empty() => {
                return Err(Stop::Data("no values can be made: the schema has a union without branches".to_owned()));
            }
            TypeKind::Enum(symbols) if symbols.symbols.is_empty() => {
                let name = &symbols.name;
                return Err(Stop::Data(format!("no values can be made: the enum {name} has no symbols")));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The same marker for the same values, so that the whole file is the same.
fn sync_marker(schema: &Schema, seed: u64) -> SyncMarker {
    let digest = match schema.fingerprint(Algorithm::Md5) {
        Fingerprint::Md5(digest) => u128::from_le_bytes(digest),
        Fingerprint::Rabin(number) => u128::from(number),
        Fingerprint::Sha256(_) => 0,
    };
    (digest ^ u128::from(seed)).to_le_bytes()
}
