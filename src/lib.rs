//! One schema toolkit for Avro, Protocol Buffers and Thrift.
