//! Reading data that others wrote: by the plan of the writer's and the reader's schema, which is made once and kept.

mod cache;
mod container;
mod message;
mod options;
mod parallel;
mod plan;
mod store;

pub use cache::PlanCache;
pub use container::{ContainerReader, DynamicValues, ResolvedBlock, open};
pub use message::{Message, MessageDecoder};
pub use options::ReadOptions;
pub use parallel::ParallelRecords;
pub use plan::{Incompatible, ReadPlan, ValueDecoder};
pub use store::{FingerprintClash, SchemaMap, SchemaStore};
