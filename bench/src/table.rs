//! Prints what was measured, as one table per dataset with the ratios, and the targets with their verdicts.

use std::fmt;

use crate::measure::Measured;
use crate::task::{Operation, Role};

/// What the project wants of one operation on one dataset. All but the last are ratios of nanoseconds per record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Targets {
    /// At most this of the best peer.
    pub of_best_peer: Option<f64>,
    /// At most this of each peer that is named.
    pub of_peers: &'static [(&'static str, f64)],
    /// At most this of the hand-written bound.
    pub of_hand_written: Option<f64>,
    /// At most this of the project's plain way.
    pub of_plain: Option<f64>,
    /// At least this many times the records per second of the named contender.
    pub times_faster_than: Option<(&'static str, f64)>,
    /// At most so many nanoseconds.
    pub nanoseconds: Option<f64>,
}

/// What is printed beside the times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// The ratios to the best peer and to the hand-written bound.
    Bounds,
    /// The same, records per second, and how many times those of apache-avro they are.
    Rates,
    /// The ratio to the project's plain way, and how many times as fast as apache-avro it is.
    Plain,
}

/// Everything measured in one run.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was measured.
    pub measured: Vec<Measured>,
    /// What is wanted of it.
    pub targets: fn(dataset: &str, operation: Operation) -> Targets,
    /// What is printed beside the times.
    pub columns: Columns,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut verdicts = Vec::new();
        let mut dataset = "";
        for group in self.groups() {
            if group[0].dataset != dataset {
                dataset = group[0].dataset;
                self.heading(f, dataset)?;
            }
            let peers = self.peers(group);
            self.rows(f, group, peers)?;
            verdicts.extend(self.verdicts(group, peers));
        }
        if verdicts.is_empty() {
            return Ok(());
        }
        let met = verdicts.iter().filter(|verdict| verdict.met == Some(true)).count();
        let open = verdicts.iter().filter(|verdict| verdict.met.is_none()).count();
        let missed = verdicts.len() - met - open;
        writeln!(f, "\ntargets: {met} met, {missed} MISSED, {open} not measured")?;
        verdicts.iter().try_for_each(|verdict| writeln!(f, "  {verdict}"))
    }
}

/// One target and whether it is met; `None` when a side of the ratio was not measured.
#[derive(Clone, Debug)]
struct Verdict {
    what: String,
    wanted: String,
    ratio: Option<f64>,
    met: Option<bool>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
        let verdict = match self.met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "not measured",
        };
        write!(f, "{:<36} {:<34} {ratio:>9}  {verdict}", self.what, self.wanted)
    }
}

impl Report {
    fn groups(&self) -> impl Iterator<Item = &[Measured]> {
        self.measured.chunk_by(|a, b| a.dataset == b.dataset && a.operation == b.operation)
    }

    /// What a group's peers are measured by. Where none does the same, decoding is held against the peers' decoding of the same bytes
    /// into values that own what they have.
    fn peers<'a>(&'a self, group: &'a [Measured]) -> &'a [Measured] {
        let first = &group[0];
        let decodes = matches!(first.operation, Operation::DecodeBorrowed | Operation::DecodePart);
        if !decodes || best_peer(group).is_some() {
            return group;
        }
        let is_it =
            |other: &&[Measured]| other[0].dataset == first.dataset && other[0].operation == Operation::DecodeOwned;
        self.groups().find(is_it).unwrap_or(group)
    }

    fn heading(&self, f: &mut fmt::Formatter<'_>, dataset: &str) -> fmt::Result {
        writeln!(f, "\n{dataset}")?;
        write!(f, "  {:<24} {:<18} {:>10} {:>10}", "", "", "ns/record", "median")?;
        match self.columns {
            Columns::Bounds => writeln!(f, " {:>10} {:>10}", "of best", "of hand"),
            Columns::Rates => {
                writeln!(f, " {:>10} {:>10} {:>12} {:>10}", "of best", "of hand", "M records/s", "x apache")
            }
            Columns::Plain => writeln!(f, " {:>10} {:>10}", "of plain", "x apache"),
        }
    }

    fn rows(&self, f: &mut fmt::Formatter<'_>, group: &[Measured], peers: &[Measured]) -> fmt::Result {
        let (best, hand, plain) = (best_peer(peers), of_role(group, Role::HandWritten), of_role(group, Role::Plain));
        let apache = of_name(group, "apache-avro");
        for (index, row) in group.iter().enumerate() {
            let operation = if index == 0 { row.operation.to_string() } else { String::new() };
            write!(f, "  {operation:<24} {:<18} {:>10.1} {:>10.1}", row.contender, row.least, row.median)?;
            let (bounds, times) = ([ratio(row.least, best), ratio(row.least, hand)], inverse(row.least, apache));
            match self.columns {
                Columns::Bounds => writeln!(f, " {:>10} {:>10}", bounds[0], bounds[1])?,
                Columns::Rates => {
                    writeln!(f, " {:>10} {:>10} {:>12.2} {times:>10}", bounds[0], bounds[1], 1e3 / row.least)?;
                }
                Columns::Plain => writeln!(f, " {:>10} {times:>10}", ratio(row.least, plain))?,
            }
        }
        Ok(())
    }

    fn verdicts(&self, group: &[Measured], peers: &[Measured]) -> Vec<Verdict> {
        let (dataset, operation) = (group[0].dataset, group[0].operation);
        let Targets { of_best_peer, of_peers, of_hand_written, of_plain, times_faster_than, nanoseconds } =
            (self.targets)(dataset, operation);
        let own = of_role(group, Role::Cognate);
        let what = format!("{dataset} {operation}");
        let at_most = |limit: f64, whose: &str, other: Option<f64>| {
            let ratio = own.zip(other).map(|(own, other)| own / other);
            let met = ratio.map(|ratio| ratio <= limit);
            Verdict { what: what.clone(), wanted: format!("<= {limit} of {whose}"), ratio, met }
        };
        let mut verdicts = Vec::new();
        verdicts.extend(of_best_peer.map(|limit| at_most(limit, "the best peer", best_peer(peers))));
        verdicts.extend(of_peers.iter().map(|(name, limit)| at_most(*limit, name, of_name(peers, name))));
        verdicts
            .extend(of_hand_written.map(|limit| at_most(limit, "the hand-written", of_role(group, Role::HandWritten))));
        verdicts.extend(of_plain.map(|limit| at_most(limit, "the plain way", of_role(group, Role::Plain))));
        verdicts.extend(times_faster_than.map(|(name, limit)| {
            let ratio = own.zip(of_name(group, name)).map(|(own, other)| other / own);
            let met = ratio.map(|ratio| ratio >= limit);
            Verdict { what: what.clone(), wanted: format!(">= {limit} x {name} records/s"), ratio, met }
        }));
        verdicts.extend(nanoseconds.map(|limit| {
            let met = own.map(|own| own <= limit);
            Verdict { what: what.clone(), wanted: format!("<= {limit} ns"), ratio: own, met }
        }));
        verdicts
    }
}

fn best_peer(group: &[Measured]) -> Option<f64> {
    let peers = group.iter().filter(|row| row.role == Role::Peer);
    peers.map(|row| row.least).min_by(f64::total_cmp)
}

fn of_role(group: &[Measured], role: Role) -> Option<f64> {
    group.iter().find(|row| row.role == role).map(|row| row.least)
}

fn of_name(group: &[Measured], name: &str) -> Option<f64> {
    group.iter().find(|row| row.contender == name).map(|row| row.least)
}

fn ratio(own: f64, other: Option<f64>) -> String {
    other.map_or_else(|| "-".to_owned(), |other| format!("{:.2}", own / other))
}

fn inverse(own: f64, other: Option<f64>) -> String {
    other.map_or_else(|| "-".to_owned(), |other| format!("{:.1}", other / own))
}
