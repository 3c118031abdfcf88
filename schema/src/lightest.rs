//! The least costs of things that are made of others, themselves among them: Knuth's generalization of Dijkstra's algorithm, in which
//! what costs least is settled first, and so every thing is looked at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a thing needs of what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// All parts.
    All,
    /// One of them, the cheapest.
    Any,
}

/// The least costs, by position; nothing for what cannot be had, since it needs itself without end.
///
/// `parts` has the parts of each thing by their positions, and what is needed of them. `cost` tells what a thing costs once enough
/// parts have costs, which are handed to it: no less than any of those that it needs, and nothing where it cannot be had anyway.
pub(crate) fn least_costs<C: Copy + Ord>(
    parts: &[(Needs, Vec<usize>)],
    mut cost: impl FnMut(usize, &[Option<C>]) -> Option<C>,
) -> Vec<Option<C>> {
    let mut users = vec![Vec::new(); parts.len()];
    let mut missing = Vec::with_capacity(parts.len());
    for (at, (needs, of)) in parts.iter().enumerate() {
        for part in of {
            if let Some(users) = users.get_mut(*part) {
                users.push(at);
            }
        }
        missing.push(if *needs == Needs::All { of.len() } else { of.len().min(1) });
    }
    let mut costs: Vec<Option<C>> = vec![None; parts.len()];
    let ready = missing.iter().enumerate().filter(|(_, missing)| **missing == 0);
    let mut open: BinaryHeap<_> = ready.filter_map(|(at, _)| Some(Reverse((cost(at, &costs)?, at)))).collect();
    while let Some(Reverse((least, at))) = open.pop() {
        if let Some(slot) = costs.get_mut(at) {
            *slot = Some(least);
        }
        for &user in users.get(at).map_or(&[][..], Vec::as_slice) {
            let Some(left @ 1..) = missing.get_mut(user) else { continue };
            *left -= 1;
            // The first of several parts that is settled is the cheapest.
            if *left == 0
                && let Some(cost) = cost(user, &costs)
            {
                open.push(Reverse((cost, user)));
            }
        }
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The costs where a thing costs one more than its parts together, or than the cheapest, and how many were looked at.
    fn counted(parts: &[(Needs, Vec<usize>)]) -> (Vec<Option<u64>>, usize) {
        let mut looks = 0;
        let costs = least_costs(parts, |at, known| {
            looks += 1;
            let (needs, of) = &parts[at];
            let of = of.iter().map(|part| known[*part]);
            Some(1 + if *needs == Needs::All { of.sum::<Option<u64>>()? } else { of.flatten().min().unwrap_or(0) })
        });
        (costs, looks)
    }

    #[test]
    fn what_is_needed_counts() {
        use Needs::{All, Any};
        let parts = [(All, vec![1, 1, 2]), (Any, vec![0, 3, 4]), (All, vec![]), (All, vec![2, 2]), (All, vec![4])];
        let (costs, looks) = counted(&parts);
        // The last one needs itself.
        assert_eq!(costs, [Some(10), Some(4), Some(1), Some(3), None]);
        assert_eq!(looks, 4);
    }

    #[test]
    fn everything_is_looked_at_once_whatever_the_order() {
        for count in [1_000, 20_000] {
            let next = |at: usize| if at + 1 < count { vec![at + 1] } else { vec![] };
            let before = |at: usize| at.checked_sub(1).into_iter().collect();
            for needs in [Needs::All, Needs::Any] {
                let chains: [Vec<_>; 2] = [
                    (0..count).map(|at| (needs, next(at))).collect(),
                    (0..count).map(|at| (needs, before(at))).collect(),
                ];
                for chain in chains {
                    let (costs, looks) = counted(&chain);
                    assert_eq!(looks, count);
                    assert_eq!(costs.iter().flatten().max(), u64::try_from(count).ok().as_ref());
                }
            }
            // One of all that cost the same.
            let mut wide: Vec<_> = (0..count).map(|_| (Needs::All, vec![])).collect();
            wide.push((Needs::Any, (0..count).collect()));
            assert_eq!(counted(&wide).1, count + 1);
        }
    }
}
