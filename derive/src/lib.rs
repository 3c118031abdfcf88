//! Derive macros of Cognate
