//! Our faults in the words of the Java implementation.

use std::collections::{BTreeSet, HashMap, HashSet};

use cognate_schema::avro::{Record, TypeKind};

use super::graph::candidates;
use super::{Deviation, Edge, Graph, Met, Told};

/// Goes through a graph as the Java implementation goes through two schemas.
pub(super) struct Teller<'g, 's> {
    graph: &'g Graph<'s>,
    /// Whether a union takes a type for which it has several branches of its name.
    any_branch: bool,
    /// What was told of a pair; nothing while it is under way.
    known: HashMap<Met, Option<Told>>,
    /// What made the words others than ours.
    pub(super) deviations: BTreeSet<Deviation>,
    /// Places under which Java compares two types that do not meet by our rules.
    elsewhere: Vec<String>,
}

impl<'g, 's> Teller<'g, 's> {
    pub(super) fn new(graph: &'g Graph<'s>, any_branch: bool) -> Self {
        let (known, deviations, elsewhere) = (HashMap::new(), BTreeSet::new(), Vec::new());
        Self { graph, any_branch, known, deviations, elsewhere }
    }

    pub(super) fn tell_all(&mut self) -> Told {
        self.tell(self.graph.root(), "")
    }

    /// Whether what was told is what Java tells, but for what it finds where it lets two fields share one.
    pub(super) fn is_all(&mut self, told: &Told, java: &Told) -> bool {
        let shared = |found: &&(String, String)| self.elsewhere.iter().any(|place| found.1.starts_with(place));
        let (sharing, others): (Vec<_>, Vec<_>) = java.difference(told).partition(shared);
        if !sharing.is_empty() {
            self.deviations.insert(Deviation::SharedField);
        }
        others.is_empty() && told.is_subset(java)
    }

    fn tell(&mut self, met: Met, place: &str) -> Told {
        // Types without names are at each place types of their own.
        let named = |kind: &TypeKind| kind.name().is_some();
        let (from, to) = self.graph.kinds(met);
        let remembered = named(from) && named(to);
        match self.known.get(&met) {
            Some(None) => return Told::new(),
            Some(Some(told)) if remembered => return told.clone(),
            _ => {}
        }
        self.known.insert(met, None);
        let told = self.compare(met, place);
        self.known.insert(met, Some(told.clone()));
        told
    }

    fn compare(&mut self, met: Met, place: &str) -> Told {
        let (from, to) = self.graph.kinds(met);
        let edges = self.graph.inside.get(&met).cloned().unwrap_or_default();
        if !matches!(from, TypeKind::Union(_)) && matches!(to, TypeKind::Union(_)) {
            return self.reader_union(met, edges.first(), place);
        }
        let mut told = self.own(met, place);
        if let (TypeKind::Record(from), TypeKind::Record(to)) = (from, to) {
            self.shared_fields(from, to, &edges, place);
        }
        let mut edges = edges;
        edges.sort_by_key(order);
        for edge in edges {
            let step = if edge.in_reader.is_empty() { &edge.in_writer } else { &edge.in_reader };
            told.extend(self.tell(edge.to, &format!("{place}{step}")));
        }
        told
    }

    /// A type that is no union, and a union.
    fn reader_union(&mut self, met: Met, chosen: Option<&Edge>, place: &str) -> Told {
        let TypeKind::Union(branches) = self.graph.kinds(met).1 else { return Told::new() };
        let (mut inside, shared) = (false, self.elsewhere.len());
        for branch in branches {
            let pair = (met.0, branch.id);
            if matches!(self.known.get(&pair), Some(None)) {
                self.deviations.insert(Deviation::UnderWay);
                return Told::new();
            }
            let taken = chosen.is_some_and(|edge| edge.to == pair);
            // Each branch is tried until one will do. What is found of other branches is remembered for elsewhere.
            if (taken || self.graph.met.contains(&pair)) && self.tell(pair, "").is_empty() {
                if inside && !taken {
                    self.deviations.insert(Deviation::AnotherBranch);
                }
                if self.elsewhere.len() > shared {
                    // What is found in the branch is told of the union.
                    self.elsewhere.push(place.to_owned());
                }
                return Told::new();
            }
            if !taken && !self.graph.met.contains(&pair) {
                self.try_other(pair, "", &mut HashSet::new());
            }
            inside |= taken;
            if self.any_branch && !taken && chosen.is_some() && self.is_alike(pair) {
                self.deviations.insert(Deviation::AnotherBranch);
                return Told::new();
            }
        }
        if inside {
            self.deviations.insert(Deviation::UnionAsAWhole);
        }
        Told::from([("MISSING_UNION_BRANCH".to_owned(), rooted(place))])
    }

    /// Whether a branch has the name of the writer's type, or an alias that is it.
    fn is_alike(&self, pair: Met) -> bool {
        let (from, to) = self.graph.kinds(pair);
        let (Some(name), Some(other)) = (from.name(), to.name()) else { return false };
        from.word() == to.word()
            && (name.simple() == other.simple() || to.aliases().iter().any(|alias| alias.name == *name))
    }

    /// Compares two types that do not meet by our rules, for what is remembered of those inside that do.
    fn try_other(&mut self, met: Met, place: &str, seen: &mut HashSet<Met>) {
        if self.graph.met.contains(&met) {
            self.tell(met, place);
            return;
        }
        if !seen.insert(met) {
            return;
        }
        match self.graph.kinds(met) {
            (TypeKind::Record(from), TypeKind::Record(to)) => {
                for (position, field) in to.fields.iter().enumerate() {
                    let mut names = std::iter::once(&field.name).chain(field.aliases.iter().map(|alias| &alias.name));
                    let source = names.find_map(|name| from.field_index(name));
                    if let Some(source) = source.and_then(|source| from.fields.get(source)) {
                        self.try_other((source.ty.id, field.ty.id), &format!("{place}/fields/{position}/type"), seen);
                    }
                }
            }
            (TypeKind::Array(from), TypeKind::Array(to)) => {
                self.try_other((from.id, to.id), &format!("{place}/items"), seen);
            }
            (TypeKind::Map(from), TypeKind::Map(to)) => {
                self.try_other((from.id, to.id), &format!("{place}/values"), seen);
            }
            (TypeKind::Union(branches), TypeKind::Union(_)) => {
                for branch in branches {
                    self.try_other((branch.id, met.1), "", seen);
                }
            }
            (TypeKind::Union(branches), _) => {
                for (position, branch) in branches.iter().enumerate() {
                    self.try_other((branch.id, met.1), &format!("{place}/{position}"), seen);
                }
            }
            (_, TypeKind::Union(branches)) => {
                for branch in branches {
                    self.try_other((met.0, branch.id), "", seen);
                }
            }
            _ => {}
        }
    }

    /// Notes the fields that have no source by our rules and one by Java's.
    fn shared_fields(&mut self, from: &Record, to: &Record, edges: &[Edge], place: &str) {
        for (position, count) in candidates(from, to).into_iter().enumerate() {
            let step = format!("/fields/{position}/type");
            if count > 0 && edges.iter().all(|edge| edge.in_reader != step) {
                self.elsewhere.push(format!("{place}{step}"));
            }
        }
    }

    /// What is wrong between the two types themselves.
    fn own(&mut self, met: Met, place: &str) -> Told {
        let mut told = Told::new();
        for (kind, rest) in self.graph.faults.get(&met).into_iter().flatten() {
            let mut kind = *kind;
            let mut location = format!("{place}{rest}");
            if kind == "TYPE_MISMATCH" && self.graph.decimals(met) {
                self.deviations.insert(Deviation::Decimals);
                continue;
            }
            if let ("READER_FIELD_MISSING_DEFAULT_VALUE", (TypeKind::Record(from), TypeKind::Record(to))) =
                (kind, self.graph.kinds(met))
            {
                let position: usize = rest.rsplit('/').next().and_then(|step| step.parse().ok()).unwrap_or_default();
                if candidates(from, to)[position] > 0 {
                    self.deviations.insert(Deviation::SharedField);
                    continue;
                }
                let field = to.fields[position].ty.id;
                if matches!(self.graph.reader.kind(field), TypeKind::Enum(symbols) if symbols.default.is_some()) {
                    self.deviations.insert(Deviation::EnumForARecord);
                    kind = "TYPE_MISMATCH";
                    location.push_str("/type");
                    let first = || Some(Told::from([(kind.to_owned(), rooted(&location))]));
                    let known = self.known.entry((met.0, field)).or_insert_with(first);
                    told.extend(known.clone().unwrap_or_default());
                    continue;
                }
            }
            told.insert((kind.to_owned(), rooted(&location)));
        }
        told
    }
}

fn rooted(location: &str) -> String {
    if location.is_empty() { "/".to_owned() } else { location.to_owned() }
}

/// The reader's order of fields, and the writer's of branches.
fn order(edge: &Edge) -> usize {
    let step = if edge.in_reader.is_empty() { &edge.in_writer } else { &edge.in_reader };
    step.split('/').find_map(|step| step.parse().ok()).unwrap_or_default()
}
