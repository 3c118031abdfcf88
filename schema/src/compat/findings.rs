//! Findings by rules and places.

use std::collections::HashMap;

use crate::compat::Finding;

/// One finding for a rule at the same two places.
#[derive(Default)]
pub(super) struct Findings {
    all: Vec<Finding>,
    /// Their positions by rule and places.
    known: HashMap<(&'static str, String, String), usize>,
}

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        let key = (finding.rule.id(), finding.old.path.clone(), finding.new.path.clone());
        let position = *self.known.entry(key).or_insert(self.all.len());
        if let Some(known) = self.all.get_mut(position) {
            known.merge(finding);
        } else {
            self.all.push(finding);
        }
    }

    /// Adds a finding, if there is one.
    pub(super) fn extend(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.add(finding);
        }
    }

    /// All that concern one of the surfaces that were asked for.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.all.retain(|finding| !finding.surfaces.is_empty());
        self.all
    }
}
