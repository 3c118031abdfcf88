// A judge around npm `thrift`. See ../PROTOCOL.md.

"use strict";

const thrift = require("thrift");
const { Refused, parse, print } = require("./neutral");
const { Schema } = require("./schema");
const { readStruct, writeStruct } = require("./plain");

const VERSION = require("thrift/package.json").version;
const PROTOCOLS = {
  binary: (transport) => new thrift.TBinaryProtocol(transport),
  // Messages without a version.
  "binary-old": (transport) => new thrift.TBinaryProtocol(transport, false, false),
  compact: (transport) => new thrift.TCompactProtocol(transport),
};

function serve(request) {
  switch (request.op) {
    case "hello":
      return { library: "thrift for Node", version: VERSION };
    case "encode":
      return { hex: encode(schemaOf(request.schema), request).toString("hex") };
    case "decode":
      return decode(schemaOf(request.schema), request);
    default:
      throw new Refused("request", `there is no op ${request.op}`);
  }
}

function encode(schema, { struct, protocol, value, message, order = "rising" }) {
  let written = Buffer.alloc(0);
  const transport = new thrift.TBufferedTransport(null, (bytes) => {
    written = bytes;
  });
  const output = protocolOf(protocol, transport);
  refusing("value", () => {
    if (message) output.writeMessageBegin(message.name, message.kind, message.sequence);
    writeStruct(output, schema, struct, value, order);
    if (message) output.writeMessageEnd();
    output.flush();
  });
  return written;
}

function decode(schema, { struct, protocol, hex, message }) {
  const data = Buffer.from(hex, "hex");
  let transport;
  thrift.TBufferedTransport.receiver((received) => {
    transport = received;
  })(data);
  const input = protocolOf(protocol, transport);
  return refusing("data", () => {
    const envelope = message ? input.readMessageBegin() : null;
    const value = readStruct(input, schema, struct);
    if (message) input.readMessageEnd();
    const answer = { value, read: transport.readCursor };
    if (message) {
      // Of messages without a version, the name is handed out as bytes.
      answer.message = { name: envelope.fname.toString(), kind: envelope.mtype, sequence: envelope.rseqid };
    }
    return answer;
  });
}

// What the library throws is its refusal; there is nothing by which to tell one kind of error from another.
function refusing(kind, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(kind, `${error.name}: ${error.message}`);
  }
}

function protocolOf(name, transport) {
  const make = PROTOCOLS[name];
  if (!make) throw new Refused("unsupported", `the protocol ${name}`);
  return make(transport);
}

let last = { description: null, schema: null };

function schemaOf(description) {
  const text = JSON.stringify(description);
  if (last.description !== text) last = { description: text, schema: new Schema(description) };
  return last.schema;
}

// The library makes its buffers in a way that Node warns of.
process.noDeprecation = true;
process.stdin.setEncoding("utf8");
let begun = "";
// Not by `readline`, for which a line also ends at U+2028.
process.stdin.on("data", (chunk) => {
  const lines = (begun + chunk).split("\n");
  begun = lines.pop();
  lines.forEach(answer);
});

function answer(line) {
  const request = parse(line);
  const answer = { id: request.id };
  try {
    answer.ok = serve(request);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    answer.error = { kind: error.kind, message: error.message };
  }
  process.stdout.write(`${print(answer)}\n`);
}
