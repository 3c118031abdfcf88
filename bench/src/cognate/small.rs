//! `small`.

use ::cognate::Cognate;

use super::Counterpart;
use crate::data::small::{Small, SmallRecord};

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "Test")]
pub struct SmallOwn {
    field: String,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "Test")]
pub struct SmallView<'a> {
    field: &'a str,
}

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
