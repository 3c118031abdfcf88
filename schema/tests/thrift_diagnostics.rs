//! Runs the cases of `thrift/*.suite`. The first text of a case is the one that includes the others.

mod suite;

use cognate_schema::thrift::{InMemory, Loader};

#[test]
fn suites() {
    suite::run("thrift", 35, |files| {
        let mut loader = Loader::new().files(files.iter().copied().collect::<InMemory>());
        loader.include_folder("include");
        loader.add(files[0].0, files[0].1);
        let linked = loader.link();
        let valid = linked.diagnostics.iter().all(|diagnostic| !diagnostic.is_error());
        assert_eq!(linked.program.is_some(), valid, "a program comes out unless there are errors");
        for label in linked.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
            assert!(label.source.text().get(label.span.range()).is_some(), "{label:?}");
        }
        linked.diagnostics
    });
}
