//! The rules.

use crate::compat::rule::{DATA, JSON, SOURCE, WIRE, table};

table! {
    "avro", "Avro schemas";
    /// A reader's field is not in the data and has no default.
    READER_FIELD_WITHOUT_DEFAULT = Error "reader-field-without-default",
        "a field that the writer lacks has no default in the reader's schema", "Avro 1.12, Schema Resolution", BOTH, DATA,
        "A reader fills a field that is not in the data with the field's default. Without one it cannot read any such record. \
         Adding a field without a default breaks new readers of old data; removing a field that has no default in the old \
         schema breaks old readers of new data. A renamed field is both, unless the new schema names the old one as an alias.",
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "name", "type": "string"}]}"# =>
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "name", "type": "string"},
  {"name": "country", "type": "string"}]}"# BACKWARD;
    /// A writer's type cannot become the reader's.
    TYPE_MISMATCH = Error "type-mismatch", "a type cannot become another", "Avro 1.12, Schema Resolution", BOTH, DATA,
        "Apart from equal types a reader takes int for long, float and double, long for float and double, float for double, and \
         string and bytes for one another. Nothing narrows. Decimals match only when precision and scale are equal. A branch \
         of the writer's union fails when a value of that branch is met, such as null in a field that is no longer nullable.",
        r#"{"type": "record", "name": "Order", "fields": [
  {"name": "count", "type": "int"}]}"# =>
        r#"{"type": "record", "name": "Order", "fields": [
  {"name": "count", "type": "long"}]}"# FORWARD;
    /// Two named types have different names.
    NAME_MISMATCH = Error "name-mismatch", "a named type has another name, and no alias joins them",
        "Avro 1.12, Schema Resolution; Aliases", BOTH, WIRE,
        "Records, enums and fixed match by their unqualified names, or when the full name of the writer's type is among the \
         aliases of the reader's. A renamed type without the alias cannot be read at all.",
        r#"{"type": "record", "name": "shop.Customer", "fields": [
  {"name": "name", "type": "string"}]}"# =>
        r#"{"type": "record", "name": "shop.Buyer", "fields": [
  {"name": "name", "type": "string"}]}"# BOTH;
    /// A writer's symbol is not among the reader's.
    MISSING_ENUM_SYMBOLS = Error "missing-enum-symbols",
        "a symbol is not in the reader's enum, which has no default", "Avro 1.12, Schema Resolution; Enums", BOTH, DATA,
        "A symbol that the reader's enum lacks becomes the default of that enum; without one, a value with the symbol cannot be \
         read. The default of a field does not help. Removing a symbol breaks new readers of old data, adding one breaks old \
         readers of new data.",
        r#"{"type": "enum", "name": "Size", "symbols": ["S", "M", "L"]}"# =>
        r#"{"type": "enum", "name": "Size", "symbols": ["S", "M", "L", "XL"]}"# FORWARD;
    /// Two fixed types have different sizes.
    FIXED_SIZE_MISMATCH = Error "fixed-size-mismatch", "a fixed has another size", "Avro 1.12, Schema Resolution", BOTH, DATA,
        "The size of a fixed decides how many bytes are read, so two fixed types match only when their sizes are equal. A value \
         of another size needs a field of its own.",
        r#"{"type": "fixed", "name": "Digest", "size": 16}"# =>
        r#"{"type": "fixed", "name": "Digest", "size": 32}"# BOTH;
    /// A writer's type fits no branch of the reader's union.
    MISSING_UNION_BRANCH = Error "missing-union-branch", "a type fits no branch of the reader's union",
        "Avro 1.12, Schema Resolution; Unions", BOTH, DATA,
        "A value is read as the branch of the reader's union that matches its type. Removing a branch breaks new readers of \
         old data that has it; adding one breaks old readers of new data that has it.",
        r#"{"type": "record", "name": "Note", "fields": [
  {"name": "text", "type": ["null", "string", "long"]}]}"# =>
        r#"{"type": "record", "name": "Note", "fields": [
  {"name": "text", "type": ["null", "string"]}]}"# BACKWARD;
    /// A default is another.
    CHANGED_DEFAULT = Warning "changed-default", "a default is another than before", "Avro 1.12, Records; Enums", NONE, DATA,
        "A field that is not in the data takes the default of the schema that reads it, and so does a symbol that an enum does \
         not know. Readers with the old schema and with the new one understand the same data differently from now on.",
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "active", "type": "boolean", "default": true}]}"# =>
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "active", "type": "boolean", "default": false}]}"# NONE;
    /// A logical type is another, or there is none any more.
    CHANGED_LOGICAL_TYPE = Warning "changed-logical-type", "values are given another meaning by another logical type",
        "Avro 1.12, Logical Types", NONE, DATA,
        "Schema resolution does not convert between logical types: the bytes are read as they are, and a number of milliseconds \
         is taken for one of microseconds, or an unscaled decimal for bare bytes. Nothing fails; the values are wrong. Give \
         values of another unit a field of their own.",
        r#"{"type": "record", "name": "Event", "fields": [
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"# =>
        r#"{"type": "record", "name": "Event", "fields": [
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}"# NONE;
    /// Implementations choose different branches of a union.
    AMBIGUOUS_UNION = Warning "ambiguous-union", "implementations read a value as different branches of a union",
        "Avro 1.12, Schema Resolution; Java SchemaCompatibility and ResolvingGrammarGenerator", NONE, WIRE,
        "The specification takes the first branch of the reader's union that matches. Java, and Cognate with it, prefers a \
         branch of the same type and full name. Where an earlier branch matches by promotion, by its unqualified name or by an \
         alias, the two choose differently, and so do the libraries that follow either. Put the exact branch first.",
        r#"{"type": "record", "name": "Reading", "fields": [
  {"name": "value", "type": "int"}]}"# =>
        r#"{"type": "record", "name": "Reading", "fields": [
  {"name": "value", "type": ["double", "int"]}]}"# FORWARD;
    /// Bytes are read as text.
    BYTES_TO_STRING = Warning "bytes-to-string", "bytes that are not UTF-8 cannot be read as a string",
        "Avro 1.12, Schema Resolution", NONE, WIRE,
        "Bytes are promoted to string as they are. Schema resolution calls that compatible, but a value that is not UTF-8 cannot \
         be read. It is safe only where all writers have written text.",
        r#"{"type": "record", "name": "Note", "fields": [
  {"name": "text", "type": "bytes"}]}"# =>
        r#"{"type": "record", "name": "Note", "fields": [
  {"name": "text", "type": "string"}]}"# NONE;
    /// A number is rounded.
    LOSSY_PROMOTION = Warning "lossy-promotion", "large integers are rounded when they are read",
        "Avro 1.12, Schema Resolution", NONE, DATA,
        "A float holds integers exactly up to 2^24, a double up to 2^53. Greater ones are rounded to the nearest when an int is \
         read as a float or a long as a float or double.",
        r#"{"type": "record", "name": "Account", "fields": [
  {"name": "id", "type": "long"}]}"# =>
        r#"{"type": "record", "name": "Account", "fields": [
  {"name": "id", "type": "double"}]}"# FORWARD;
    /// A key of the JSON form is another.
    JSON_RENAMED_KEY = Error "json-renamed-key", "a field has another key in JSON",
        "Avro 1.12, JSON Encoding; Aliases", BOTH, JSON,
        "In JSON a field stands under its name. Aliases join names only where the writer's schema is at hand, which readers of \
         JSON do not have: they do not find the value under the new name, and take the default, if there is one, for it.",
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "mail", "type": "string"}]}"# =>
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "email", "aliases": ["mail"], "type": "string"}]}"# BOTH;
    /// A symbol is text that a reader of JSON does not know.
    JSON_UNKNOWN_SYMBOL = Error "json-unknown-symbol", "a symbol is not known to readers of JSON",
        "Avro 1.12, JSON Encoding; Enums", BOTH, JSON,
        "The default of an enum stands in for symbols that only the writer's schema has. Readers of JSON have their own schema \
         alone, in which such a symbol is no value.",
        r#"{"type": "enum", "name": "Size", "symbols": ["S", "M", "L"], "default": "M"}"# =>
        r#"{"type": "enum", "name": "Size", "symbols": ["S", "M", "L", "XL"], "default": "M"}"# FORWARD;
    /// A union's value stands in JSON under another name.
    JSON_UNION_BRANCH = Error "json-union-branch", "a value stands in JSON under another branch, or under one or none",
        "Avro 1.12, JSON Encoding", BOTH, JSON,
        "The JSON encoding writes a union's value as an object with the branch's name for its key, and null and the values of \
         other types bare. So a type that becomes a union, a branch of another type or another full name, all of which the \
         binary form allows, change the text.",
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "age", "type": "int"}]}"# =>
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "age", "type": ["int", "null"]}]}"# BOTH;
    /// Bytes become text, or text bytes.
    JSON_BYTES = Error "json-bytes", "text and bytes are written differently in JSON", "Avro 1.12, JSON Encoding", BOTH, JSON,
        "String and bytes are alike in the binary form. In JSON bytes are written as code points up to 255, or as base64, which \
         text is not.",
        r#"{"type": "record", "name": "Note", "fields": [
  {"name": "text", "type": "string"}]}"# =>
        r#"{"type": "record", "name": "Note", "fields": [
  {"name": "text", "type": "bytes"}]}"# BOTH;
    /// A generated type has another name.
    SOURCE_RENAMED_TYPE = Error "source-renamed-type", "a generated type has another name", "Cognate, generated Rust", BOTH, SOURCE,
        "Generated types are named after the schema's, and their modules after its namespaces. Code that uses the former name no \
         longer compiles.",
        r#"{"type": "record", "name": "shop.Customer", "fields": []}"# =>
        r#"{"type": "record", "name": "shop.Buyer", "aliases": ["Customer"], "fields": []}"# BOTH;
    /// A generated struct has another set of fields.
    SOURCE_CHANGED_FIELDS = Error "source-changed-fields", "a generated struct has gained, lost or renamed a field",
        "Cognate, generated Rust", BOTH, SOURCE,
        "Code that reads a field which is gone no longer compiles, nor does code that builds or takes apart the struct and does \
         not name a field that has come.",
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "name", "type": "string"}]}"# =>
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "name", "type": "string"},
  {"name": "country", "type": "string", "default": ""}]}"# BOTH;
    /// A generated field or variant has another type.
    SOURCE_CHANGED_TYPE = Error "source-changed-type", "a generated field has another type", "Cognate, generated Rust", BOTH, SOURCE,
        "A wider number, a union with null (an `Option`), another branch of a union (an arm of an enum), another size of a fixed: \
         each is another type in Rust, and code that uses the former no longer compiles.",
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "age", "type": "int"}]}"# =>
        r#"{"type": "record", "name": "User", "fields": [
  {"name": "age", "type": ["int", "null"]}]}"# BOTH;
    /// A generated enum has other variants.
    SOURCE_CHANGED_SYMBOLS = Error "source-changed-symbols", "a generated enum has gained or lost a variant",
        "Cognate, generated Rust", BOTH, SOURCE,
        "Code that names a variant which is gone no longer compiles, nor does a `match` that does not name one that has come.",
        r#"{"type": "enum", "name": "Size", "symbols": ["S", "M"], "default": "S"}"# =>
        r#"{"type": "enum", "name": "Size", "symbols": ["S", "M", "L"], "default": "S"}"# BOTH;
}
