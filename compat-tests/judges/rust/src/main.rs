//! A judge around the crate `thrift`. See ../../PROTOCOL.md.

mod plain;
mod schema;

use std::io::{self, BufRead as _, Cursor, Write as _};
use std::panic::{self, AssertUnwindSafe};

use serde_json::{Value, json};
use thrift::protocol::{
    TBinaryInputProtocol, TBinaryOutputProtocol, TCompactInputProtocol, TCompactOutputProtocol, TInputProtocol,
    TMessageIdentifier, TMessageType, TOutputProtocol,
};

use crate::plain::{Order, Reading, Writing};
use crate::schema::Schema;

/// The version that Cargo.toml pins.
const VERSION: &str = "0.25.0";

/// An answer of some kind in place of a result.
struct Refused(&'static str, String);

fn main() -> io::Result<()> {
    // What the library panics over is told in the answer.
    panic::set_hook(Box::new(|_| {}));
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let mut answer = json!({"id": request["id"]});
        let served = panic::catch_unwind(AssertUnwindSafe(|| serve(&request)));
        let served = served.unwrap_or_else(|payload| {
            let kind = if request["op"] == "encode" { "value" } else { "data" };
            let text = payload.downcast_ref::<String>().cloned();
            let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(Refused(kind, format!("panic: {}", text.unwrap_or_default())))
        });
        match served {
            Ok(ok) => answer["ok"] = ok,
            Err(Refused(kind, message)) => answer["error"] = json!({"kind": kind, "message": message}),
        }
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn serve(request: &Value) -> Result<Value, Refused> {
    match text(request, "op")? {
        "hello" => Ok(json!({"library": "thrift for Rust", "version": VERSION})),
        "encode" => encode(request),
        "decode" => decode(request),
        other => Err(Refused("request", format!("there is no op {other}"))),
    }
}

fn encode(request: &Value) -> Result<Value, Refused> {
    let schema = Schema::new(&request["schema"]).map_err(wrong)?;
    let order = match request["order"].as_str() {
        None | Some("rising") => Order::Rising,
        Some("falling") => Order::Falling,
        Some("given") => Order::Given,
        Some(other) => return Err(wrong(format!("there is no order {other}"))),
    };
    let mut bytes = Vec::new();
    let mut protocol: Box<dyn TOutputProtocol + '_> = match text(request, "protocol")? {
        "binary" => Box::new(TBinaryOutputProtocol::new(&mut bytes, true)),
        "binary-old" => Box::new(TBinaryOutputProtocol::new(&mut bytes, false)),
        "compact" => Box::new(TCompactOutputProtocol::new(&mut bytes)),
        other => return Err(Refused("unsupported", format!("the protocol {other}"))),
    };
    let message = request["message"].is_object().then_some(&request["message"]);
    let refused = |error: thrift::Error| Refused("value", error.to_string());
    if let Some(message) = message {
        let number = |name: &str| message[name].as_i64().ok_or_else(|| wrong(format!("no {name}")));
        let kind = u8::try_from(number("kind")?).map_err(|error| wrong(error.to_string()))?;
        let sequence = i32::try_from(number("sequence")?).map_err(|error| wrong(error.to_string()))?;
        let kind = TMessageType::try_from(kind).map_err(refused)?;
        let message = TMessageIdentifier::new(text(message, "name")?, kind, sequence);
        protocol.write_message_begin(&message).map_err(refused)?;
    }
    Writing { schema: &schema, order, to: &mut *protocol }
        .structure(text(request, "struct")?, &request["value"])
        .map_err(refused)?;
    if message.is_some() {
        protocol.write_message_end().map_err(refused)?;
    }
    drop(protocol);
    Ok(json!({"hex": hex::encode(bytes)}))
}

fn decode(request: &Value) -> Result<Value, Refused> {
    let schema = Schema::new(&request["schema"]).map_err(wrong)?;
    let data = hex::decode(text(request, "hex")?).map_err(|error| wrong(error.to_string()))?;
    let mut cursor = Cursor::new(&data);
    let mut protocol: Box<dyn TInputProtocol + '_> = match text(request, "protocol")? {
        "binary" | "binary-old" => Box::new(TBinaryInputProtocol::new(&mut cursor, false)),
        "compact" => Box::new(TCompactInputProtocol::new(&mut cursor)),
        other => return Err(Refused("unsupported", format!("the protocol {other}"))),
    };
    let refused = |error: thrift::Error| Refused("data", error.to_string());
    let is_message = request["message"] == true;
    let mut answer = json!({});
    if is_message {
        let message = protocol.read_message_begin().map_err(refused)?;
        let kind = u8::from(message.message_type);
        answer["message"] = json!({"name": message.name, "kind": kind, "sequence": message.sequence_number});
    }
    let read = Reading { schema: &schema, from: &mut *protocol }.structure(text(request, "struct")?);
    answer["value"] = read.map_err(refused)?;
    if is_message {
        protocol.read_message_end().map_err(refused)?;
    }
    drop(protocol);
    answer["read"] = cursor.position().into();
    Ok(answer)
}

fn text<'a>(request: &'a Value, name: &str) -> Result<&'a str, Refused> {
    request[name].as_str().ok_or_else(|| wrong(format!("no {name}")))
}

fn wrong(fault: String) -> Refused {
    Refused("request", fault)
}
