//! What of a pair's faults a value meets.

use std::collections::BTreeSet;

use cognate_schema::avro::TypeKind;
use serde_json::Value;

use super::{Graph, Met};

/// What a value meets for which a reader has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A record of another name, for which all else may be there.
    NameOfRecord,
    /// An enum or a fixed of another name.
    Name,
    /// A record for which a union has no branch.
    NoBranchForRecord,
    /// A type for which a union has no branch.
    NoBranch,
    /// A fixed of another size.
    Size,
    /// A symbol that the reader's enum lacks.
    Symbol,
    /// A record that lacks a field.
    Field,
    /// A type that cannot become another.
    Type,
    /// A decimal of another precision or scale.
    Decimal,
    /// Bytes that are no UTF-8, for a string. No verdict can know of them.
    Text,
}

/// All obstacles that a neutral value of the writer's meets.
pub fn obstacles(graph: &Graph<'_>, value: &Value) -> BTreeSet<Obstacle> {
    let mut meeting = Meeting { graph, found: BTreeSet::new() };
    meeting.meet(graph.root(), value);
    meeting.found
}

struct Meeting<'g, 's> {
    graph: &'g Graph<'s>,
    found: BTreeSet<Obstacle>,
}

impl Meeting<'_, '_> {
    fn meet(&mut self, met: Met, value: &Value) {
        let (from, to) = self.graph.kinds(met);
        self.own(met, value);
        let edges = self.graph.inside.get(&met).into_iter().flatten();
        match (from, to) {
            (TypeKind::Union(_), _) => {
                let step = format!("/{}", value["$branch"]);
                edges.filter(|edge| edge.in_writer == step).for_each(|edge| self.meet(edge.to, &value["value"]));
            }
            (_, TypeKind::Union(_)) => edges.for_each(|edge| self.meet(edge.to, value)),
            (TypeKind::Record(record), _) => {
                for edge in edges {
                    let position = edge.in_writer.split('/').find_map(|step| step.parse::<usize>().ok());
                    let field = &record.fields[position.expect("a step into a field has its position")];
                    self.meet(edge.to, &value[&*field.name]);
                }
            }
            (TypeKind::Array(_), _) => {
                let items = value.as_array().into_iter().flatten();
                edges.for_each(|edge| items.clone().for_each(|item| self.meet(edge.to, item)));
            }
            (TypeKind::Map(_), _) => {
                let entries = value.as_object().into_iter().flatten();
                edges.for_each(|edge| entries.clone().for_each(|(_, value)| self.meet(edge.to, value)));
            }
            (TypeKind::Bytes, TypeKind::String) => {
                let bytes = hex::decode(value["$bytes"].as_str().unwrap_or_default()).unwrap_or_default();
                if std::str::from_utf8(&bytes).is_err() {
                    self.found.insert(Obstacle::Text);
                }
            }
            _ => {}
        }
    }

    /// What is wrong between the two types themselves.
    fn own(&mut self, met: Met, value: &Value) {
        let (from, to) = self.graph.kinds(met);
        let record = matches!(from, TypeKind::Record(_));
        for (kind, _) in self.graph.faults.get(&met).into_iter().flatten() {
            let obstacle = match *kind {
                "NAME_MISMATCH" if record => Obstacle::NameOfRecord,
                "NAME_MISMATCH" => Obstacle::Name,
                "MISSING_UNION_BRANCH" if record => Obstacle::NoBranchForRecord,
                "MISSING_UNION_BRANCH" => Obstacle::NoBranch,
                "FIXED_SIZE_MISMATCH" => Obstacle::Size,
                "READER_FIELD_MISSING_DEFAULT_VALUE" => Obstacle::Field,
                "MISSING_ENUM_SYMBOLS" => match to {
                    TypeKind::Enum(symbols) if symbols.symbol_index(value.as_str().unwrap_or_default()).is_some() => {
                        continue;
                    }
                    _ => Obstacle::Symbol,
                },
                _ if self.graph.decimals(met) => Obstacle::Decimal,
                _ => Obstacle::Type,
            };
            self.found.insert(obstacle);
        }
    }
}
