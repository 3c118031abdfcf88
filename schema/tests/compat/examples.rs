//! The examples of the rules do what the rules say.

use std::collections::HashSet;

use cognate_schema::Severity;
use cognate_schema::avro::Schema;
use cognate_schema::compat::{Directions, Level, Options, Surface, check_with, rule, rules};

#[test]
fn every_example_breaks_what_its_rule_says() {
    for rule in rules() {
        let [old, new] = [rule.example.old, rule.example.new].map(|text| Schema::parse(text).unwrap());
        let report = check_with(
            &new,
            &[old],
            Options::at(Level::Full).on(rule.surfaces.iter().copied().collect()).with_witnesses(true),
        );
        let findings: Vec<_> = report.findings().filter(|finding| finding.rule.id() == rule.id()).collect();
        assert_eq!(findings.len(), 1, "{}", rule.id());
        let breaks = report.findings().fold(Directions::NONE, |all, finding| all.or(finding.breaks));
        assert_eq!(breaks, rule.example.breaks, "{}", rule.id());
        let finding = findings[0];
        assert_eq!(finding.severity, rule.severity());
        assert_eq!(finding.severity == Severity::Error, finding.breaks != Directions::NONE, "{}", rule.id());
        let fails = if rule.surfaces.contains(&Surface::Wire) { finding.breaks.iter().count() } else { 0 };
        assert_eq!(finding.witnesses.len(), fails, "{}", rule.id());
        assert_eq!(finding.surfaces, rule.surfaces, "{}", rule.id());
        assert_eq!(finding.breaks.or(rule.can_break), rule.can_break, "{}", rule.id());
    }
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
