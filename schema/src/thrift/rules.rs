//! The rules of Thrift IDL. Every diagnostic of this module names one of them.

use crate::diagnostic::rules;

rules! {
    /// All rules of Thrift IDL.
    "thrift":
    /// The text does not follow the grammar.
    SYNTAX = Error "syntax", "the text does not follow the grammar", "Thrift IDL, Document";
    /// A comment or a string has no end.
    UNTERMINATED = Error "unterminated", "a comment or a string has no end", "Thrift IDL, Literal";
    /// A string has a backslash before something else than r, n, t, a quote or a backslash.
    BAD_ESCAPE = Error "bad-escape", "a string has an escape that is none", "Thrift IDL, Literal";
    /// An integer does not fit into 64 bits.
    INTEGER_OVERFLOW = Error "integer-overflow", "an integer does not fit into 64 bits", "Thrift IDL, Constant Values";
    /// Types or values are nested too deeply, or services extend each other over too many levels.
    TOO_DEEP = Error "too-deep", "types, values or extended services go more than 100 levels deep", "a limit of Cognate";
    /// There are so many syntax errors that the rest is not read.
    TOO_MANY_ERRORS = Error "too-many-errors", "a file has more than 1000 syntax errors", "a limit of Cognate";
    /// A header stands behind a definition.
    LATE_HEADER = Error "late-header", "a header stands behind a definition", "Thrift IDL, Document";
    /// A separator stands where the grammar has none.
    STRAY_SEPARATOR = Error "stray-separator", "a comma or semicolon stands where none may", "Thrift IDL, Document";
    /// A name has a dot where it defines something.
    DOTTED_NAME = Error "dotted-name", "the name of a definition has a dot", "Thrift IDL, Identifier";
    /// A field has the name of a keyword.
    KEYWORD_NAME = Warning "keyword-name", "a field is named like a keyword, which older compilers refuse",
        "Thrift IDL, Identifier";
    /// A name is reserved in target languages.
    RESERVED_WORD = Warning "reserved-word", "a name is reserved for target languages; most generators refuse it",
        "Thrift IDL, Reserved Keywords";
    /// A form of former versions is used.
    DEPRECATED = Warning "deprecated", "a deprecated form is used", "Thrift IDL";
    /// A form of fbthrift is used.
    FBTHRIFT_FORM = Warning "fbthrift-form", "a form is used that only fbthrift has", "fbthrift, IDL";
    /// An included file is not found.
    UNKNOWN_INCLUDE = Error "unknown-include", "an included file is not found", "Thrift IDL, Include";
    /// Files include each other in a circle.
    INCLUDE_CYCLE = Error "include-cycle", "files include each other in a circle", "Thrift IDL, Include";
    /// A file includes another one twice, or two whose definitions have the same prefix.
    DUPLICATE_INCLUDE = Warning "duplicate-include", "two includes have the same prefix", "Thrift IDL, Include";
    /// A scope has two namespaces.
    DUPLICATE_NAMESPACE = Warning "duplicate-namespace", "a scope has two namespaces, the last of which counts",
        "Thrift IDL, Namespace";
    /// A name is used that nothing defines.
    UNKNOWN_TYPE = Error "unknown-type", "a type is used that is not defined", "Thrift IDL, Types";
    /// A service extends something that is none, or comes later.
    UNKNOWN_SERVICE = Error "unknown-service", "a service extends something that is no service defined before it",
        "Thrift IDL, Service";
    /// A value names a constant that is not defined, or only later.
    UNKNOWN_CONSTANT = Error "unknown-constant", "a value names no constant or enum value defined before it",
        "Thrift IDL, Constant Values";
    /// A value or `throws` is of a type that is defined only later.
    USED_BEFORE_DEFINITION = Error "used-before-definition",
        "a value or an exception is of a type that is defined only later", "Thrift IDL, Types";
    /// Two definitions have the same name.
    DUPLICATE_NAME = Error "duplicate-name", "two definitions have the same name", "Thrift IDL, Definition";
    /// Two fields have the same id.
    DUPLICATE_ID = Error "duplicate-id", "two fields have the same id", "Thrift IDL, Field ID";
    /// Two fields have the same name.
    DUPLICATE_FIELD = Error "duplicate-field", "two fields have the same name", "Thrift IDL, Field";
    /// Two values of an enum have the same name.
    DUPLICATE_VALUE = Error "duplicate-value", "two values of an enum have the same name", "Thrift IDL, Enum";
    /// Two functions of a service have the same name.
    DUPLICATE_FUNCTION = Error "duplicate-function", "two functions of a service have the same name",
        "Thrift IDL, Service";
    /// A field id does not fit into 16 bits.
    BAD_ID = Error "bad-id", "a field id does not fit into 16 bits", "Thrift binary protocol, Struct";
    /// A field has no id, or one that is not positive and therefore does not count.
    IMPLICIT_ID = Warning "implicit-id", "a field has no positive id, and is numbered by its place",
        "Thrift IDL, Field ID";
    /// The number of an enum value does not fit into 32 bits.
    ENUM_RANGE = Error "enum-range", "the number of an enum value does not fit into 32 bits", "Thrift IDL, Enum";
    /// Typedefs name each other in a circle.
    TYPEDEF_CYCLE = Error "typedef-cycle", "typedefs name each other in a circle", "Thrift IDL, Typedef";
    /// A type is too large when its typedefs are put in.
    TYPE_TOO_LARGE = Error "type-too-large", "a type has more than 256 parts when its typedefs are put in",
        "a limit of Cognate";
    /// A constant or a default is not a value of its type.
    BAD_VALUE = Error "bad-value", "a constant or a default does not fit its type", "Thrift IDL, Constant Values";
    /// A value fits its type only by a custom of the compiler.
    LOOSE_VALUE = Warning "loose-value", "a value fits its type only because the compiler does not look",
        "Thrift IDL, Constant Values";
    /// Values that name constants are too large when these are put in.
    VALUES_TOO_LARGE = Error "values-too-large", "values have more than a million parts taken from constants",
        "a limit of Cognate";
    /// A field of a union is required.
    REQUIRED_IN_UNION = Warning "required-in-union", "a field of a union is required, which is ignored",
        "Thrift IDL, Union";
    /// More than one field of a union has a default.
    UNION_DEFAULTS = Error "union-defaults", "more than one field of a union has a default", "Thrift IDL, Union";
    /// Requiredness has no effect where it stands.
    IGNORED_REQUIREDNESS = Warning "ignored-requiredness", "requiredness has no effect where it stands",
        "Thrift IDL, Field Requiredness";
    /// A oneway function has a result.
    ONEWAY_RESULT = Warning "oneway-result", "a oneway function has a result, which nobody will get",
        "Thrift IDL, Function";
    /// A oneway function throws.
    ONEWAY_THROWS = Error "oneway-throws", "a oneway function throws", "Thrift IDL, Function";
    /// Something else than an exception is thrown.
    THROWS_OTHER = Error "throws-other", "something else than an exception is thrown", "Thrift IDL, Throws";
    /// An exception is the type of a field.
    EXCEPTION_AS_TYPE = Warning "exception-as-type", "an exception is used as a type, which newer compilers refuse",
        "Thrift IDL, Exception";
    /// JSON is not a value of the type.
    DATA_MISMATCH = Error "data-mismatch", "the JSON is not a value of the type", "plain JSON of Cognate";
}
