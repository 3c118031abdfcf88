//! Runs the cases of `avro/canonical.cases`: canonical forms and fingerprints, each also found by `fastavro`.

use cognate_schema::avro::{Algorithm, Schema};

#[test]
fn canonical_forms_and_fingerprints() {
    let text = include_str!("avro/canonical.cases");
    let mut cases = 0;
    for case in text.split("\n=== ").skip(1) {
        let (title, rest) = case.split_once('\n').unwrap();
        let (input, expected) = rest.split_once("\n---\n").unwrap();
        let schema = Schema::parse(input).unwrap();
        let fingerprints =
            [Algorithm::Rabin, Algorithm::Md5, Algorithm::Sha256].map(|it| schema.fingerprint(it).to_string());
        let found = format!("{}\n{}", schema.canonical_form(), fingerprints.join("\n"));
        assert_eq!(found, expected.trim(), "{title}");
        assert_eq!(
            Schema::parse(schema.canonical_form()).unwrap().canonical_form(),
            schema.canonical_form(),
            "{title}"
        );
        assert_eq!(format!("{:016x}", schema.rabin()), fingerprints[0], "{title}");
        cases += 1;
    }
    assert!(cases > 20, "only {cases} cases were found");
}
