//! Verdicts on Thrift definitions: what is called compatible reads as it was written, and what is called a fault fails or is read as
//! something else, in both directions and both protocols, in our own code and in the Apache package for Python.

mod calls;
mod meant;
mod random;
mod rows;
