//! What the definitions of a new version were in the versions before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The definitions of one kind of the new version, followed back from version to version.
pub(super) struct Lineages<T>(BTreeMap<T, Lineage<T>>);

struct Lineage<T> {
    /// What the definition was in the version that was reached, each with the parts that it has lacked in a later version.
    formers: BTreeMap<T, BTreeSet<usize>>,
    /// The parts that any of them has lacked; those of the last version with one, where the version that was reached has none.
    gaps: BTreeSet<usize>,
    is_followed: bool,
}

impl<T: Copy + Ord + std::hash::Hash> Lineages<T> {
    pub(super) fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Goes back by a version. What is the same in it and in the one after it is known, and what is in it and in the new one, which
    /// counts for what was not there in between.
    pub(super) fn go_back(&mut self, beside: &[(T, T)], direct: &[(T, T)]) {
        let mut before: HashMap<T, Vec<T>> = HashMap::new();
        for &(old, newer) in beside {
            before.entry(newer).or_default().push(old);
        }
        for lineage in self.0.values_mut() {
            let mut formers: BTreeMap<T, BTreeSet<usize>> = BTreeMap::new();
            for (former, gaps) in &lineage.formers {
                for old in before.get(former).into_iter().flatten() {
                    formers.entry(*old).or_default().extend(gaps);
                }
            }
            lineage.is_followed = !formers.is_empty();
            lineage.formers = formers;
        }
        for &(old, now) in direct {
            let none = || Lineage { formers: BTreeMap::new(), gaps: BTreeSet::new(), is_followed: false };
            let lineage = self.0.entry(now).or_insert_with(none);
            if !lineage.is_followed {
                lineage.formers.insert(old, lineage.gaps.clone());
            }
        }
    }

    /// Looks at each definition of the new version, what it was, and the parts that it has lacked since, to which those come that
    /// it lacks here, and from which those go that are no gap any more.
    pub(super) fn look(&mut self, mut at: impl FnMut(T, T, &mut BTreeSet<usize>)) {
        for (now, lineage) in &mut self.0 {
            for (former, gaps) in &mut lineage.formers {
                at(*now, *former, gaps);
            }
            if !lineage.formers.is_empty() {
                lineage.gaps = lineage.formers.values().flatten().copied().collect();
            }
        }
    }
}
