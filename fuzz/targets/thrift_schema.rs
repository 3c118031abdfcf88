//! Thrift texts: none may panic or hang, all places are within the text, and a program comes out unless there are errors.

#![no_main]

use cognate_schema::thrift::{Dialect, InMemory, Loader, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, u8)| {
    let (text, included, dialect) = input;
    let mut options = Options::default();
    options.dialect = [Dialect::Detect, Dialect::Apache, Dialect::Fbthrift][usize::from(dialect % 3)];
    options.negative_ids = dialect & 0x80 != 0;
    let mut loader = Loader::with_options(options).files([("b.thrift", included)].into_iter().collect::<InMemory>());
    loader.add("a.thrift", text);
    let linked = loader.link();
    assert_eq!(linked.program.is_none(), linked.diagnostics.iter().any(|diagnostic| diagnostic.is_error()));
    for label in linked.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
        assert!(label.source.text().get(label.span.range()).is_some());
    }
    if let Some(program) = linked.program {
        for field in program.structs().iter().flat_map(|structure| &structure.fields) {
            program.type_name(field.ty.id);
        }
    }
});
