//! Generates types from `proto` and `thrift`: buffa's with protox in the place of `protoc`, pilota's, and Cognate's.

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    println!("cargo::rerun-if-changed=thrift");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    buffa(&out)?;
    pilota(&out);
    #[cfg(feature = "cognate")]
    cognate()?;
    Ok(())
}

fn buffa(out: &Path) -> Result<(), Box<dyn Error>> {
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

fn pilota(out: &Path) {
    pilota_build::Builder::thrift().ignore_unused(false).compile(
        ["thrift/log.thrift", "thrift/mixed.thrift", "thrift/footer.thrift"],
        pilota_build::Output::File(out.join("pilota.rs")),
    );
}

#[cfg(feature = "cognate")]
fn cognate() -> Result<(), cognate_codegen::Error> {
    // As the peers do, the types drop unknown fields.
    cognate_codegen::Config::new()
        .ownership(cognate_codegen::Ownership::Both)
        .unknown_fields(false)
        .file_name("cognate_thrift.rs")
        .compile(&["thrift/log.thrift", "thrift/mixed.thrift", "thrift/footer.thrift", "thrift/reader.thrift"])
}
