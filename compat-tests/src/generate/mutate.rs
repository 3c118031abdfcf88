//! Pairs of a writer's and a reader's schema, of which one is the other after a few single changes.

use cognate_schema::avro::{Loader, NameRule, Options, rules};
use fastrand::Rng;
use serde_json::Value;

use super::changes::{Change, change};
use super::full_names::full_names;
use super::{once_in, schema};

/// A pair of schemas that meet.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The schema that data is written with.
    pub writer: Value,
    /// The schema that it is read with.
    pub reader: Value,
    /// What makes the one of the other, in this order; nothing for a pair that has nothing to do with one another.
    pub changes: Vec<Change>,
}

/// A pair that differs by up to four changes, in either direction; rarely one by many changes, or of two schemas on their own.
pub fn pair(random: &mut Rng) -> Pair {
    let first = full_names(&schema(random));
    if once_in(random, 30) {
        return Pair { writer: first, reader: full_names(&schema(random)), changes: Vec::new() };
    }
    let wanted = if once_in(random, 20) { 12 } else { random.usize(0..=4) };
    let (second, changes) = changed(&first, random, wanted);
    let (writer, reader) = if random.bool() { (first, second) } else { (second, first) };
    Pair { writer, reader, changes }
}

/// A schema after so many changes, or nearly so many: not every one finds its place, or leaves a schema. Its names are in full.
pub fn changed(schema: &Value, random: &mut Rng, wanted: usize) -> (Value, Vec<Change>) {
    let (mut schema, mut changes) = (full_names(schema), Vec::new());
    for _ in 0..wanted {
        let made = (0..40).find_map(|_| change(&schema, random).filter(|(_, changed)| is_valid(changed)));
        if let Some((what, changed)) = made {
            schema = changed;
            changes.push(what);
        }
    }
    (schema, changes)
}

/// Whether every name is defined before it is used, every default fits and so on. Names may have any letters; that a name within
/// a namespace finds a type without one is a kindness on which implementations differ.
fn is_valid(schema: &Value) -> bool {
    let mut options = Options::default();
    options.names = NameRule::Lenient;
    let mut loader = Loader::with_options(options);
    loader.add("<schema>", schema.to_string());
    let linked = loader.link();
    let kindness = [rules::FORWARD_REFERENCE.id, rules::NULL_NAMESPACE_REFERENCE.id];
    linked.diagnostics.iter().all(|found| !kindness.contains(&found.rule.id)) && linked.into_result().is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_change_is_made_and_the_same_seed_gives_the_same() {
        let mut counts: BTreeMap<Change, usize> = BTreeMap::new();
        let mut random = Rng::with_seed(1);
        for _ in 0..1_500 {
            let pair = pair(&mut random);
            pair.changes.iter().for_each(|change| *counts.entry(*change).or_default() += 1);
        }
        for change in Change::ALL {
            assert!(counts.get(&change).is_some_and(|count| *count >= 5), "{change:?}: {counts:?}");
        }
        let make = || format!("{:?}", pair(&mut Rng::with_seed(5)));
        assert_eq!(make(), make());
    }
}
