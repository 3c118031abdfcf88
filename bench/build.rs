//! Generates buffa's code from `proto/log.proto`, with protox in the place of `protoc`.

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto/log.proto");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let descriptors = out.join("log.descriptors");
    let compiled =
        protox::Compiler::new(["proto"])?.include_imports(true).open_file("log.proto")?.encode_file_descriptor_set();
    std::fs::write(&descriptors, compiled)?;
    buffa_build::Config::new()
        .descriptor_set(&descriptors)
        .files(&["log.proto"])
        // The other contenders drop unknown fields as well.
        .preserve_unknown_fields(false)
        .include_file("buffa_log.rs")
        .compile()
}
