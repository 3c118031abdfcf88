//! Every fault of a derive is shown at the attribute or the type at fault, and all of them at once.

#[test]
fn faults_are_shown_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
