"""Python implementations of Avro behind one protocol; see PROTOCOL.md."""
