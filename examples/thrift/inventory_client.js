// A client of the inventory server, with the Apache project's library for Node and without generated code.
//
// usage: inventory_client.js PORT (framed|buffered) (binary|compact)
//
// Calls every function, checks what comes back, and prints how many calls there were. It connects as an application does, by
// `createConnection` and `createClient`.

"use strict";

const assert = require("assert");
const thrift = require("thrift");

const { Int64 } = thrift;
const { MessageType, TApplicationException, TApplicationExceptionType, Type } = thrift.Thrift;

// Fields by id: their name, code, and the two methods that a protocol has for them.
const text = (name) => [name, Type.STRING, (to, value) => to.writeString(value), (from) => from.readString()];
const i64 = (name) => [name, Type.I64, (to, value) => to.writeI64(value), (from) => from.readI64().toNumber()];
const i32 = (name) => [name, Type.I32, (to, value) => to.writeI32(value), (from) => from.readI32()];
const double = (name) => [name, Type.DOUBLE, (to, value) => to.writeDouble(value), (from) => from.readDouble()];
const struct = (name, fields) => [name, Type.STRUCT, (to, value) => write(to, fields, value), (from) => read(from, fields)];

const ITEM = { 1: text("sku"), 2: i64("quantity"), 3: i32("unit"), 4: double("price"), 5: ["tags", Type.SET, writeTags, readTags] };
const NOT_FOUND = { 1: text("message"), 2: text("sku") };
const MISSING = struct("missing", NOT_FOUND);
const FUNCTIONS = {
  ping: [{}, { 0: i32("success") }],
  put: [{ 1: struct("item", ITEM) }, {}],
  find: [{ 1: text("sku") }, { 0: struct("success", ITEM), 1: MISSING }],
  take: [{ 1: text("sku"), 2: i64("quantity") }, { 0: i64("success"), 1: MISSING, 2: struct("short", { 1: i64("left") }) }],
  all: [{}, { 0: ["success", Type.MAP, null, readItems] }],
  forget: [{ 1: text("sku") }, null],
  unheard: [{}, {}],
};

function writeTags(to, tags) {
  to.writeSetBegin(Type.STRING, tags.length);
  tags.forEach((tag) => to.writeString(tag));
  to.writeSetEnd();
}

function readTags(from) {
  const { size } = from.readSetBegin();
  const tags = Array.from({ length: size }, () => from.readString());
  from.readSetEnd();
  return tags;
}

function readItems(from) {
  const { size } = from.readMapBegin();
  const items = Array.from({ length: size }, () => [from.readString(), read(from, ITEM)]);
  from.readMapEnd();
  return Object.fromEntries(items);
}

function write(to, fields, value) {
  to.writeStructBegin("");
  for (const [id, [name, code, writeField]] of Object.entries(fields)) {
    if (value[name] === undefined) continue;
    to.writeFieldBegin(name, code, Number(id));
    writeField(to, value[name]);
    to.writeFieldEnd();
  }
  to.writeFieldStop();
  to.writeStructEnd();
}

function read(from, fields) {
  const value = {};
  from.readStructBegin();
  for (;;) {
    const { ftype, fid } = from.readFieldBegin();
    if (ftype === Type.STOP) break;
    const [name, code, , readField] = fields[fid] ?? [];
    if (code === ftype) {
      value[name] = readField(from);
    } else {
      from.skip(ftype);
    }
    from.readFieldEnd();
  }
  from.readStructEnd();
  return value;
}

// What the library wants of a service's client: methods that receive by name, and the callbacks of the calls that are out.
class Client {
  constructor(output, protocol) {
    Object.assign(this, { output, protocol, calls: 0, _reqs: {} });
    for (const [name, [, result]] of Object.entries(FUNCTIONS)) {
      this[`recv_${name}`] = (input, kind, sequence) => this.received(input, kind, sequence, result);
    }
  }

  call(name, value = {}) {
    this.calls += 1;
    const [request, result] = FUNCTIONS[name];
    const to = new this.protocol(this.output);
    to.writeMessageBegin(name, result === null ? MessageType.ONEWAY : MessageType.CALL, this.calls);
    write(to, request, value);
    to.writeMessageEnd();
    const answered = new Promise((resolve, reject) => {
      if (result === null) return resolve();
      this._reqs[this.calls] = (fault, answer) => (fault ? reject(fault) : resolve(answer));
    });
    this.output.flush();
    return answered;
  }

  received(input, kind, sequence, result) {
    const callback = this._reqs[sequence];
    delete this._reqs[sequence];
    if (kind === MessageType.EXCEPTION) {
      const fault = new TApplicationException();
      fault.read(input);
      input.readMessageEnd();
      return callback(fault);
    }
    const answer = read(input, result);
    input.readMessageEnd();
    return callback(null, answer);
  }
}

async function check(client) {
  const call = (name, value) => client.call(name, value);
  assert.equal((await call("ping")).success, 0);
  await call("put", { item: { sku: "cup", quantity: 3, price: 2.5, tags: ["blue", "größe"] } });
  await call("put", { item: { sku: "jug", quantity: new Int64("0x10000000000"), unit: 9 } });
  assert.equal((await call("ping")).success, 2);

  const cup = (await call("find", { sku: "cup" })).success;
  cup.tags.sort();
  assert.deepEqual(cup, { sku: "cup", quantity: 3, unit: 1, price: 2.5, tags: ["blue", "größe"] });
  const jug = (await call("find", { sku: "jug" })).success;
  assert.deepEqual(jug, { sku: "jug", quantity: 2 ** 40, unit: 9, tags: [] });
  const missing = await call("find", { sku: "pot" });
  assert.equal(missing.success, undefined);
  assert.equal(missing.missing.sku, "pot");

  // The default of the second argument is that of the server.
  assert.equal((await call("take", { sku: "cup" })).success, 2);
  assert.deepEqual(await call("take", { sku: "cup", quantity: 5 }), { short: { left: 2 } });
  assert.deepEqual(Object.keys((await call("all")).success).sort(), ["cup", "jug"]);
  await call("forget", { sku: "jug" });
  assert.deepEqual(Object.keys((await call("all")).success), ["cup"]);

  await assert.rejects(call("unheard"), (fault) => {
    assert.equal(fault.type, TApplicationExceptionType.UNKNOWN_METHOD);
    return fault.message.includes("unheard");
  });
  // What is wrong with one call leaves the connection to the next.
  await assert.rejects(call("put", { item: { quantity: 1 } }), { type: TApplicationExceptionType.PROTOCOL_ERROR });
  // A text longer than what is received at once, and calls that do not wait for each other.
  const long = call("put", { item: { sku: "x".repeat(100_000) } });
  assert.equal((await call("ping")).success, 2);
  await long;
}

async function main() {
  const [port, transport, protocol] = process.argv.slice(2);
  process.noDeprecation = true;
  const connection = thrift.createConnection("127.0.0.1", Number(port), {
    transport: { framed: thrift.TFramedTransport, buffered: thrift.TBufferedTransport }[transport],
    protocol: { binary: thrift.TBinaryProtocol, compact: thrift.TCompactProtocol }[protocol],
    timeout: 20_000,
  });
  connection.on("error", (error) => {
    throw error;
  });
  const client = thrift.createClient(Client, connection);
  await check(client);
  connection.end();
  console.log(client.calls);
}

main();
