//! `small`.

use super::{Counterpart, expand::record};
use crate::data::small::{Small, SmallRecord};

record!('de, "Test", SmallOwn { 1 field: String, });
record!('de, "Test", SmallView<'de> { 1 field: &'de str, });

impl Counterpart for Small {
    type Own = SmallOwn;
    type View<'a> = SmallView<'a>;

    fn own(record: &SmallRecord<String>) -> SmallOwn {
        SmallOwn { field: record.field.clone() }
    }

    fn view(record: &SmallRecord<String>) -> SmallView<'_> {
        SmallView { field: &record.field }
    }
}
