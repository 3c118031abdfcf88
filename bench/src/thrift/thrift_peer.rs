//! The crate `thrift`, with structs as its compiler would write them: a loop over field headers, a match on the ids.

use thrift::Result;
use thrift::protocol::{TFieldIdentifier, TInputProtocol, TListIdentifier, TOutputProtocol, TStructIdentifier, TType};

use crate::data::log::{self, LogRecord};
use crate::messages::Suite;
use crate::task::{Operation, Role};

const NAME: &str = "thrift";

/// A protocol's two ways.
#[derive(Clone, Copy)]
pub(super) struct Codec {
    pub(super) decode: fn(&[u8]) -> Result<Logs>,
    pub(super) encode: fn(&Logs, &mut Vec<u8>) -> Result<()>,
}

impl Codec {
    /// Encodes behind the bytes that are there.
    pub(super) fn encode(&self, value: &Logs, out: &mut Vec<u8>) {
        (self.encode)(value, out).expect("a vector grows");
    }

    /// Adds its tasks. It has no borrowed decode.
    pub(super) fn add(self, suite: &mut Suite) {
        suite.decode(Operation::DecodeOwned, (NAME, Role::Peer), self.decode, |value, logs| value == Logs::from(logs));
        suite.encode((NAME, Role::Peer), Logs::from(suite.logs), move |value, out| self.encode(value, out));
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Logs {
    entries: Vec<Log>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Log {
    address: log::Address,
    identity: String,
    userid: String,
    date: String,
    request: String,
    code: i32,
    size: i64,
}

/// Reads the list of records.
pub(super) fn read(protocol: &mut impl TInputProtocol) -> Result<Logs> {
    let mut logs = Logs::default();
    fields(protocol, |protocol, id| {
        match id {
            1 => {
                let list = protocol.read_list_begin()?;
                logs.entries = Vec::with_capacity(usize::try_from(list.size).unwrap_or_default());
                for _ in 0..list.size {
                    logs.entries.push(read_log(protocol)?);
                }
                protocol.read_list_end()?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(logs)
}

fn read_log(protocol: &mut impl TInputProtocol) -> Result<Log> {
    let mut log = Log::default();
    fields(protocol, |protocol, id| {
        match id {
            1 => log.address = read_address(protocol)?,
            2 => log.identity = protocol.read_string()?,
            3 => log.userid = protocol.read_string()?,
            4 => log.date = protocol.read_string()?,
            5 => log.request = protocol.read_string()?,
            6 => log.code = protocol.read_i32()?,
            7 => log.size = protocol.read_i64()?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(log)
}

fn read_address(protocol: &mut impl TInputProtocol) -> Result<log::Address> {
    let mut address = log::Address::default();
    fields(protocol, |protocol, id| {
        match id {
            1 => address.x0 = protocol.read_i32()?,
            2 => address.x1 = protocol.read_i32()?,
            3 => address.x2 = protocol.read_i32()?,
            4 => address.x3 = protocol.read_i32()?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(address)
}

/// The loop over a struct's fields; `take` says whether it knew the field.
#[inline(always)]
fn fields<P: TInputProtocol>(protocol: &mut P, mut take: impl FnMut(&mut P, i16) -> Result<bool>) -> Result<()> {
    protocol.read_struct_begin()?;
    loop {
        let field = protocol.read_field_begin()?;
        if field.field_type == TType::Stop {
            break;
        }
        if !take(protocol, field.id.expect("only a stop has no id"))? {
            protocol.skip(field.field_type)?;
        }
        protocol.read_field_end()?;
    }
    protocol.read_struct_end()
}

/// Writes the list of records.
pub(super) fn write(logs: &Logs, protocol: &mut impl TOutputProtocol) -> Result<()> {
    protocol.write_struct_begin(&TStructIdentifier::new("Logs"))?;
    protocol.write_field_begin(&TFieldIdentifier::new("entries", TType::List, 1))?;
    protocol.write_list_begin(&TListIdentifier::new(
        TType::Struct,
        i32::try_from(logs.entries.len()).expect("ten thousand"),
    ))?;
    for log in &logs.entries {
        write_log(log, protocol)?;
    }
    protocol.write_list_end()?;
    end(protocol)
}

fn write_log(log: &Log, protocol: &mut impl TOutputProtocol) -> Result<()> {
    protocol.write_struct_begin(&TStructIdentifier::new("Log"))?;
    protocol.write_field_begin(&TFieldIdentifier::new("address", TType::Struct, 1))?;
    write_address(log.address, protocol)?;
    protocol.write_field_end()?;
    let texts = [
        ("identity", 2, &log.identity),
        ("userid", 3, &log.userid),
        ("date", 4, &log.date),
        ("request", 5, &log.request),
    ];
    for (name, id, text) in texts {
        protocol.write_field_begin(&TFieldIdentifier::new(name, TType::String, id))?;
        protocol.write_string(text)?;
        protocol.write_field_end()?;
    }
    protocol.write_field_begin(&TFieldIdentifier::new("code", TType::I32, 6))?;
    protocol.write_i32(log.code)?;
    protocol.write_field_end()?;
    protocol.write_field_begin(&TFieldIdentifier::new("size", TType::I64, 7))?;
    protocol.write_i64(log.size)?;
    end(protocol)
}

fn write_address(address: log::Address, protocol: &mut impl TOutputProtocol) -> Result<()> {
    protocol.write_struct_begin(&TStructIdentifier::new("Address"))?;
    for (name, id, octet) in
        [("x0", 1, address.x0), ("x1", 2, address.x1), ("x2", 3, address.x2), ("x3", 4, address.x3)]
    {
        protocol.write_field_begin(&TFieldIdentifier::new(name, TType::I32, id))?;
        protocol.write_i32(octet)?;
        protocol.write_field_end()?;
    }
    protocol.write_field_stop()?;
    protocol.write_struct_end()
}

/// The end of a struct's last field, and of the struct.
fn end(protocol: &mut impl TOutputProtocol) -> Result<()> {
    protocol.write_field_end()?;
    protocol.write_field_stop()?;
    protocol.write_struct_end()
}

impl From<&log::Logs<String>> for Logs {
    fn from(logs: &log::Logs<String>) -> Self {
        Self { entries: logs.entries.iter().map(Log::from).collect() }
    }
}

impl From<&LogRecord<String>> for Log {
    fn from(log: &LogRecord<String>) -> Self {
        Self {
            address: log.address,
            identity: log.identity.clone(),
            userid: log.userid.clone(),
            date: log.date.clone(),
            request: log.request.clone(),
            code: log.code,
            size: log.size,
        }
    }
}
