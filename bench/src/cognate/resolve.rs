//! Data that was written with another schema: the datasets, read as types that have changed since.

mod big;
mod log;
mod num;
mod pages;

use std::fmt::Debug;

use ::cognate::avro::plan::{Plan, PlannedSource};
use ::cognate::schema::avro::Schema;
use ::cognate::schema::avro::resolve::{UnionOrder, resolve};
use ::cognate::{Decode, DecodeError, DecodeErrorKind, Limits, Typed};
use serde::de::DeserializeOwned;

use super::{Counterpart, NAME};
use crate::peers::apache_avro;
use crate::suite::Suite;
use crate::task::{Operation, Role, Task};

pub use pages::PAGES;

/// The name of the project's plain decode in tables.
const PLAIN: &str = "cognate, plain";

/// The change that apache-avro does not know.
pub const ALIASED: &str = "one aliased";

/// All tasks, those of one dataset and one operation together, each verified.
pub fn tasks() -> Vec<Task> {
    [big::tasks(), num::tasks(), log::tasks(), pages::tasks()].into_iter().flatten().collect()
}

/// A reader's type for the data of a dataset.
trait Changed<D: Counterpart> {
    /// What has changed.
    const CHANGE: &'static str;
    /// The record that owns its text.
    type Own: Debug + for<'de> Decode<'de> + 'static;
    /// The record that borrows its text from the input.
    type View<'a>: Debug + Decode<'a>;
    /// The record as apache-avro reads it.
    type Peer: Debug + DeserializeOwned + 'static;

    /// Whether the value is what is to come of a record.
    fn is_own(value: &Self::Own, record: &D::Owned) -> bool;

    /// Whether the value is what is to come of a record.
    fn is_view<'r>(value: &Self::View<'r>, record: &'r D::Owned) -> bool;

    /// Whether the value is what is to come of a record.
    fn is_peer(value: &Self::Peer, record: &D::Owned) -> bool;
}

/// Nothing has changed.
struct Identity;

impl<D: Counterpart> Changed<D> for Identity
where
    D::Own: 'static,
{
    const CHANGE: &'static str = "identity";
    type Own = D::Own;
    type View<'a> = D::View<'a>;
    type Peer = D::Owned;

    fn is_own(value: &D::Own, record: &D::Owned) -> bool {
        *value == D::own(record)
    }

    fn is_view<'r>(value: &D::View<'r>, record: &'r D::Owned) -> bool {
        *value == D::view(record)
    }

    fn is_peer(value: &D::Owned, record: &D::Owned) -> bool {
        value == record
    }
}

/// Says that a struct is what has become of a dataset's record. The struct may be generic over its text; its function `of` makes
/// it of a record.
macro_rules! changed {
    ($dataset:ty, $change:expr, $own:ty, $view:ty) => {
        impl super::Changed<$dataset> for $own {
            const CHANGE: &'static str = $change;
            type Own = $own;
            type View<'a> = $view;
            type Peer = $own;

            fn is_own(value: &$own, record: &<$dataset as crate::data::Dataset>::Owned) -> bool {
                *value == <$own>::of(record)
            }

            fn is_view<'r>(value: &Self::View<'r>, record: &'r <$dataset as crate::data::Dataset>::Owned) -> bool {
                *value == <Self as super::Changed<$dataset>>::View::<'r>::of(record)
            }

            fn is_peer(value: &$own, record: &<$dataset as crate::data::Dataset>::Owned) -> bool {
                *value == <$own>::of(record)
            }
        }
    };
}
use changed;

/// The tasks of one change.
fn add<D: Counterpart, C: Changed<D>>(suite: &mut Suite<D>) {
    let writer = Schema::parse(D::SCHEMA).expect("a schema");
    let reader = schema_of::<C::Own>();
    assert_eq!(reader, schema_of::<C::View<'static>>(), "the two forms of a record have one schema");
    let plan = plan(&writer, &reader);
    assert!(plan.is_identity() || C::CHANGE != <Identity as Changed<D>>::CHANGE, "{} {}", D::NAME, C::CHANGE);
    let (borrowed, owned) = (Operation::ResolveBorrowed(C::CHANGE), Operation::ResolveOwned(C::CHANGE));
    let name = (NAME, Role::Cognate);
    suite.decode(
        borrowed,
        name,
        |datum| decode::<C::View<'static>>(datum, plan),
        |value, record| C::is_view(&value, record),
    );
    suite.decode(owned, name, |datum| decode::<C::Own>(datum, plan), |value, record| C::is_own(&value, record));
    super::add_decoders(suite, (borrowed, owned), (PLAIN, Role::Plain));
    // It looks for fields by the reader's names alone.
    if C::CHANGE != ALIASED {
        apache_avro::add_resolved(suite, owned, &reader.to_json(), C::is_peer);
    }
}

/// The tasks of a suite, those of one operation together.
fn in_groups<D: Counterpart>(suite: Suite<D>) -> Vec<Task> {
    let mut tasks = suite.into_tasks();
    tasks.sort_by_key(|task| task.operation);
    tasks
}

fn schema_of<T: Typed>() -> Schema {
    Schema::of::<T>().expect("a schema")
}

/// The plan of two schemas, which is never freed.
fn plan(writer: &Schema, reader: &Schema) -> &'static Plan {
    let resolution = resolve(writer, reader, UnionOrder::default());
    assert!(resolution.is_compatible(), "{:?}", resolution.faults);
    Box::leak(Box::new(resolution.plan))
}

/// Decodes exactly one datum.
#[inline(always)]
fn decode<'a, T: Decode<'a>>(datum: &'a [u8], plan: &'a Plan) -> Result<T, DecodeError> {
    let mut source = PlannedSource::new(datum, plan, Limits::default());
    let value = source.value()?;
    match source.remaining() {
        0 => Ok(value),
        trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), datum.len() - trailing)),
    }
}
