//! The rules.

use crate::compat::rule::{DATA, JSON, SOURCE, WIRE, table};

table! {
    "thrift", "changes of Thrift definitions";
    /// A required field of the reader's is one that the writer does not have.
    MISSING_REQUIRED_FIELD = Error "missing-required-field", "a required field is not in the data",
        "Thrift IDL, Field Requiredness", BOTH, DATA,
        "A reader fails on data that lacks a required field. Adding one breaks new readers of old data; removing one breaks old \
         readers of new data. A required field can never be given up, which is why optional fields are the better choice. Where \
         all readers are known not to look (`--required ignored`), nothing breaks.",
        "struct User {\n  1: string name\n}" =>
        "struct User {\n  1: string name,\n  2: required string country\n}" BACKWARD;
    /// A required field of the reader's is one that the writer may leave out.
    UNSET_REQUIRED_FIELD = Error "unset-required-field", "a required field may be missing in the data",
        "Thrift IDL, Field Requiredness", BOTH, DATA,
        "A reader fails on data that lacks a required field, and a writer whose schema does not require it may leave it out. Making \
         a field required breaks new readers of old data; making a required field optional breaks old readers of new data.",
        "struct User {\n  1: required string name\n}" =>
        "struct User {\n  1: optional string name\n}" FORWARD;
    /// A field has another kind.
    TYPE_MISMATCH = Error "type-mismatch", "a field is of another kind on the wire, and is skipped",
        "Thrift binary and Compact protocols, Struct; List and Set; Map", BOTH, WIRE,
        "Every field travels with its id and its kind. A reader that expects another kind skips the field, silently: nothing is \
         converted, not even i32 to i64. The same is true of what lists, sets and maps hold, and of a list that becomes a set. \
         Only string and binary are of one kind, and i32 and enums.",
        "struct Order {\n  1: i32 count\n}" =>
        "struct Order {\n  1: i64 count\n}" BOTH;
    /// A union becomes a struct, or a struct a union.
    UNION_AND_STRUCT = Error "union-and-struct", "a union is read as a struct, or a struct as a union", "Thrift IDL, Union",
        BOTH, DATA,
        "A union is written like a struct that has exactly one field. A reader of a union fails on, or loses, all but one field of \
         a struct, and a reader of a struct gets one of its fields only. A struct and an exception are alike.",
        "struct Contact {\n  1: string mail,\n  2: string phone\n}" =>
        "union Contact {\n  1: string mail,\n  2: string phone\n}" BOTH;
    /// A union lacks a field.
    MISSING_UNION_FIELD = Error "missing-union-field", "a union in the data has a field that the reader does not know",
        "Thrift IDL, Union", BOTH, DATA,
        "A union has one field at a time. A reader that does not know the one that is there gets a union without a value. Adding a \
         field breaks old readers of new data, removing one breaks new readers of old data.",
        "union Shape {\n  1: double circle\n}" =>
        "union Shape {\n  1: double circle,\n  2: double square\n}" FORWARD;
    /// A field has another id.
    CHANGED_ID = Error "changed-id", "a field has another id", "Thrift IDL, Field ID", BOTH, WIRE,
        "On the wire a field is its id. Under another id readers do not find it, or take another field for it. Where no ids are \
         written they follow from the order of the fields, which therefore must not change either.",
        "struct User {\n  1: string name,\n  2: string mail\n}" =>
        "struct User {\n  1: string name,\n  3: string mail\n}" BOTH;
    /// A field has an id that another one had.
    REUSED_ID = Error "reused-id", "a field has an id that another field had", "Thrift IDL, Field ID", BOTH, WIRE,
        "Data and readers from before a field was removed are still there when its id is used again: they take one field for the \
         other. It is found when the versions in between are given, in structs, arguments and exceptions, also of included files and \
         where a struct has got another name; and when a struct reserves the id, by the annotation `(reserved = \"2\")` or in a \
         comment: a line that says of the id that it is reserved or removed, or the field itself, commented out.",
        "struct User {\n  1: string name,\n  // 2: reserved, was mail\n}" =>
        "struct User {\n  1: string name,\n  2: string phone\n}" BOTH;
    /// A value of an enum has a number that another one had.
    REUSED_NUMBER = Error "reused-number", "a value of an enum has a number that another value had", "Thrift IDL, Enum", BOTH, WIRE,
        "Data and readers from before a value was removed are still there when its number is used again: without an error they \
         take one value for the other. It is found when the versions in between are given, and when the enum reserves the number, \
         by the annotation `(reserved = \"2\")` or in a comment: a line that says of the number that it is reserved or removed, or \
         the value itself, commented out.",
        "enum Size {\n  SMALL = 1,\n  // 2: reserved, was LARGE\n}\nstruct Shirt {\n  1: Size size\n}" =>
        "enum Size {\n  SMALL = 1,\n  MEDIUM = 2\n}\nstruct Shirt {\n  1: Size size\n}" BOTH;
    /// A value of an enum has another number.
    RENUMBERED_VALUE = Error "renumbered-value", "a value of an enum has another number", "Thrift IDL, Enum", BOTH, WIRE,
        "Enums travel as numbers. When a name gets another number, data is read without an error as another value. Where no numbers \
         are written, a value that is put between others renumbers those behind it.",
        "enum Size {\n  SMALL,\n  LARGE\n}\nstruct Shirt {\n  1: Size size\n}" =>
        "enum Size {\n  SMALL,\n  MEDIUM,\n  LARGE\n}\nstruct Shirt {\n  1: Size size\n}" BOTH;
    /// An enum has no value for a number.
    UNKNOWN_VALUE = Warning "unknown-value", "a value of an enum is not known to the reader", "Thrift IDL, Enum", BOTH, DATA,
        "Readers with open enums take any number, and can pass it on. Those with closed enums fail, or lose the field (Java, older \
         Rust). It is a warning, and an error where readers are said to have closed enums (`--enums closed`).",
        "enum Size {\n  SMALL = 1\n}\nstruct Shirt {\n  1: Size size\n}" =>
        "enum Size {\n  SMALL = 1,\n  LARGE = 2\n}\nstruct Shirt {\n  1: Size size\n}" NONE;
    /// Bytes are read as text.
    BYTES_TO_STRING = Warning "bytes-to-string", "bytes that are not UTF-8 cannot be read as a string", "Thrift IDL, Base Types",
        NONE, WIRE,
        "A string and a binary are alike on the wire. Text is always good bytes; bytes are text only where they are UTF-8, and many \
         readers fail otherwise.",
        "struct Note {\n  1: string text\n}" =>
        "struct Note {\n  1: binary text\n}" NONE;
    /// A default is another.
    CHANGED_DEFAULT = Warning "changed-default", "a default has changed", "Thrift IDL, Default Values", NONE, DATA,
        "Where data lacks a field, each reader takes its own default: the same data means different things to old readers and to \
         new ones.",
        "struct Page {\n  1: optional i32 size = 10\n}" =>
        "struct Page {\n  1: optional i32 size = 20\n}" NONE;
    /// A field becomes optional, or ceases to be.
    CHANGED_PRESENCE = Warning "changed-presence", "a field has become optional, or is so no more", "Thrift IDL, Field Requiredness",
        NONE, WIRE,
        "Readers take either. But a field that is neither required nor optional is always written, an optional one only when it is \
         set, and in many languages the type in generated code is another.",
        "struct User {\n  1: string name\n}" =>
        "struct User {\n  1: optional string name\n}" NONE;
    /// Nothing keeps the id of a removed field from being used again.
    UNRESERVED_ID = Warning "unreserved-id", "a field is gone, and its id is not reserved", "Thrift IDL, Field ID", NONE, WIRE,
        "Data with the field stays, so its id must never be that of another one. Thrift has no word for that; a comment in the \
         struct that says so of the id, the field itself, commented out, or the annotation `(reserved = \"2\")` tells those who come \
         later.",
        "struct User {\n  1: string name,\n  2: optional string mail\n}" =>
        "struct User {\n  1: string name\n}" NONE;
    /// A service has lost a method.
    REMOVED_METHOD = Error "removed-method", "a service has lost a method", "Thrift IDL, Service", BOTH, WIRE,
        "Calls go by the method's name. A server answers one that it does not know with an error, and a client that has lost the \
         method can no longer make the call that a server may exist for. A renamed method is a removed one. A method that moves to \
         a service that this one extends stays.",
        "service Calculator {\n  i32 add(1: i32 a, 2: i32 b)\n  i32 negate(1: i32 a)\n}" =>
        "service Calculator {\n  i32 add(1: i32 a, 2: i32 b)\n}" BOTH;
    /// A service has a new method.
    ADDED_METHOD = Error "added-method", "a method is not known to servers with the old schema", "Thrift IDL, Service", FORWARD,
        WIRE,
        "New servers answer all that old clients ask. A new client that calls the new method of an old server gets an error.",
        "service Calculator {\n  i32 add(1: i32 a, 2: i32 b)\n}" =>
        "service Calculator {\n  i32 add(1: i32 a, 2: i32 b)\n  i32 negate(1: i32 a)\n}" FORWARD;
    /// A method returns something else.
    CHANGED_RETURN_TYPE = Error "changed-return-type", "a method returns a value of another kind", "Thrift IDL, Function", BOTH, WIRE,
        "The result is the field 0 of the answer. A client that expects another kind skips it and reports that the result is \
         missing.",
        "service Counter {\n  i32 next()\n}" =>
        "service Counter {\n  i64 next()\n}" BOTH;
    /// A method becomes oneway, or ceases to be.
    CHANGED_ONEWAY = Error "changed-oneway", "a method has become oneway, or is so no more", "Thrift IDL, Function", BOTH, WIRE,
        "A oneway call has no answer. If one side takes it for one that has, it waits in vain, or takes the answer to this call for \
         that to the next.",
        "service Log {\n  void write(1: string line)\n}" =>
        "service Log {\n  oneway void write(1: string line)\n}" BOTH;
    /// An answer has an exception that the client does not know.
    UNDECLARED_EXCEPTION = Error "undeclared-exception", "a method throws an exception that the client does not know",
        "Thrift IDL, Throws", BOTH, WIRE,
        "An exception is a field of the answer. A client that does not know the field finds neither a result nor an exception. \
         Adding one breaks old clients of new servers, removing one breaks new clients of old servers.",
        "exception NotFound {}\nservice Store {\n  string read(1: string key)\n}" =>
        "exception NotFound {}\nservice Store {\n  string read(1: string key) throws (1: NotFound missing)\n}" FORWARD;
    /// A field stands under another name in JSON.
    JSON_RENAMED_FIELD = Error "json-renamed-field", "a field has another key in JSON", "Cognate, plain JSON", BOTH, JSON,
        "On the wire a field is its id, and a new name changes nothing. In JSON by names the field stands under its name, where \
         readers with the other one do not find it.",
        "struct User {\n  1: string mail\n}" =>
        "struct User {\n  1: string email\n}" BOTH;
    /// A value of an enum has another name in JSON.
    JSON_RENAMED_VALUE = Error "json-renamed-value", "a value of an enum has another name in JSON", "Cognate, plain JSON", BOTH, JSON,
        "On the wire a value is its number. In JSON by names it is its name, which readers with another one do not know.",
        "enum Size {\n  S = 1\n}\nstruct Shirt {\n  1: Size size\n}" =>
        "enum Size {\n  SMALL = 1\n}\nstruct Shirt {\n  1: Size size\n}" BOTH;
    /// A field is something else in JSON.
    JSON_TYPE_MISMATCH = Error "json-type-mismatch", "a field is written differently in JSON", "Cognate, plain JSON", BOTH, JSON,
        "In JSON by names, numbers, text, bytes (base64), arrays and objects are told apart, and a number must fit its type. A list \
         and a set are alike, and so is a number that gets a wider type, to new readers.",
        "struct Note {\n  1: string text\n}" =>
        "struct Note {\n  1: binary text\n}" BOTH;
    /// A generated type has another name, or is another kind of type.
    SOURCE_RENAMED_TYPE = Error "source-renamed-type", "a generated type has another name or is of another kind",
        "Cognate, generated code", BOTH, SOURCE,
        "Types are not named on the wire, but generated ones have the names of the definitions: code that uses the former name no \
         longer compiles.",
        "struct Customer {\n  1: string name\n}" =>
        "struct Buyer {\n  1: string name\n}" BOTH;
    /// A generated type is gone.
    SOURCE_REMOVED_TYPE = Error "source-removed-type", "a type is no longer generated", "Cognate, generated code", BACKWARD, SOURCE,
        "No data needs the definition of a struct or an enum that nothing refers to, but code that uses the generated type no \
         longer compiles.",
        "struct User {\n  1: string name\n}\nstruct Guest {\n  1: i64 until\n}" =>
        "struct User {\n  1: string name\n}" BACKWARD;
    /// A generated type has another set of fields.
    SOURCE_CHANGED_FIELDS = Error "source-changed-fields", "a generated type has gained, lost or renamed a field",
        "Cognate, generated code", BOTH, SOURCE,
        "Code that names a field which is gone no longer compiles, nor does code that builds or takes apart the type and does not \
         name a field that has come.",
        "struct User {\n  1: string name\n}" =>
        "struct User {\n  1: string name,\n  2: optional string country\n}" BOTH;
    /// A generated field has another type.
    SOURCE_CHANGED_TYPE = Error "source-changed-type", "a generated field has another type", "Cognate, generated code", BOTH, SOURCE,
        "Another type, and also a field that becomes optional, is another type in generated code.",
        "struct User {\n  1: i32 age\n}" =>
        "struct User {\n  1: optional i32 age\n}" BOTH;
    /// A generated enum has other values.
    SOURCE_CHANGED_VALUES = Error "source-changed-values", "a generated enum has gained, lost or renamed a value",
        "Cognate, generated code", BOTH, SOURCE,
        "Code that names a value which one version does not have compiles with the other one only.",
        "enum Size {\n  SMALL = 1\n}" =>
        "enum Size {\n  SMALL = 1,\n  LARGE = 2\n}" BOTH;
    /// A generated service has another signature.
    SOURCE_CHANGED_METHOD = Error "source-changed-method", "a service has other methods, or one of another signature",
        "Cognate, generated code", BOTH, SOURCE,
        "Clients and servers are written against the methods, their arguments, results and exceptions, and against what the \
         service extends.",
        "service Log {\n  void write(1: string line)\n}" =>
        "service Log {\n  void write(1: string line, 2: i32 level)\n}" BOTH;
}
