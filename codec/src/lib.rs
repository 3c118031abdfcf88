//! Bytes to values and back: the wire formats of Cognate
