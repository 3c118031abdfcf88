//! Lists, sets and maps.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use crate::{
    Decode, DecodeError, Encode, EncodeError, Entries, Shape, Sink, Source, TypeDesc, Typed,
    decode::{ListBuilder, MapBuilder},
};

impl<T: Typed> Typed for Vec<T> {
    const TYPE: TypeDesc = T::LIST;
}

impl<T: Encode> Encode for Vec<T> {
    #[inline(always)]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        T::encode_list(self, ty, sink)
    }

    #[inline(always)]
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    #[inline(always)]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        let mut items = Self::new();
        T::decode_list(&mut items, ty, source)?;
        Ok(items)
    }

    #[inline(always)]
    fn decode_field<S: Source<'de>>(
        slot: &mut Option<Self>,
        ty: &'static TypeDesc,
        source: &mut S,
    ) -> Result<(), DecodeError> {
        T::decode_list(slot.get_or_insert_default(), ty, source)
    }

    #[inline(always)]
    fn absent(_: &'static TypeDesc) -> Option<Self> {
        Some(Self::new())
    }
}

impl<T> ListBuilder<T> for Vec<T> {
    #[inline(always)]
    fn reserve(&mut self, additional: usize) {
        if self.capacity() == 0 {
            // Nothing to grow out of, which is less to do.
            *self = Self::with_capacity(additional);
        } else {
            Self::reserve(self, additional);
        }
    }

    #[inline(always)]
    fn push(&mut self, item: T) {
        Self::push(self, item);
    }

    #[inline(always)]
    fn len(&self) -> usize {
        Self::len(self)
    }
}

/// A set that a list or a set of the schema becomes.
macro_rules! set {
    ($set:ident $(, $hasher:ident)?; $($bound:tt)*) => {
        impl<T: Typed $(, $hasher)?> Typed for $set<T $(, $hasher)?> {
            const TYPE: TypeDesc = TypeDesc::new(Shape::Set(&T::TYPE));
        }

        impl<T: Encode $(, $hasher)?> Encode for $set<T $(, $hasher)?> {
            #[inline(always)]
            fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
                sink.list(ty, self.iter())
            }

            #[inline(always)]
            fn is_absent(&self) -> bool {
                self.is_empty()
            }
        }

        impl<'de, T: Decode<'de> + $($bound)* $(, $hasher: core::hash::BuildHasher + Default)?> Decode<'de>
            for $set<T $(, $hasher)?>
        {
            #[inline(always)]
            fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
                let mut items = Self::default();
                source.list(ty, &mut items)?;
                Ok(items)
            }

            #[inline(always)]
            fn decode_field<S: Source<'de>>(
                slot: &mut Option<Self>,
                ty: &'static TypeDesc,
                source: &mut S,
            ) -> Result<(), DecodeError> {
                source.list(ty, slot.get_or_insert_default())
            }

            #[inline(always)]
            fn absent(_: &'static TypeDesc) -> Option<Self> {
                Some(Self::default())
            }
        }
    };
}

/// A map of the schema. Avro's keys are strings.
macro_rules! map {
    ($map:ident $(, $hasher:ident)?; $($bound:tt)*) => {
        impl<K: Typed, V: Typed $(, $hasher)?> Typed for $map<K, V $(, $hasher)?> {
            const TYPE: TypeDesc = TypeDesc::new(Shape::Map { key: &K::TYPE, value: &V::TYPE });
        }

        impl<K: Encode, V: Encode $(, $hasher)?> Encode for $map<K, V $(, $hasher)?> {
            #[inline(always)]
            fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
                sink.map(ty, self.iter().map(|(key, value)| (key, value)))
            }

            #[inline(always)]
            fn is_absent(&self) -> bool {
                self.is_empty()
            }
        }

        impl<'de, K: Decode<'de> + $($bound)*, V: Decode<'de> $(, $hasher: core::hash::BuildHasher + Default)?>
            Decode<'de> for $map<K, V $(, $hasher)?>
        {
            #[inline(always)]
            fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
                let mut entries = Self::default();
                source.map(ty, &mut entries)?;
                Ok(entries)
            }

            #[inline(always)]
            fn decode_field<S: Source<'de>>(
                slot: &mut Option<Self>,
                ty: &'static TypeDesc,
                source: &mut S,
            ) -> Result<(), DecodeError> {
                source.map(ty, slot.get_or_insert_default())
            }

            #[inline(always)]
            fn absent(_: &'static TypeDesc) -> Option<Self> {
                Some(Self::default())
            }
        }
    };
}

set!(BTreeSet; Ord);
map!(BTreeMap; Ord);
map!(Entries;);

impl<T: Ord> ListBuilder<T> for BTreeSet<T> {
    fn reserve(&mut self, _: usize) {}

    fn push(&mut self, item: T) {
        self.insert(item);
    }

    fn len(&self) -> usize {
        Self::len(self)
    }
}

impl<K: Ord, V> MapBuilder<K, V> for BTreeMap<K, V> {
    fn reserve(&mut self, _: usize) {}

    fn insert(&mut self, key: K, value: V) {
        Self::insert(self, key, value);
    }
}

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::{HashMap, HashSet};

    use super::{
        Decode, DecodeError, Encode, EncodeError, ListBuilder, MapBuilder, Shape, Sink, Source, TypeDesc, Typed,
    };

    set!(HashSet, H; Eq + Hash);
    map!(HashMap, H; Eq + Hash);

    impl<T: Eq + Hash, H: BuildHasher> ListBuilder<T> for HashSet<T, H> {
        fn reserve(&mut self, additional: usize) {
            Self::reserve(self, additional);
        }

        fn push(&mut self, item: T) {
            self.insert(item);
        }

        fn len(&self) -> usize {
            Self::len(self)
        }
    }

    impl<K: Eq + Hash, V, H: BuildHasher> MapBuilder<K, V> for HashMap<K, V, H> {
        fn reserve(&mut self, additional: usize) {
            Self::reserve(self, additional);
        }

        fn insert(&mut self, key: K, value: V) {
            Self::insert(self, key, value);
        }
    }
}
