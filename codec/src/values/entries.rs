//! Maps whose keys Rust's maps cannot have.

use alloc::vec::{self, Vec};
use core::slice;

use crate::decode::MapBuilder;

/// A map as the list of its entries, in the order of the data: for keys without order and hash, such as doubles, structs
/// and collections, which Thrift allows as keys.
///
/// Entries with equal keys, which data should not have, are all there.
///
/// ```
/// use cognate_codec::Entries;
///
/// let mut areas = Entries::from([(1.5, "small")]);
/// areas.0.push((7.0, "large"));
/// assert_eq!(areas.value(&7.0), Some(&"large"));
/// assert_eq!(areas.into_iter().map(|(radius, _)| radius).collect::<Vec<_>>(), [1.5, 7.0]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entries<K, V>(pub Vec<(K, V)>);

impl<K, V> Entries<K, V> {
    /// A map without entries.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries.
    pub fn iter(&self) -> slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// The value of the last entry with a key. All entries are looked at.
    pub fn value(&self, key: &K) -> Option<&V>
    where
        K: PartialEq,
    {
        self.0.iter().rev().find(|(known, _)| known == key).map(|(_, value)| value)
    }
}

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V, const N: usize> From<[(K, V); N]> for Entries<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        Self(Vec::from(entries))
    }
}

impl<K, V> FromIterator<(K, V)> for Entries<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(Vec::from_iter(entries))
    }
}

impl<K, V> IntoIterator for Entries<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'e, K, V> IntoIterator for &'e Entries<K, V> {
    type Item = &'e (K, V);
    type IntoIter = slice::Iter<'e, (K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V> MapBuilder<K, V> for Entries<K, V> {
    #[inline(always)]
    fn reserve(&mut self, additional: usize) {
        self.0.reserve(additional);
    }

    #[inline(always)]
    fn insert(&mut self, key: K, value: V) {
        self.0.push((key, value));
    }
}
