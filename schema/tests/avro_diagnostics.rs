//! Runs the cases of `avro/*.suite`.

mod suite;

use cognate_schema::avro::Loader;

#[test]
fn suites() {
    suite::run("avro", 70, |files| {
        let mut loader = Loader::new();
        for (path, text) in files {
            loader.add(*path, *text);
        }
        let linked = loader.link();
        let valid = linked.diagnostics.iter().all(|diagnostic| !diagnostic.is_error());
        assert_eq!(linked.set.is_some(), valid, "a schema comes out unless there are errors");
        linked.diagnostics
    });
}
