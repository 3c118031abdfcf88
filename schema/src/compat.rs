//! Compatibility: what a change of a schema does to those who read data with the old schema and the new one.
//!
//! [`check`] compares a new schema with old ones and yields a [`Report`] of [`Finding`]s, each of which names its [`Rule`], the
//! places in both texts, the directions that it breaks, what will happen to whom, and what would put it right. The findings are
//! the faults of the plans by which data is decoded, so that a verdict and a decoder never disagree.
//!
//! Each schema language has a module with rules of its own and implements [`Comparable`] for its schemas: [`avro`] for a schema,
//! [`thrift`] for the definitions of a file.
//!
//! ```
//! use cognate_schema::avro::Schema;
//! use cognate_schema::compat::{Level, check};
//!
//! let old = Schema::parse(r#"{"type": "record", "name": "User", "fields": []}"#)?;
//! let new = Schema::parse(r#"{"type": "record", "name": "User", "fields": [{"name": "country", "type": "string"}]}"#)?;
//! let report = check(&new, &[old], Level::Backward);
//! assert!(!report.is_compatible());
//! let finding = report.findings().next().unwrap();
//! assert_eq!(finding.rule.id(), "avro/reader-field-without-default");
//! assert_eq!(finding.new.path, "/fields/0");
//! assert_eq!(finding.fix.as_deref(), Some("give `country` a default"));
//! # Ok::<(), cognate_schema::Diagnostics>(())
//! ```

pub mod avro;
mod direction;
mod finding;
mod findings;
mod rule;
pub mod thrift;

pub use direction::{Direction, Directions, Level};
pub use finding::{Finding, Outcome, Place, Surface, Surfaces, Unwitnessed, Witness};
pub use rule::{Example, Rule, rule, rules};

use crate::thrift::resolve::Settings;

/// Schemas of a language that has rules of compatibility.
pub trait Comparable {
    /// The name of the language: `avro`.
    const LANGUAGE: &'static str;

    /// All findings about two versions on the surfaces and in the directions of the options, whatever the level; at most one of a rule at
    /// the same two places.
    fn compare(old: &Self, new: &Self, options: Options) -> Vec<Finding>;

    /// What only the old versions together tell, the oldest first: each finding with the position of the version that it is about.
    fn history(_olds: &[Self], _new: &Self, _options: Options) -> Vec<(usize, Finding)>
    where
        Self: Sized,
    {
        Vec::new()
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What compatible means.
    pub level: Level,
    /// What must not break. Findings are about these alone.
    pub surfaces: Surfaces,
    /// Who reads whose data. Findings are about these directions alone, which are both unless something else is said.
    pub directions: Directions,
    /// Whether to make a [`Witness`] for each fault of the binary form.
    pub witnesses: bool,
    /// What readers of Thrift data are taken for.
    pub thrift: Settings,
}

/// What was found about a new schema.
#[derive(Debug, Clone)]
pub struct Report {
    /// What compatible meant.
    pub level: Level,
    /// The comparisons with the old schemas that the level asks for, in the order of these.
    pub comparisons: Vec<Comparison>,
}

/// What was found about a new schema and one old one.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The position of the old schema among those that were given.
    pub old: usize,
    /// Whether nothing breaks in the directions of the level.
    pub compatible: bool,
    /// What was found, by the places in the new schema. What an older version tells that the level does not look at is among the
    /// findings about the last one.
    pub findings: Vec<Finding>,
}

/// Compares a new schema with old ones, the oldest first. The transitive levels look at all of them, the others at the last one.
pub fn check<S: Comparable>(new: &S, olds: &[S], level: Level) -> Report {
    check_with(new, olds, Options { level, ..Options::default() })
}

/// [`check`] with more to choose.
pub fn check_with<S: Comparable>(new: &S, olds: &[S], options: Options) -> Report {
    let level = options.level;
    let first = if level.is_transitive() { 0 } else { olds.len().saturating_sub(1) };
    let mut history = S::history(olds, new, options);
    let mut compare = |(position, old)| {
        let mut findings = S::compare(old, new, options);
        let is_here = |at: usize| at == position || at < first && position + 1 == olds.len();
        findings.extend(history.extract_if(.., |(at, _)| is_here(*at)).map(|(_, finding)| finding));
        findings.sort_by_key(|finding| (finding.new.span, finding.rule.id()));
        let compatible = !findings.iter().any(|finding| finding.breaks.meet(level.directions()));
        Comparison { old: position, compatible, findings }
    };
    let comparisons = olds.iter().enumerate().skip(first).map(&mut compare).collect();
    Report { level, comparisons }
}

impl Default for Options {
    fn default() -> Self {
        let (level, surfaces) = (Level::default(), Surfaces::default());
        Self { level, surfaces, directions: Directions::BOTH, witnesses: false, thrift: Settings::default() }
    }
}

impl Options {
    /// Looks for what breaks a level.
    #[must_use]
    pub fn at(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    /// Looks at these surfaces.
    #[must_use]
    pub fn on(self, surfaces: Surfaces) -> Self {
        Self { surfaces, ..self }
    }

    /// Looks in these directions.
    #[must_use]
    pub fn toward(self, directions: Directions) -> Self {
        Self { directions, ..self }
    }

    /// Makes witnesses, or not.
    #[must_use]
    pub fn with_witnesses(self, witnesses: bool) -> Self {
        Self { witnesses, ..self }
    }

    /// Takes readers of Thrift data for these.
    #[must_use]
    pub fn with_thrift(self, thrift: Settings) -> Self {
        Self { thrift, ..self }
    }
}

impl Report {
    /// Whether nothing breaks in the directions of the level.
    pub fn is_compatible(&self) -> bool {
        self.comparisons.iter().all(|comparison| comparison.compatible)
    }

    /// The findings of all comparisons.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.comparisons.iter().flat_map(|comparison| &comparison.findings)
    }
}
