//! The rules of Avro schemas. Every diagnostic of this module names one of them.

use crate::diagnostic::rules;

rules! {
    /// All rules of Avro schemas.
    "avro":
    /// What stands where a schema is expected is none.
    NOT_A_SCHEMA = Error "not-a-schema", "a schema is a JSON string, object or array",
        "Avro 1.12, Schema Declaration";
    /// A name is used that nothing defines.
    UNKNOWN_TYPE = Error "unknown-type", "a type is used that is not defined", "Avro 1.12, Names";
    /// A name is used before its definition in the same text.
    FORWARD_REFERENCE = Warning "forward-reference", "a type is used before its definition in the same text",
        "Avro 1.12, Names";
    /// Two types have the same full name.
    DUPLICATE_NAME = Error "duplicate-name", "two types have the same full name", "Avro 1.12, Names";
    /// Two files define the same type with the same text.
    REPEATED_DEFINITION = Warning "repeated-definition", "a type is defined again, in the same words, in another file",
        "Avro 1.12, Names";
    /// Two fields of a record have the same name.
    DUPLICATE_FIELD = Error "duplicate-field", "two fields of a record have the same name", "Avro 1.12, Names";
    /// An enum has a symbol twice.
    DUPLICATE_SYMBOL = Error "duplicate-symbol", "an enum has the same symbol twice", "Avro 1.12, Enums";
    /// A union has the same type twice.
    DUPLICATE_UNION_BRANCH = Error "duplicate-union-branch", "a union has the same type twice", "Avro 1.12, Unions";
    /// An alias is also the name or an alias of something else in the same scope.
    DUPLICATE_ALIAS = Warning "duplicate-alias", "an alias is also another name in the same scope",
        "Avro 1.12, Aliases";
    /// A union is immediately in a union.
    NESTED_UNION = Error "nested-union", "a union immediately contains a union", "Avro 1.12, Unions";
    /// A union has no branches, hence no values.
    EMPTY_UNION = Warning "empty-union", "a union has no branches, hence no values", "Avro 1.12, Unions";
    /// A name has characters that names may not have, or is a primitive type's.
    BAD_NAME = Error "bad-name", "a name is not letters, digits and underscores, or is a primitive type's",
        "Avro 1.12, Names";
    /// A default is not a value of the field's type.
    BAD_DEFAULT = Error "bad-default", "a default does not fit the type of its field", "Avro 1.12, Records";
    /// A record's default has a member that is no field.
    UNKNOWN_DEFAULT_FIELD = Warning "unknown-default-field", "a default has a member that its record has no field for",
        "Avro 1.12, Records";
    /// An enum's default is none of its symbols.
    ENUM_DEFAULT = Error "enum-default", "the default of an enum is none of its symbols", "Avro 1.12, Enums";
    /// The size of a fixed is not a number of bytes.
    FIXED_SIZE = Error "fixed-size", "the size of a fixed is not an integer from 0 to 2147483647", "Avro 1.12, Fixed";
    /// An integer is written in quotes.
    QUOTED_INTEGER = Warning "quoted-integer", "an integer is written in quotes",
        "Avro 1.12, Parsing Canonical Form for Schemas";
    /// A required attribute is missing.
    MISSING_ATTRIBUTE = Error "missing-attribute", "a required attribute is missing", "Avro 1.12, Complex Types";
    /// An attribute has the wrong JSON type.
    WRONG_ATTRIBUTE_TYPE = Error "wrong-attribute-type", "an attribute has the wrong JSON type",
        "Avro 1.12, Complex Types";
    /// An optional attribute is `null`.
    NULL_ATTRIBUTE = Warning "null-attribute", "an optional attribute is null instead of left out",
        "Avro 1.12, Complex Types";
    /// An attribute has no effect where it stands.
    IGNORED_ATTRIBUTE = Warning "ignored-attribute", "an attribute has no effect where it stands",
        "Avro 1.12, Schema Declaration";
    /// A complete type stands within an object that only has it as its `type`.
    WRAPPED_TYPE = Warning "wrapped-type", "a complete type is wrapped in another object",
        "Avro 1.12, Schema Declaration";
    /// A simple name within a namespace is only found in the null namespace.
    NULL_NAMESPACE_REFERENCE = Warning "null-namespace-reference",
        "a simple name within a namespace means a type of the null namespace", "Avro 1.12, Names";
    /// The order of a field is none of the three.
    BAD_ORDER = Error "bad-order", "the order of a field is not ascending, descending or ignore", "Avro 1.12, Records";
    /// A record contains itself in a way that no value can satisfy.
    ENDLESS_RECORD = Error "endless-record", "a record contains itself without end, so that it has no values",
        "Avro 1.12, Records";
    /// A logical type is not known and ignored.
    UNKNOWN_LOGICAL_TYPE = Warning "unknown-logical-type", "a logical type is unknown and therefore ignored",
        "Avro 1.12, Logical Types";
    /// A logical type is known but not valid here, and ignored.
    INVALID_LOGICAL_TYPE = Warning "invalid-logical-type", "a logical type is not valid here and therefore ignored",
        "Avro 1.12, Logical Types";
    /// A logical type stands beside the type of a field instead of in it.
    MISPLACED_LOGICAL_TYPE = Warning "misplaced-logical-type",
        "a logical type stands on a field instead of on its type, and is therefore ignored", "Avro 1.12, Logical Types";
    /// A Rust type has something that Avro has not.
    NOT_IN_AVRO = Error "not-in-avro", "a Rust type has something that Avro has not", "Avro 1.12, Schema Declaration";
    /// A JSON value is not one of the schema's.
    DATA_MISMATCH = Error "data-mismatch", "a JSON value is not one of the schema's", "Avro 1.12, JSON Encoding";
}
