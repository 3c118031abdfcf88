//! The order of files.

use crate::diagnostic::Diagnostic;
use crate::thrift::loader::{Included, Loaded};
use crate::thrift::program::FileId;
use crate::thrift::rules;

/// Reports circles, and orders the files such that what a file includes comes before it.
pub(super) fn check(files: &[Loaded], diagnostics: &mut Vec<Diagnostic>) -> Vec<FileId> {
    let mut order = Vec::with_capacity(files.len());
    let mut state = vec![State::New; files.len()];
    for root in 0..files.len() {
        if state[root] != State::New {
            continue;
        }
        state[root] = State::Open;
        // The files that are gone through, each with the number of its includes that are done.
        let mut way: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((file, done)) = way.last_mut() {
            let file = *file;
            let Some(include) = files[file].includes.get(*done) else {
                state[file] = State::Done;
                order.push(FileId::at(file));
                way.pop();
                continue;
            };
            *done += 1;
            let Some(target) = include.file.map(FileId::index) else { continue };
            match state[target] {
                State::Done => {}
                State::Open => {
                    let start = way.iter().position(|&(file, _)| file == target).unwrap_or_default();
                    diagnostics.push(circle(files, &way[start..]));
                }
                State::New => {
                    state[target] = State::Open;
                    way.push((target, 0));
                }
            }
        }
    }
    order
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// How many files of a circle are shown.
const SHOWN: usize = 8;

/// The fault of a circle, each of whose files is given with one more than the number of its include that belongs to it.
fn circle(files: &[Loaded], circle: &[(usize, usize)]) -> Diagnostic {
    let step = |&(file, done): &(usize, usize)| -> Option<(&Loaded, &Included)> {
        let file = files.get(file)?;
        Some((file, file.includes.get(done.checked_sub(1)?)?))
    };
    let message =
        if circle.len() == 1 { "the file includes itself" } else { "the files include each other in a circle" };
    let mut fault = Diagnostic::new(&rules::INCLUDE_CYCLE, message);
    let mut steps = circle.iter().filter_map(step);
    if let Some((file, include)) = steps.next_back() {
        fault = fault.primary(&file.document.source, include.span, "");
    }
    for (file, include) in steps.take(SHOWN) {
        fault = fault.secondary(&file.document.source, include.span, "by way of this include");
    }
    fault
}
