//! The binary as its users see it: output, messages, exit status.

mod canon_fingerprint;
mod compat;
mod compat_git;
mod compat_surfaces;
mod compile;
mod containers;
mod decode;
mod encode;
mod general;
mod jobs;
mod resolve;
mod sample;
mod support;
mod thrift_compat;
mod thrift_data;
mod thrift_dialects;
mod thrift_messages;
mod validate;
