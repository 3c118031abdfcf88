//! The values of two enums.

use super::planner::Planner;
use super::{Enums, FaultKind, Site};
use crate::thrift::EnumId;

impl Planner<'_> {
    /// Compares two enums, unless that was done. The site is that of a value that is one of the writer's.
    pub(crate) fn enums(&mut self, from: EnumId, to: EnumId, site: Option<&Site>) {
        if !self.enums.insert((from, to)) {
            return;
        }
        let (writer, reader) = (&self.writer.program[from], &self.reader.program[to]);
        for (position, value) in writer.values.iter().enumerate() {
            let site = site.map(|site| Site { number: Some(value.number), ..site.clone() });
            let (name, enumeration) = (&value.head.name, self.writer.name(&writer.head));
            let place = self.writer.value(from, position);
            let same = reader.values.iter().position(|other| other.head.name == *name);
            let meant = reader.value_by_number(value.number);
            match (same.and_then(|same| Some((same, reader.values.get(same)?))), meant) {
                (Some((same, other)), meant) if other.number != value.number => {
                    let taken = match meant {
                        Some(meant) => format!("for `{}`", meant.head.name),
                        None => "for none that it knows".to_owned(),
                    };
                    let message = format!(
                        "{} takes `{name}` of the enum `{enumeration}` in {} {taken}: its number is {} there, and {} here",
                        self.who, self.data, value.number, other.number
                    );
                    let places = (place, self.reader.value(to, same));
                    self.add(FaultKind::RenumberedValue, true, message, places, site);
                }
                (None, None) => {
                    let closed = self.settings.enums == Enums::Closed;
                    let message = format!(
                        "{} knows no value of `{}` for `{name}` ({}) in {}; readers with closed enums fail, or lose the field",
                        self.who,
                        self.reader.name(&reader.head),
                        value.number,
                        self.data
                    );
                    let places = (place, self.reader.enumeration(to));
                    self.add(FaultKind::UnknownValue, closed, message, places, site);
                }
                _ => {}
            }
        }
    }
}
