//! What outside judges read with a changed schema, against what we read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use cognate_schema::avro::resolve::Resolution;
use cognate_schema::avro::{Record, TypeKind};

use crate::implementation::{Answer, Decoded};
use crate::judge::Library;
use crate::verdicts::{Graph, Obstacle, two_fields};

/// One value of a writer's as it is read with a reader's schema.
#[derive(Debug)]
pub struct Reading<'r> {
    /// What meets in the two schemas.
    pub graph: &'r Graph<'r>,
    /// How they resolve.
    pub resolution: &'r Resolution,
    /// What of the faults the value meets.
    pub obstacles: &'r BTreeSet<Obstacle>,
    /// What we read.
    pub ours: &'r Answer<Decoded>,
    /// What we read in the specification's order of branches.
    pub first_match: &'r Answer<Decoded>,
    /// What the judge reads.
    pub theirs: &'r Answer<Decoded>,
}

/// Why a judge reads something else than we do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    /// Java's decoder does not compare the names of records, and finds a union's branch for one by its shape.
    NamesOfRecords,
    /// Neither Java nor fastavro compares the precision and the scale of decimals.
    Decimals,
    /// Java reads what is no UTF-8 as replacement characters.
    Text,
    /// Java holds the count of a block against the bytes that are left, by the least size of the reader's items.
    CountOfBlock,
    /// Java renames two of the writer's fields to one name; fastavro reads the second of them in the place of the first.
    TwoFields,
    /// Java renames a writer's field although the reader has one of its name.
    SharedField,
    /// Java's decoder asks for the full names of enums and fixed in unions.
    FullNamesInUnions,
    /// Java takes the aliases of fields only in records whose full names are the same.
    AliasesByFullName,
    /// Java renames fields in the writer's schema, and not in the writer's own defaults, which then are none.
    RenamedInDefault,
    /// Java fails to rename in some schemas whose types contain themselves.
    AliasesInRecursion,
    /// fastavro takes the first branch of a union that matches, as the specification says.
    FirstBranch,
    /// fastavro compares all that is inside of two arrays, maps or unions before it reads them.
    Eager,
    /// fastavro takes an empty namespace for one that is not given, and then does not find what is defined in it.
    EmptyNamespace,
    /// fastavro takes an alias without a namespace for the unqualified name.
    UnqualifiedAlias,
}

/// What was found in comparing readings.
#[derive(Debug, Default)]
pub struct Readings {
    /// Values that both read to the same.
    pub same: usize,
    /// Values that both refuse.
    pub refused: usize,
    /// Values by why the judge reads something else.
    pub exceptions: BTreeMap<Exception, usize>,
}

impl Readings {
    /// Compares what we read with what a judge reads.
    ///
    /// # Errors
    ///
    /// With a description of a difference for which there is no exception.
    pub fn compare(&mut self, judge: Library, reading: &Reading<'_>) -> Result<(), String> {
        match (reading.ours, reading.theirs) {
            (Ok(ours), Ok(theirs)) if ours == theirs => self.same += 1,
            (Err(_), Err(_)) => self.refused += 1,
            _ => {
                let exception = if judge == Library::Java { reading.java() } else { reading.fastavro() };
                let differ = || {
                    let Reading { ours, theirs, obstacles, .. } = reading;
                    let cut = |answer: &Answer<Decoded>| format!("{answer:?}").chars().take(2_000).collect::<String>();
                    format!("ours: {}\n{}: {}\nthe value meets {obstacles:?}", cut(ours), judge.name(), cut(theirs))
                };
                *self.exceptions.entry(exception.ok_or_else(differ)?).or_default() += 1;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Readings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} values read, {} refused by both, {:?}", self.same, self.refused, self.exceptions)
    }
}

impl Reading<'_> {
    fn java(&self) -> Option<Exception> {
        let Err(refusal) = self.theirs else {
            if self.ours.is_ok() {
                return self.has_aliases_beside_full_names().then_some(Exception::AliasesByFullName);
            }
            // It reads what we do not: there must be nothing in the way that it minds.
            let of = |obstacle: &Obstacle| match obstacle {
                Obstacle::NameOfRecord | Obstacle::NoBranchForRecord => Some(Exception::NamesOfRecords),
                Obstacle::Decimal => Some(Exception::Decimals),
                Obstacle::Text => Some(Exception::Text),
                _ => None,
            };
            let exceptions: Option<Vec<_>> = self.obstacles.iter().map(of).collect();
            return exceptions?.first().copied();
        };
        let says = |text: &str| refusal.to_string().contains(text);
        let (writer, reader) = (self.graph.writer, self.graph.reader);
        [
            (Exception::CountOfBlock, says("bytes each, but only")),
            (Exception::TwoFields, says("Duplicate field") && two_fields(writer, reader)),
            (Exception::FullNamesInUnions, says("expecting union") && self.has_renamed_branch()),
            (Exception::AliasesByFullName, says("AvroTypeException: F") && self.has_aliases_beside_full_names()),
            (Exception::SharedField, says("AvroTypeException: F") && self.has_shared_field()),
            (Exception::AliasesInRecursion, says("Schema fields not set yet") && self.has_alias()),
            (Exception::RenamedInDefault, says("Invalid default for field") && self.has_alias()),
        ]
        .into_iter()
        .find_map(|(exception, applies)| applies.then_some(exception))
    }

    fn fastavro(&self) -> Option<Exception> {
        let (writer, reader) = (self.graph.writer, self.graph.reader);
        let equal = match (self.first_match, self.theirs) {
            (Ok(first), Ok(theirs)) => first == theirs,
            (first, theirs) => first.is_err() && theirs.is_err(),
        };
        if equal {
            return Some(Exception::FirstBranch);
        }
        if two_fields(writer, reader) {
            return Some(Exception::TwoFields);
        }
        match self.theirs {
            Err(refusal) => {
                let says = |text: &str| refusal.to_string().contains(text);
                let eager = says("chema mismatch") && !self.resolution.is_compatible();
                let unknown = || says("UnknownType").then_some(Exception::EmptyNamespace);
                eager.then_some(Exception::Eager).or_else(unknown)
            }
            Ok(_) if self.obstacles.iter().all(|obstacle| *obstacle == Obstacle::Decimal) => Some(Exception::Decimals),
            Ok(_) => {
                let names = [Obstacle::Name, Obstacle::NameOfRecord, Obstacle::NoBranch, Obstacle::NoBranchForRecord];
                let only_names = self.obstacles.iter().all(|obstacle| names.contains(obstacle));
                (only_names && self.has_alias()).then_some(Exception::UnqualifiedAlias)
            }
        }
    }

    /// Whether an enum or a fixed goes into a branch of another full name.
    fn has_renamed_branch(&self) -> bool {
        self.graph.met.iter().any(|met| match self.graph.kinds(*met) {
            (TypeKind::Enum(_) | TypeKind::Fixed(_), TypeKind::Union(branches)) => {
                let from = self.graph.writer.kind(met.0).name();
                branches.iter().any(|branch| {
                    let to = self.graph.reader.kind(branch.id).name();
                    to.map(cognate_schema::avro::Name::simple) == from.map(cognate_schema::avro::Name::simple)
                        && to != from
                })
            }
            _ => false,
        })
    }

    /// Whether a field goes by its alias between two records of different full names.
    fn has_aliases_beside_full_names(&self) -> bool {
        self.records().any(|(from, to)| from.name != to.name && to.fields.iter().any(|field| !field.aliases.is_empty()))
    }

    /// Whether an alias of a field is a name that both records have.
    fn has_shared_field(&self) -> bool {
        self.records().any(|(from, to)| {
            let both = |name: &str| from.field_index(name).is_some() && to.field_index(name).is_some();
            to.fields.iter().any(|field| field.aliases.iter().any(|alias| both(&alias.name)))
        })
    }

    fn has_alias(&self) -> bool {
        self.graph.reader.reachable().into_iter().any(|id| {
            let kind = self.graph.reader.kind(id);
            let of_fields = |record: &Record| record.fields.iter().any(|field| !field.aliases.is_empty());
            !kind.aliases().is_empty() || matches!(kind, TypeKind::Record(record) if of_fields(record))
        })
    }

    fn records(&self) -> impl Iterator<Item = (&Record, &Record)> {
        self.graph.met.iter().filter_map(|met| match self.graph.kinds(*met) {
            (TypeKind::Record(from), TypeKind::Record(to)) => Some((from, to)),
            _ => None,
        })
    }
}
