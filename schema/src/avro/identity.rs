//! What tells schemas apart for planning.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::avro::canonical::Form;
use crate::avro::model::{Schema, TypeId};

/// What a schema is to planning: the same for two schemas that resolve alike, whatever their docs, attributes and places.
///
/// It is a digest that nobody can make two schemas share, since plans are looked up with it for schemas that come with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Identity([u8; 32]);

/// Identities of types that were linked together, as far as they have been asked for.
#[derive(Debug, Default)]
pub(super) struct Identities(Mutex<HashMap<TypeId, Identity>>);

impl Schema {
    /// The identity, which is computed once for all clones of the schema.
    pub(super) fn identity(&self) -> Identity {
        let known = &self.graph.identities.0;
        if let Some(identity) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&self.root()) {
            return *identity;
        }
        let identity = Identity(Sha256::digest(self.form(Form::Resolving)).into());
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(self.root(), identity);
        identity
    }
}
