//! Plans that are kept.

use std::fmt;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::ReadPlan;
use crate::avro::Schema;
use crate::avro::identity::Identity;
use crate::avro::resolve::UnionOrder;

/// Plans by writer, reader and the order in which unions are searched, for readers that meet many writers. Cheap to clone, and
/// for use by many threads: clones share the plans.
///
/// Two schemas are the same to the cache when they resolve alike: names, types, symbols, sizes, aliases, defaults and logical
/// types with their parameters count; docs, unknown attributes and white space do not. What a schema is to the cache is computed
/// once for each schema and its clones, so that a second look-up does not look at the schema.
///
/// The plans take a bounded amount of memory, however many writers come: those that are asked for seldom make room for others. A
/// plan that alone is larger than the bound is made and not kept.
///
/// ```
/// use cognate_schema::avro::{PlanCache, Schema};
///
/// let cache = PlanCache::new();
/// let writer = Schema::parse(r#""int""#)?;
/// let plan = cache.plan(&writer, &Schema::parse(r#""double""#)?, Default::default());
/// assert!(plan.is_compatible() && cache.len() == 1);
/// # Ok::<(), cognate_schema::Diagnostics>(())
/// ```
#[derive(Clone)]
pub struct PlanCache {
    plans: Arc<Cache<Key, Arc<ReadPlan>, Size>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    writer: Identity,
    reader: Identity,
    order: UnionOrder,
}

#[derive(Debug, Clone)]
struct Size;

impl Weighter<Key, Arc<ReadPlan>> for Size {
    fn weight(&self, _: &Key, plan: &Arc<ReadPlan>) -> u64 {
        u64::try_from(size_of::<Key>() + plan.size()).unwrap_or(u64::MAX)
    }
}

impl PlanCache {
    /// Bytes that the plans may take by default, together with their schemas: 64 MiB, by estimate.
    pub const DEFAULT_SIZE: u64 = 64 << 20;

    /// A cache of the default size.
    pub fn new() -> Self {
        Self::with_size(Self::DEFAULT_SIZE)
    }

    /// A cache of plans that together take so many bytes, by estimate. With 0 none is kept.
    pub fn with_size(bytes: u64) -> Self {
        // So few that they are in one shard: the bound is then one for all plans.
        const LIKELY_PLANS: usize = 31;
        Self { plans: Arc::new(Cache::with_weighter(LIKELY_PLANS, bytes, Size)) }
    }

    /// The plan of two schemas. When several threads ask for a new one at once, one makes it and the others wait.
    pub fn plan(&self, writer: &Schema, reader: &Schema, order: UnionOrder) -> Arc<ReadPlan> {
        let key = Key { writer: writer.identity(), reader: reader.identity(), order };
        let made = self.plans.get_or_insert_with(&key, || {
            Ok::<_, std::convert::Infallible>(Arc::new(ReadPlan::new(writer, reader, order)))
        });
        let Ok(plan) = made;
        plan
    }

    /// How many plans are kept.
    pub fn len(&self) -> usize {
        self.plans.len()
    }

    /// Whether no plan is kept.
    pub fn is_empty(&self) -> bool {
        self.plans.is_empty()
    }

    /// Bytes that the plans take, by estimate.
    pub fn size(&self) -> u64 {
        self.plans.weight()
    }
}

impl Default for PlanCache {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for PlanCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlanCache").field("len", &self.len()).field("size", &self.size()).finish_non_exhaustive()
    }
}
