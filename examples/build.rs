//! Compiles the example schemas to Rust.

use cognate_codegen::{Config, Error, Ownership, Time};

fn main() -> Result<(), Error> {
    Config::new()
        .ownership(Ownership::Both)
        .time(Time::Jiff)
        .uuid(true)
        .decimal(true)
        .compile(&["avro/v1/user.avsc", "avro/v1/order.avsc"])?;
    Config::new().file_name("inventory.rs").compile(&["thrift/v1/inventory.thrift"])
}
