// What the compiler's code for Node does with a protocol's methods; values in the neutral form.

"use strict";

const { Int64, Thrift } = require("thrift");

const METHODS = {
  bool: "Bool",
  i8: "Byte",
  i16: "I16",
  i32: "I32",
  i64: "I64",
  double: "Double",
  string: "String",
  binary: "Binary",
  uuid: "Uuid",
  list: "List",
  set: "Set",
};

function writeStruct(output, schema, name, value, order) {
  output.incrementRecursionDepth();
  output.writeStructBegin(name);
  for (const field of inOrder(schema.fields(name), value, order)) {
    if (Object.hasOwn(value, field.name)) {
      output.writeFieldBegin(field.name, field.kind.code, field.id);
      write(output, schema, field.kind, value[field.name], order);
      output.writeFieldEnd();
    } else if (field.required) {
      throw new Thrift.TProtocolException(Thrift.TProtocolExceptionType.UNKNOWN, `Required field ${field.name} is unset!`);
    }
  }
  output.writeFieldStop();
  output.writeStructEnd();
  output.decrementRecursionDepth();
}

function inOrder(fields, value, order) {
  if (order === "falling") return fields.toReversed();
  if (order === "given") {
    const names = Object.keys(value);
    const place = (field) => (names.includes(field.name) ? names.indexOf(field.name) : names.length);
    return fields.toSorted((a, b) => place(a) - place(b));
  }
  return fields;
}

function write(output, schema, kind, value, order) {
  switch (kind.word) {
    case "struct":
      writeStruct(output, schema, kind.name, value, order);
      break;
    case "map": {
      const [key, item] = kind.parts;
      output.writeMapBegin(key.code, item.code, value.$map.length);
      for (const [at, it] of value.$map) {
        write(output, schema, key, at, order);
        write(output, schema, item, it, order);
      }
      output.writeMapEnd();
      break;
    }
    case "list":
    case "set":
      output[`write${METHODS[kind.word]}Begin`](kind.parts[0].code, value.length);
      for (const item of value) write(output, schema, kind.parts[0], item, order);
      output[`write${METHODS[kind.word]}End`]();
      break;
    default:
      output[`write${METHODS[kind.word]}`](fromNeutral(kind, value));
  }
}

function readStruct(input, schema, name) {
  const fields = schema.fields(name);
  const value = {};
  input.incrementRecursionDepth();
  input.readStructBegin();
  for (;;) {
    const { ftype, fid } = input.readFieldBegin();
    if (ftype === Thrift.Type.STOP) break;
    const field = fields.find((field) => field.id === fid);
    if (field && field.kind.code === ftype) {
      value[field.name] = read(input, schema, field.kind);
    } else {
      input.skip(ftype);
    }
    input.readFieldEnd();
  }
  input.readStructEnd();
  input.decrementRecursionDepth();
  const missing = fields.find((field) => field.required && !Object.hasOwn(value, field.name));
  if (missing) {
    throw new Thrift.TProtocolException(Thrift.TProtocolExceptionType.UNKNOWN, `Required field ${missing.name} is unset!`);
  }
  return value;
}

function read(input, schema, kind) {
  switch (kind.word) {
    case "struct":
      return readStruct(input, schema, kind.name);
    case "map": {
      const [key, item] = kind.parts;
      const { size } = input.readMapBegin();
      const entries = [];
      for (let at = 0; at < size; at += 1) entries.push([read(input, schema, key), read(input, schema, item)]);
      input.readMapEnd();
      return { $map: entries };
    }
    case "list":
    case "set": {
      const { size } = input[`read${METHODS[kind.word]}Begin`]();
      const items = [];
      for (let at = 0; at < size; at += 1) items.push(read(input, schema, kind.parts[0]));
      input[`read${METHODS[kind.word]}End`]();
      return items;
    }
    default:
      return toNeutral(kind, input[`read${METHODS[kind.word]}`]());
  }
}

function fromNeutral(kind, value) {
  switch (kind.word) {
    case "i64": {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(BigInt(value));
      return new Int64(bytes);
    }
    case "double":
      return Buffer.from(value.$f64, "hex").readDoubleBE();
    case "binary":
      return Buffer.from(value.$bytes, "hex");
    case "uuid":
      return value.$uuid;
    default:
      return value;
  }
}

function toNeutral(kind, value) {
  switch (kind.word) {
    case "i64":
      return value.buffer.readBigInt64BE(value.offset);
    case "double": {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleBE(value);
      return { $f64: bytes.toString("hex") };
    }
    case "binary":
      return { $bytes: value.toString("hex") };
    case "uuid":
      return { $uuid: value };
    default:
      return value;
  }
}

module.exports = { readStruct, writeStruct };
