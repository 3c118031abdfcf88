//! Thrift: fields by their ids and kinds, required fields, enums by number, and services, in both directions.

mod faults;
mod fixes;
mod history;
mod json;
mod pairs;
mod reserved;
mod rules;
mod services;
mod source;
mod warnings;
mod witness;

use std::sync::Arc;

pub use rules::*;

use crate::compat::findings::Findings;
use crate::compat::{Comparable, Direction, Directions, Finding, Options, Place, Unwitnessed};
use crate::thrift::resolve::{Planner, Resolution, Side};
use crate::thrift::{FileId, Messages, Program, resolve};
use pairs::Pairs;
use witness::Witnesses;

/// The definitions of one file of a program: what is compared when its versions are, together with all that they refer to.
///
/// Definitions are matched by their names, and what has lost its name by what it is made of.
#[derive(Debug, Clone)]
pub struct Definitions {
    messages: Arc<Messages>,
    file: FileId,
}

impl Definitions {
    /// The definitions of a file.
    ///
    /// # Panics
    ///
    /// When the id comes from another program.
    pub fn of(program: &Program, file: FileId) -> Self {
        assert!(file.index() < program.files().len(), "a file of the program");
        Self { messages: Arc::new(Messages::of(program)), file }
    }

    /// The definitions of each file that was added to the loader.
    pub fn roots(program: &Program) -> Vec<Self> {
        let messages = Arc::new(Messages::of(program));
        let ids = program.root_ids();
        ids.map(|file| Self { messages: Arc::clone(&messages), file }).collect()
    }

    /// The program.
    pub fn program(&self) -> &Program {
        self.messages.program()
    }

    /// The file.
    pub fn file(&self) -> FileId {
        self.file
    }

    fn side(&self) -> Side<'_> {
        Side::new(&self.messages, self.file)
    }
}

impl Comparable for Definitions {
    const LANGUAGE: &'static str = "thrift";

    fn compare(old: &Self, new: &Self, options: Options) -> Vec<Finding> {
        let pairs = Pairs::of(old.side(), new.side());
        let mut findings = Findings::default();
        for direction in options.directions.iter() {
            let sides = Sides::new(old, new, direction, options);
            let resolution = sides.resolve(&pairs);
            let witnesses = (options.witnesses && options.surfaces.wire).then(|| Witnesses::new(&sides));
            for fault in &resolution.faults {
                let mut finding = sides.finding(fault);
                match witnesses.as_ref().map(|witnesses| witnesses.of(fault)) {
                    // What only alters a meaning need not have one, and another fault does not show it.
                    Some(Ok(witness)) if fault.breaks || witness.behind.is_none() => finding.witnesses.push(witness),
                    Some(Err(reason)) if fault.breaks => {
                        finding.unwitnessed.push(Unwitnessed { direction, reason: reason.to_string() });
                    }
                    _ => {}
                }
                findings.add(finding);
            }
            if options.surfaces.json {
                sides.json(&resolution, &mut |finding| findings.add(finding));
            }
        }
        // What is the same in both directions.
        let sides = Sides::new(old, new, Direction::Backward, options);
        let resolution = sides.resolve(&pairs);
        let mut add = |finding| findings.extend(toward(finding, options.directions));
        sides.warn(&resolution, &mut add);
        sides.services(&pairs, &mut add);
        if options.surfaces.source {
            sides.source(&pairs, &resolution, &mut add);
        }
        findings.finish()
    }

    fn history(olds: &[Self], new: &Self, options: Options) -> Vec<(usize, Finding)> {
        let findings = history::reused(olds, new, options).into_iter();
        let mut findings: Vec<_> =
            findings.filter_map(|(at, finding)| Some((at, toward(finding, options.directions)?))).collect();
        findings.retain(|(_, finding)| !finding.surfaces.is_empty());
        findings
    }
}

/// A finding about some directions alone; nothing when it breaks others only.
fn toward(mut finding: Finding, directions: Directions) -> Option<Finding> {
    let broken = finding.breaks;
    finding.breaks = directions
        .iter()
        .filter(|direction| broken.meet((*direction).into()))
        .map(Directions::from)
        .fold(Directions::NONE, Directions::or);
    let is_asked = |direction: Direction| directions.meet(direction.into());
    finding.witnesses.retain(|witness| is_asked(witness.direction));
    finding.unwitnessed.retain(|unwitnessed| is_asked(unwitnessed.direction));
    (broken == Directions::NONE || finding.breaks != Directions::NONE).then_some(finding)
}

/// The two versions, and the parts that they play.
struct Sides<'p> {
    writer: Side<'p>,
    reader: Side<'p>,
    direction: Direction,
    options: Options,
}

impl<'p> Sides<'p> {
    fn new(old: &'p Definitions, new: &'p Definitions, direction: Direction, options: Options) -> Self {
        let (writer, reader) = match direction {
            Direction::Backward => (old, new),
            Direction::Forward => (new, old),
        };
        Self { writer: writer.side(), reader: reader.side(), direction, options }
    }

    /// Compares all that is there in both versions.
    fn resolve(&self, pairs: &Pairs) -> Resolution {
        let mut planner = Planner::new(self.writer, self.reader, Some(self.direction), self.options.thrift);
        for &(old, new) in &pairs.structs {
            let (writer, reader) = self.turned(old, new);
            planner.structs(writer, reader);
        }
        for (old, new) in pairs.calls(self) {
            let (writer, reader) = self.turned(old, new);
            planner.structs(writer, reader);
        }
        for &(old, new) in &pairs.enums {
            let (writer, reader) = self.turned(old, new);
            planner.enums(writer, reader, None);
        }
        planner.finish()
    }

    /// What belongs to the old and the new version, as what belongs to the writer and the reader; or the other way round.
    fn turned<T>(&self, old: T, new: T) -> (T, T) {
        match self.direction {
            Direction::Backward => (old, new),
            Direction::Forward => (new, old),
        }
    }

    fn old_and_new(&self) -> (Side<'p>, Side<'p>) {
        self.turned(self.writer, self.reader)
    }

    /// A finding at places of the writer's and the reader's program. As yet it breaks nothing.
    fn found(
        &self,
        rule: &'static super::Rule,
        message: String,
        (writer, reader): (resolve::Place, resolve::Place),
    ) -> Finding {
        let places = (place(self.writer, writer), place(self.reader, reader));
        let (old, new) = self.turned(places.0, places.1);
        Finding::new(rule, self.options.surfaces, message, old, new)
    }
}

fn place(side: Side<'_>, place: resolve::Place) -> Place {
    let resolve::Place { path, location } = place;
    let source = Arc::clone(side.program.source(location.file));
    Place { path, source, is_elsewhere: location.file != side.home, span: location.span }
}
