//! What was meant by a name that is not defined.

/// The number of comparisons that are spent on near misses in one linking.
pub(crate) const MOST_COMPARISONS: usize = 200_000;

/// The nearest to a text of what it is compared with, of which each stands for a name; nothing when even that is far off.
pub(crate) fn nearest<'n>(text: &str, known: impl Iterator<Item = (&'n str, &'n str)>) -> Option<String> {
    let (distance, best) = known.map(|(word, name)| (strsim::damerau_levenshtein(word, text), name)).min()?;
    (distance <= 2 && distance * 3 <= text.chars().count()).then(|| best.to_owned())
}
