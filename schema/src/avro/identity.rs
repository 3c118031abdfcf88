//! What tells schemas apart for planning.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use crate::avro::canonical::Form;
use crate::avro::model::{Schema, TypeId};

/// What a schema is to planning: the same for two schemas that resolve alike, whatever their docs, attributes and places.
///
/// It is a digest that nobody can make two schemas share, since plans are looked up with it for schemas that come with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity([u8; 32]);

/// Identities of types that were linked together, as far as they have been asked for.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// Of the type that was asked for first, which mostly is the only one.
    first: OnceLock<(TypeId, Identity)>,
    others: Mutex<HashMap<TypeId, Identity>>,
}

impl Schema {
    /// The identity, which is computed once for all clones of the schema.
    pub(super) fn identity(&self) -> Identity {
        let Identities { first, others } = &self.graph.identities;
        let digest = || Identity(Sha256::digest(self.form(Form::Resolving)).into());
        let (id, identity) = first.get_or_init(|| (self.root(), digest()));
        if *id == self.root() {
            return *identity;
        }
        if let Some(known) = others.lock().unwrap_or_else(PoisonError::into_inner).get(&self.root()) {
            return *known;
        }
        let identity = digest();
        others.lock().unwrap_or_else(PoisonError::into_inner).insert(self.root(), identity);
        identity
    }
}

impl Hash for Identity {
    /// A few bytes of a digest tell as much as all.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let start = self.0.first_chunk().copied().unwrap_or_default();
        state.write_u64(u64::from_le_bytes(start));
    }
}
