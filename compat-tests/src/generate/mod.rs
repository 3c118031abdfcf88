//! Random Avro schemas, values of them, and changed versions of them, all from a seed.

mod changes;
mod default;
mod evolve;
mod full_names;
mod mutate;
mod names;
pub(crate) mod scalars;
mod schema;
mod value;

pub use self::changes::Change;
pub use self::evolve::evolved;
pub use self::mutate::{Pair, changed, pair};
pub use self::schema::schema;
pub use self::value::value;

use fastrand::Rng;

/// True once in `times`.
pub(crate) fn once_in(random: &mut Rng, times: u32) -> bool {
    random.u32(..times) == 0
}

pub(crate) fn pick<'a, T>(random: &mut Rng, choices: &'a [T]) -> &'a T {
    &choices[random.usize(..choices.len())]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fastrand::Rng;
    use serde_json::Value;

    use crate::shape::Shape;

    #[test]
    fn the_same_seed_gives_the_same() {
        let make = |seed| {
            let mut random = Rng::with_seed(seed);
            let schema = super::schema(&mut random);
            let value = super::value(&Shape::new(&schema), &mut random);
            let changed = super::evolved(&schema, &mut random);
            (schema, value, changed)
        };
        assert_eq!(make(7), make(7));
        assert_ne!(make(7), make(8));
    }

    #[test]
    fn every_type_and_every_oddity_occurs() {
        let mut random = Rng::with_seed(1);
        let (mut kinds, mut keys, mut logical, mut recursive) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), 0);
        for _ in 0..500 {
            let schema = super::schema(&mut random);
            let shape = Shape::new(&schema);
            recursive += u32::from(shape.is_recursive());
            collect(&schema, &mut kinds, &mut keys, &mut logical);
            super::value(&shape, &mut random);
        }
        for kind in ["null", "boolean", "int", "long", "float", "double", "bytes", "string"] {
            assert!(kinds.contains(kind), "no {kind}");
        }
        for kind in ["record", "enum", "fixed", "array", "map", "union"] {
            assert!(kinds.contains(kind), "no {kind}");
        }
        for key in ["namespace", "doc", "aliases", "order", "default", "x-note"] {
            assert!(keys.contains(key), "no {key}");
        }
        for name in ["decimal", "uuid", "date", "timestamp-millis", "duration", "x-unheard-of"] {
            assert!(logical.contains(name), "no {name}");
        }
        assert!(recursive > 20, "only {recursive} recursive schemas");
    }

    fn collect(
        schema: &Value,
        kinds: &mut BTreeSet<String>,
        keys: &mut BTreeSet<String>,
        logical: &mut BTreeSet<String>,
    ) {
        match schema {
            Value::String(kind) => {
                kinds.insert(kind.clone());
            }
            Value::Array(branches) => {
                kinds.insert("union".to_owned());
                for branch in branches {
                    collect(branch, kinds, keys, logical);
                }
            }
            Value::Object(entries) => {
                keys.extend(entries.keys().cloned());
                logical.extend(entries.get("logicalType").and_then(Value::as_str).map(str::to_owned));
                for part in ["type", "items", "values"] {
                    if let Some(part) = entries.get(part) {
                        collect(part, kinds, keys, logical);
                    }
                }
                for field in entries.get("fields").and_then(Value::as_array).into_iter().flatten() {
                    collect(field, kinds, keys, logical);
                }
            }
            _ => {}
        }
    }
}
