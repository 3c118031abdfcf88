// The description of structs that tests pass; see ../PROTOCOL.md.

"use strict";

const { Thrift } = require("thrift");

const CODES = {
  bool: Thrift.Type.BOOL,
  i8: Thrift.Type.BYTE,
  i16: Thrift.Type.I16,
  i32: Thrift.Type.I32,
  i64: Thrift.Type.I64,
  double: Thrift.Type.DOUBLE,
  string: Thrift.Type.STRING,
  binary: Thrift.Type.STRING,
  uuid: Thrift.Type.UUID,
  list: Thrift.Type.LIST,
  set: Thrift.Type.SET,
  map: Thrift.Type.MAP,
  struct: Thrift.Type.STRUCT,
};

/** Structs by name, their fields by id. */
class Schema {
  constructor(description) {
    this.structs = {};
    for (const [name, fields] of Object.entries(description)) {
      const made = fields.map(({ id, name, type, required }) => ({ id, name, required, kind: kindOf(type) }));
      this.structs[name] = made.sort((a, b) => a.id - b.id);
    }
  }

  fields(name) {
    return this.structs[name];
  }
}

/** A type: its word, its code on the wire, what it is made of, and a struct's name. */
function kindOf(described) {
  if (typeof described === "string") return { word: described, code: CODES[described], parts: [] };
  const [[word, inner]] = Object.entries(described);
  if (word === "struct") return { word, code: CODES[word], parts: [], name: inner };
  const parts = word === "map" ? inner : [inner];
  return { word, code: CODES[word], parts: parts.map(kindOf) };
}

module.exports = { Schema };
