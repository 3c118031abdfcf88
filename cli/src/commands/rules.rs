use std::collections::HashSet;
use std::fmt::Write;

use clap::Args;
use cognate_schema::diagnostic::{Rule, Severity};
use cognate_schema::{avro, compat, json, source, thrift};

use crate::output;
use crate::stop::{Outcome, Result, Stop};

/// List the rules of all commands
///
/// A line for each: identifier, severity, title.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Only those of changes of schemas, which `cognate compat` finds
    #[arg(long)]
    compat: bool,
}

/// Say what a rule means, with an example before and after
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate explain avro/reader-field-without-default
  cognate rules | grep union")]
pub(crate) struct Explain {
    /// The rule, such as avro/type-mismatch
    rule: String,
}

impl Rules {
    pub(crate) fn run(self) -> Result<Outcome> {
        let mut rules = all();
        rules.retain(|rule| !self.compat || compat::rule(rule.id).is_some());
        let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        let line = |rule: &&Rule| format!("{:width$}  {:7}  {}\n", rule.id, rule.severity.to_string(), rule.title);
        output::print(&rules.iter().map(line).collect::<String>())?;
        Ok(Outcome::Clean)
    }
}

impl Explain {
    pub(crate) fn run(self) -> Result<Outcome> {
        // The language may be left out.
        let is = |rule: &Rule| rule.id == self.rule || rule.id.split_once('/').is_some_and(|(_, id)| id == self.rule);
        let Some(rule) = all().into_iter().find(|rule| is(rule)) else {
            return Err(Stop::Usage(format!("there is no rule `{}`; `cognate rules` lists them", self.rule)));
        };
        output::print(&match compat::rule(rule.id) {
            Some(change) => change_text(change),
            None => head(rule),
        })?;
        Ok(Outcome::Clean)
    }
}

/// The rules of changes, then those of single texts.
fn all() -> Vec<&'static Rule> {
    let texts = [&json::SYNTAX, &json::TOO_DEEP, &json::DUPLICATE_KEY, &source::NOT_UTF8, &source::TOO_LARGE];
    let rules = compat::rules().map(|rule| &rule.kind).chain(avro::rules::ALL.iter().copied());
    let rules = rules.chain(thrift::rules::ALL.iter().copied()).chain(texts);
    let mut seen = HashSet::new();
    rules.filter(|rule| seen.insert(rule.id)).collect()
}

fn head(rule: &Rule) -> String {
    let kind = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{} ({kind})\n{}\nReference: {}\n", rule.id, rule.title, rule.reference)
}

fn change_text(rule: &compat::Rule) -> String {
    let mut out = head(&rule.kind);
    let names = |directions: compat::Directions| {
        let names: Vec<_> = directions.iter().map(compat::Direction::name).collect();
        if names.is_empty() { "nothing; it alters what readers understand".to_owned() } else { names.join(", ") }
    };
    let compat::Example { old, new, breaks, .. } = rule.example;
    let _ = write!(
        out,
        "Can break: {}\nSurfaces: {}\n\n{}\n\nBefore:\n\n{}\n\nAfter:\n\n{}\n\nThis change breaks: {}\n",
        names(rule.can_break),
        rule.surfaces.iter().map(|surface| surface.name()).collect::<Vec<_>>().join(", "),
        wrapped(rule.explanation),
        indented(old),
        indented(new),
        names(breaks)
    );
    out
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Breaks a text into lines that people can read.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 96;
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}
