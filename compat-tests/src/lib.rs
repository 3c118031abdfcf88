//! Golden vectors and tests against the reference implementations
