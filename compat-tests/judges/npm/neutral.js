// JSON with whole numbers of any size, and what a judge answers in place of a result.

"use strict";

/** An answer of some kind in place of a result. */
class Refused extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

// A number of so many digits can be past what JavaScript's numbers hold exactly; strings are passed over.
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d{16,}/g;
const PRINTED_LONG = /\{"\$i64":"(-?\d+)"\}/g;

/** Numbers of 16 digits and more become BigInts. */
function parse(line) {
  const marked = line.replace(LONG_NUMBERS, (part) => (part.startsWith('"') ? part : `{"$i64":"${part}"}`));
  return JSON.parse(marked, (_, value) => (typeof value?.$i64 === "string" ? BigInt(value.$i64) : value));
}

/** BigInts become numbers. Within a string the mark has its quotes escaped, and so is not one. */
function print(answer) {
  const marked = JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? { $i64: `${value}` } : value));
  return marked.replace(PRINTED_LONG, "$1");
}

module.exports = { Refused, parse, print };
