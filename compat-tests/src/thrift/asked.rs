//! The judge of Thrift, asked about a model.

use serde_json::{Value, json};

use super::model::Model;
use crate::implementation::{Answer, Decoded};
use crate::judge::{Judge, Library, judge_or_skip};

/// A protocol, as the judges' protocol calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireProtocol {
    /// Binary; messages with a version.
    Binary,
    /// Binary; messages without a version.
    BinaryOld,
    /// Compact.
    Compact,
    /// JSON with ids and types.
    Json,
    /// Binary as fbthrift has it.
    FbBinary,
    /// Compact as fbthrift has it.
    FbCompact,
}

impl WireProtocol {
    /// The name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::BinaryOld => "binary-old",
            Self::Compact => "compact",
            Self::Json => "json",
            Self::FbBinary => "fb-binary",
            Self::FbCompact => "fb-compact",
        }
    }
}

/// In which order a judge writes a struct's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By id, as generated code does.
    Rising,
    /// The last id first.
    Falling,
}

/// The envelope of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The method.
    pub name: String,
    /// The number of the kind.
    pub kind: u8,
    /// The sequence number, which one judge does not confine to 32 bits with a sign.
    pub sequence: i64,
}

/// One of the Apache project's packages.
#[derive(Debug)]
pub struct ThriftJudge {
    judge: Judge,
}

impl ThriftJudge {
    /// The judge, or `None` after saying aloud that it is skipped; see [`judge_or_skip`].
    pub fn or_skip(library: Library) -> Option<Self> {
        judge_or_skip(library).map(|judge| Self { judge })
    }

    /// Which package this is.
    pub fn library(&self) -> Library {
        self.judge.library()
    }

    /// The implementation's own version.
    pub fn version(&mut self) -> String {
        self.judge.version()
    }

    /// Writes a value of the model's first struct.
    pub fn encode(&mut self, model: &Model, protocol: WireProtocol, order: Order, value: &Value) -> Answer<Vec<u8>> {
        let order = if order == Order::Rising { "rising" } else { "falling" };
        self.bytes(json!({
            "schema": model.description(), "struct": Model::ROOT, "protocol": protocol.name(), "order": order, "value": value,
        }))
    }

    /// Reads a value of the model's first struct.
    pub fn decode(&mut self, model: &Model, protocol: WireProtocol, data: &[u8]) -> Answer<Decoded> {
        let request = json!({
            "schema": model.description(), "struct": Model::ROOT, "protocol": protocol.name(), "hex": hex::encode(data),
        });
        Ok(decoded(&mut self.judge.ask("decode", request)?))
    }

    /// Writes a message with a value of the model's first struct.
    pub fn encode_message(
        &mut self,
        model: &Model,
        protocol: WireProtocol,
        message: &Message,
        value: &Value,
    ) -> Answer<Vec<u8>> {
        let Message { name, kind, sequence } = message;
        self.bytes(json!({
            "schema": model.description(), "struct": Model::ROOT, "protocol": protocol.name(), "value": value,
            "message": {"name": name, "kind": kind, "sequence": sequence},
        }))
    }

    /// Reads a message with a value of the model's first struct.
    ///
    /// # Panics
    ///
    /// When the judge's answer is not as the protocol says.
    pub fn decode_message(&mut self, model: &Model, protocol: WireProtocol, data: &[u8]) -> Answer<(Message, Decoded)> {
        let request = json!({
            "schema": model.description(), "struct": Model::ROOT, "protocol": protocol.name(), "message": true,
            "hex": hex::encode(data),
        });
        let mut answer = self.judge.ask("decode", request)?;
        let number = |name: &str| answer["message"][name].as_i64().expect("the envelope has numbers");
        let message = Message {
            name: answer["message"]["name"].as_str().expect("the envelope has a name").to_owned(),
            kind: u8::try_from(number("kind")).expect("the kind has 3 or 8 bits"),
            sequence: number("sequence"),
        };
        Ok((message, decoded(&mut answer)))
    }

    fn bytes(&mut self, request: Value) -> Answer<Vec<u8>> {
        let answer = self.judge.ask("encode", request)?;
        Ok(hex::decode(answer["hex"].as_str().expect("the judge gives hex")).expect("the judge's hex is hex"))
    }
}

fn decoded(answer: &mut Value) -> Decoded {
    let read = answer["read"].as_u64().and_then(|read| usize::try_from(read).ok());
    let read = read.unwrap_or_else(|| panic!("the judge does not say how much it read: {answer}"));
    Decoded { value: answer["value"].take(), read }
}
