//! `compatible_with` fails the build at the field that no longer reads what an older schema wrote.

use std::path::Path;
use std::{fs, io};

#[test]
fn the_build_fails_where_old_data_can_no_longer_be_read() {
    copy_schemas().expect("the schemas are copied");
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compatible/pass/*.rs");
    cases.compile_fail("tests/compatible/fail/*.rs");
}

/// Puts the schemas in the folder of the package that the cases are compiled in, from which their paths are.
fn copy_schemas() -> io::Result<()> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/cognate-derive/schemas");
    fs::create_dir_all(&to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}
