//! Schema text to checked model
