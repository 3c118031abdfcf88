//! Schemas by their fingerprints.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::avro::Schema;
use crate::avro::canonical::Form;

/// Where the schemas of single-object messages are found (Avro 1.12, "Single-object encoding").
///
/// [`SchemaMap`] is one in memory. A store that asks elsewhere should keep what it finds, and bound what it keeps: messages of
/// unknown writers can come in any number.
pub trait SchemaStore {
    /// The schema with a CRC-64-AVRO fingerprint ([`Schema::rabin`]), or `None` if there is none.
    ///
    /// # Errors
    ///
    /// Whether there is one cannot be found out.
    fn find_by_fingerprint(&self, fingerprint: u64) -> Result<Option<Schema>, Box<dyn Error + Send + Sync>>;
}

impl<S: SchemaStore + ?Sized> SchemaStore for &S {
    fn find_by_fingerprint(&self, fingerprint: u64) -> Result<Option<Schema>, Box<dyn Error + Send + Sync>> {
        (**self).find_by_fingerprint(fingerprint)
    }
}

impl<S: SchemaStore + ?Sized> SchemaStore for Box<S> {
    fn find_by_fingerprint(&self, fingerprint: u64) -> Result<Option<Schema>, Box<dyn Error + Send + Sync>> {
        (**self).find_by_fingerprint(fingerprint)
    }
}

impl<S: SchemaStore + ?Sized> SchemaStore for Arc<S> {
    fn find_by_fingerprint(&self, fingerprint: u64) -> Result<Option<Schema>, Box<dyn Error + Send + Sync>> {
        (**self).find_by_fingerprint(fingerprint)
    }
}

/// Schemas in memory by their fingerprints. For use by many threads; schemas may be added at any time.
///
/// A fingerprint tells names, types, symbols and sizes, which is what the bytes depend on. Schemas that share it may have other
/// docs, aliases and defaults, and the first of them stays: of a writer's schema nothing else is needed to read its data. But
/// logical types are not in the fingerprint either, and they say what the bytes mean. So a schema with other logical types than
/// the one that is there is refused: whose data is meant could not be told.
#[derive(Debug, Default)]
pub struct SchemaMap {
    schemas: RwLock<HashMap<u64, Schema>>,
}

impl SchemaMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema, and tells its fingerprint. One that is there with another's docs, aliases and defaults stays as it is.
    ///
    /// # Errors
    ///
    /// When there is a schema of the same fingerprint and other logical types, or (which takes malice) other bytes. It stays.
    pub fn add(&self, schema: &Schema) -> Result<u64, FingerprintClash> {
        let fingerprint = schema.rabin();
        match self.schemas.write().unwrap_or_else(PoisonError::into_inner).entry(fingerprint) {
            Entry::Vacant(slot) => {
                slot.insert(schema.clone());
            }
            Entry::Occupied(slot) => {
                if !slot.get().same_as(schema) && slot.get().form(Form::Meaning) != schema.form(Form::Meaning) {
                    return Err(FingerprintClash { fingerprint });
                }
            }
        }
        Ok(fingerprint)
    }

    /// Removes a schema.
    pub fn remove(&self, fingerprint: u64) -> Option<Schema> {
        self.schemas.write().unwrap_or_else(PoisonError::into_inner).remove(&fingerprint)
    }

    /// A schema by its fingerprint.
    pub fn get(&self, fingerprint: u64) -> Option<Schema> {
        self.schemas.read().unwrap_or_else(PoisonError::into_inner).get(&fingerprint).cloned()
    }

    /// How many schemas there are.
    pub fn len(&self) -> usize {
        self.schemas.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl SchemaStore for SchemaMap {
    fn find_by_fingerprint(&self, fingerprint: u64) -> Result<Option<Schema>, Box<dyn Error + Send + Sync>> {
        Ok(self.get(fingerprint))
    }
}

/// Two schemas with one fingerprint whose data does not mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FingerprintClash {
    fingerprint: u64,
}

impl FingerprintClash {
    /// The fingerprint of both.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

impl fmt::Display for FingerprintClash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fingerprint = self.fingerprint;
        write!(f, "a schema with the fingerprint {fingerprint:016x} and other logical types is there already")
    }
}

impl Error for FingerprintClash {}
