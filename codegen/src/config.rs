//! What is generated, and how.

use std::path::{Path, PathBuf};

/// Settings of code generation.
///
/// In a `build.rs`:
///
/// ```no_run
/// use cognate_codegen::Config;
///
/// fn main() -> Result<(), cognate_codegen::Error> {
///     Config::new().include("schemas/shared").compile(&["schemas/order.avsc"])
/// }
/// ```
///
/// and in the crate:
///
/// ```text
/// mod schemas {
///     include!(concat!(env!("OUT_DIR"), "/cognate.rs"));
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) include: Vec<PathBuf>,
    pub(crate) out_dir: Option<PathBuf>,
    pub(crate) facade: String,
    pub(crate) ownership: Ownership,
    pub(crate) maps: Maps,
    pub(crate) time: Time,
    pub(crate) uuid: bool,
    pub(crate) decimal: bool,
    pub(crate) unknown_fields: bool,
    pub(crate) file_name: String,
}

/// Whether types own their text and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ownership {
    /// One type `User` that owns all it has.
    #[default]
    Owned,
    /// One type `User<'a>` that borrows text and bytes from the input.
    Borrowed,
    /// Both: `User` owns, and `UserView<'a>` borrows. Types without text and bytes have no view, since it would be the same.
    Both,
}

/// The Rust type of maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Maps {
    /// `BTreeMap`, which keeps its keys in order.
    #[default]
    BTreeMap,
    /// `HashMap`.
    HashMap,
}

/// The Rust types of dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Time {
    /// Plain integers, and 12 bytes for a duration.
    #[default]
    Integers,
    /// Types of the crate `chrono`; the facade's feature of that name has to be on.
    Chrono,
    /// Types of the crate `jiff`; the facade's feature of that name has to be on.
    Jiff,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            include: Vec::new(),
            out_dir: None,
            facade: "::cognate".to_owned(),
            ownership: Ownership::default(),
            maps: Maps::default(),
            time: Time::default(),
            uuid: false,
            decimal: false,
            unknown_fields: true,
            file_name: "cognate.rs".to_owned(),
        }
    }
}

impl Config {
    /// Owned types, ordered maps, logical types as plain numbers, text and bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a folder with further schemas, whose types may be named. Of them, those that are named are generated. Thrift
    /// files find there what they include.
    #[must_use]
    pub fn include(mut self, folder: impl AsRef<Path>) -> Self {
        self.include.push(folder.as_ref().to_owned());
        self
    }

    /// Writes into a folder other than the one that Cargo gives to a `build.rs`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.out_dir = Some(folder.as_ref().to_owned());
        self
    }

    /// Writes a file of this name rather than `cognate.rs`, so that several parts of a crate have a file each.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// Finds the crate `cognate` under another path than `::cognate`.
    #[must_use]
    pub fn facade(mut self, path: impl Into<String>) -> Self {
        self.facade = path.into();
        self
    }

    /// Whether types own their text and bytes.
    #[must_use]
    pub fn ownership(mut self, ownership: Ownership) -> Self {
        self.ownership = ownership;
        self
    }

    /// The Rust type of maps.
    #[must_use]
    pub fn maps(mut self, maps: Maps) -> Self {
        self.maps = maps;
        self
    }

    /// The Rust types of dates and times.
    #[must_use]
    pub fn time(mut self, time: Time) -> Self {
        self.time = time;
        self
    }

    /// UUIDs as `uuid::Uuid`; the facade's feature `uuid` has to be on.
    #[must_use]
    pub fn uuid(mut self, real: bool) -> Self {
        self.uuid = real;
        self
    }

    /// Decimals as `rust_decimal::Decimal`; the facade's feature `rust_decimal` has to be on. Decimals of more than 28
    /// digits stay bytes, since that type has no room for them.
    #[must_use]
    pub fn decimal(mut self, real: bool) -> Self {
        self.decimal = real;
        self
    }

    /// Whether types of tagged formats (Thrift) keep what the schema does not have, so that it survives a read and a write:
    /// structs in a field `unknown_fields`, unions in an arm `Unknown`. They do unless this is switched off; enums always
    /// have a variant for numbers that the schema does not have.
    #[must_use]
    pub fn unknown_fields(mut self, kept: bool) -> Self {
        self.unknown_fields = kept;
        self
    }
}
