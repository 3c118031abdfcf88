//! The other Avro libraries, each used as its documentation recommends for speed.

pub mod apache_avro;
pub mod serde_avro_fast;
