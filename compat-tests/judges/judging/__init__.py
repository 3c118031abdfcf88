"""Python implementations of Avro and Thrift behind one protocol; see PROTOCOL.md."""
