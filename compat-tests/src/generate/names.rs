//! Names that are valid and not pleasant.

use std::collections::HashSet;

use fastrand::Rng;

use super::{once_in, pick};

const NAMES: &[&str] = &[
    "_",
    "__",
    "_1",
    "A",
    "a",
    "aB",
    "a_b",
    "A_B",
    "AB",
    "Self",
    "self",
    "crate",
    "super",
    "type",
    "fn",
    "r",
    "async",
    "None",
    "Some",
    "Option",
    "String",
    "Vec",
    "Result",
    "Box",
    "name",
    "namespace",
    "fields",
    "symbols",
    "items",
    "value",
    "class",
    "__proto__",
    "constructor",
    "X9",
    "x_9_Y",
    "HTTPServer2",
    "a_very_long_name_that_nobody_would_ever_type_by_hand_but_that_a_generator_may_well_come_up_with_1",
];

const NAMESPACES: &[&str] = &["a", "a.b", "org.example", "org.example.inner", "_._", "X.y.Z", "type.fn"];

/// A name that is not taken yet; `taken` learns it.
pub(super) fn fresh(random: &mut Rng, taken: &mut HashSet<String>) -> String {
    loop {
        let mut name = (*pick(random, NAMES)).to_owned();
        if !once_in(random, 2) {
            name.push_str(&random.u16(..1000).to_string());
        }
        if taken.insert(name.clone()) {
            return name;
        }
    }
}

/// A namespace, often none.
pub(super) fn namespace(random: &mut Rng) -> &'static str {
    if once_in(random, 3) { "" } else { pick::<&str>(random, NAMESPACES) }
}

/// Text for people, with all that text may hold.
pub(super) fn text(random: &mut Rng) -> String {
    const PIECES: &[&str] = &[
        "plain words ",
        "\"quoted\" ",
        "back\\slash ",
        "/* slash */ ",
        "tab\tand\nnewline ",
        "\u{0}\u{1f}\u{7f} ",
        "grüße ",
        "日本語 ",
        "🎈👩‍🚀 ",
        "\u{2028}\u{feff} ",
        "\u{10ffff} ",
        "{\"type\":\"int\"} ",
    ];
    (0..random.usize(0..4)).map(|_| *pick(random, PIECES)).collect()
}
