//! Programs that use the Cognate crates
