//! How data is read.

use std::io::Read;
use std::sync::Arc;

use cognate_codec::avro::container::{ContainerLimits, Reader};
use cognate_codec::{Limits, Typed};

use super::{ContainerReader, Incompatible, PlanCache, ReadPlan};
use crate::Value;
use crate::avro::resolve::UnionOrder;
use crate::avro::{Options, Schema, TypedError};

/// How data that others wrote is read.
///
/// ```
/// use cognate_schema::avro::{PlanCache, ReadOptions, create};
///
/// # let mut writer = create::<Vec<i32>, _>(Vec::new(), Default::default())?;
/// # writer.append(&vec![1, 2])?;
/// # let files = [writer.finish()?];
/// let cache = PlanCache::new();
/// let options = ReadOptions::new().cache(&cache);
/// for file in files {
///     for record in options.open::<Vec<f64>, _>(file.as_slice())? {
///         assert_eq!(record?, [1.0, 2.0]);
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ReadOptions {
    container: ContainerLimits,
    limits: Limits,
    order: UnionOrder,
    cache: Option<PlanCache>,
    partial: bool,
}

impl ReadOptions {
    /// The default limits, the union order of the Java implementation, no cache, and nothing read that may hold what the reader's
    /// schema cannot take.
    pub fn new() -> Self {
        Self::default()
    }

    /// What a container file may cost.
    pub fn container_limits(self, container: ContainerLimits) -> Self {
        Self { container, ..self }
    }

    /// What the values of a block or a message may cost.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// How the branch of a reader's union is chosen.
    pub fn union_order(self, order: UnionOrder) -> Self {
        Self { order, ..self }
    }

    /// Where plans are looked up and kept. Without it a container file has its plan made anew, and a [`MessageDecoder`] keeps a
    /// cache of its own.
    ///
    /// [`MessageDecoder`]: super::MessageDecoder
    pub fn cache(self, cache: &PlanCache) -> Self {
        Self { cache: Some(cache.clone()), ..self }
    }

    /// Data is read also where it may hold what the reader's schema cannot take: an enum's symbol, a union's branch. An error
    /// comes only when such a value does.
    pub fn partial(self) -> Self {
        Self { partial: true, ..self }
    }

    /// Opens a container file whose records are read as values of a type, whatever schema it was written with.
    ///
    /// # Errors
    ///
    /// When the header is at fault, the type has no Avro schema, or the file may hold what the type cannot take: then with all
    /// the faults ([`TypedError::faults`]).
    pub fn open<T: Typed, R: Read>(&self, input: R) -> Result<ContainerReader<T, R>, TypedError> {
        self.open_as(input, Some(&Schema::of::<T>()?))
    }

    /// Opens a container file whose records are read as dynamic values of a schema: of the reader's, or of the file's own if there
    /// is none.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_dynamic<R: Read>(
        &self,
        input: R,
        reader: Option<&Schema>,
    ) -> Result<ContainerReader<Value<'static>, R>, TypedError> {
        self.open_as(input, reader)
    }

    fn open_as<T, R: Read>(&self, input: R, reader: Option<&Schema>) -> Result<ContainerReader<T, R>, TypedError> {
        let input = Reader::with_limits(input, self.container)?;
        let writer = Schema::parse_with(input.header().schema(), Options::embedded())?;
        let plan = self.plan(&writer, reader.unwrap_or(&writer))?;
        Ok(ContainerReader::new(input, writer, plan, self.limits))
    }

    /// The plan of two schemas, unless it has faults that matter.
    pub(super) fn plan(&self, writer: &Schema, reader: &Schema) -> Result<Arc<ReadPlan>, Incompatible> {
        let plan = match &self.cache {
            Some(cache) => cache.plan(writer, reader, self.order),
            None => Arc::new(ReadPlan::new(writer, reader, self.order)),
        };
        if self.partial { Ok(plan) } else { Incompatible::check(plan) }
    }

    /// The same options with a cache.
    pub(super) fn with_some_cache(self) -> Self {
        Self { cache: Some(self.cache.unwrap_or_default()), ..self }
    }

    pub(super) fn value_limits(&self) -> Limits {
        self.limits
    }
}
