//! The examples of the rules do what the rules say.

use std::collections::HashSet;

use cognate_schema::Severity;
use cognate_schema::avro::Schema;
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Comparable, Directions, Level, Options, Report, Rule, Surface, check_with, rule, rules};
use cognate_schema::thrift::Program;

/// Of data from before no value tells; a union's may look like a struct's, and a oneway call has no answer.
const NOT_SHOWN: [&str; 4] = ["reused-id", "reused-number", "changed-oneway", "union-and-struct"];

/// Warnings that a value shows.
const SHOWN: [&str; 3] = ["unknown-value", "bytes-to-string", "changed-default"];

#[test]
fn every_example_breaks_what_its_rule_says() {
    for rule in rules() {
        let report = match rule.id().split_once('/').unwrap().0 {
            "avro" => report(rule, |text| Schema::parse(text).unwrap()),
            _ => report(rule, |text| Definitions::roots(&Program::parse(text).unwrap()).remove(0)),
        };
        let findings: Vec<_> = report.findings().filter(|finding| finding.rule.id() == rule.id()).collect();
        assert_eq!(findings.len(), 1, "{}", rule.id());
        let breaks = report.findings().fold(Directions::NONE, |all, finding| all.or(finding.breaks));
        assert_eq!(breaks, rule.example.breaks, "{}", rule.id());
        let finding = findings[0];
        assert_eq!(finding.severity, rule.severity());
        assert_eq!(finding.severity == Severity::Error, finding.breaks != Directions::NONE, "{}", rule.id());
        let fails = if rule.surfaces.contains(&Surface::Wire) { finding.breaks.iter().count() } else { 0 };
        // A warning may have one too.
        let shown = finding.witnesses.iter().filter(|witness| finding.breaks.meet(witness.direction.into())).count();
        assert_eq!(shown + finding.unwitnessed.len(), fails, "{}", rule.id());
        let id = rule.id().rsplit('/').next().unwrap();
        assert!(shown == fails || NOT_SHOWN.contains(&id), "{}: {:?}", rule.id(), finding.unwitnessed);
        let is_warning = finding.severity == Severity::Warning;
        assert_eq!(
            is_warning && !finding.witnesses.is_empty(),
            rule.id().starts_with("thrift/") && SHOWN.contains(&id),
            "{}",
            rule.id()
        );
        assert_eq!(finding.surfaces, rule.surfaces, "{}", rule.id());
        assert_eq!(finding.breaks.or(rule.can_break), rule.can_break, "{}", rule.id());
    }
}

fn report<S: Comparable>(rule: &Rule, read: impl Fn(&str) -> S) -> Report {
    let [old, new] = [rule.example.old, rule.example.new].map(read);
    let options = Options::at(Level::Full).on(rule.surfaces.iter().copied().collect()).with_witnesses(true);
    check_with(&new, &[old], options)
}

#[test]
fn rules_are_found_by_their_ids() {
    let mut seen = HashSet::new();
    for found in rules() {
        assert!(seen.insert(found.id()), "{} is there twice", found.id());
        assert_eq!(rule(found.id()).unwrap().id(), found.id());
        assert!(!found.title().ends_with('.') && found.explanation.ends_with('.'), "{}", found.id());
    }
    assert!(rule("avro/no-such-rule").is_none());
}
