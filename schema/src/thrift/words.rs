//! Words with a meaning of their own.

/// Keywords, which cannot name definitions.
static KEYWORDS: [&str; 49] = [
    "async",
    "binary",
    "bool",
    "byte",
    "const",
    "cpp_include",
    "cpp_namespace",
    "cpp_type",
    "csharp_namespace",
    "delphi_namespace",
    "double",
    "enum",
    "exception",
    "extends",
    "false",
    "i16",
    "i32",
    "i64",
    "i8",
    "include",
    "java_package",
    "list",
    "map",
    "namespace",
    "oneway",
    "optional",
    "perl_package",
    "php_namespace",
    "py_module",
    "required",
    "ruby_namespace",
    "senum",
    "service",
    "set",
    "slist",
    "smalltalk_category",
    "smalltalk_prefix",
    "string",
    "struct",
    "throws",
    "true",
    "typedef",
    "union",
    "void",
    "xsd_all",
    "xsd_attrs",
    "xsd_namespace",
    "xsd_nillable",
    "xsd_optional",
];

/// Words that most generators of the compiler refuse as names, since some target language has a use for them.
static RESERVED: [&str; 103] = [
    "BEGIN",
    "END",
    "__CLASS__",
    "__DIR__",
    "__FILE__",
    "__FUNCTION__",
    "__LINE__",
    "__METHOD__",
    "__NAMESPACE__",
    "abstract",
    "alias",
    "and",
    "args",
    "as",
    "assert",
    "begin",
    "break",
    "case",
    "catch",
    "class",
    "clone",
    "continue",
    "declare",
    "def",
    "default",
    "del",
    "delete",
    "do",
    "dynamic",
    "elif",
    "else",
    "elseif",
    "elsif",
    "end",
    "enddeclare",
    "endfor",
    "endforeach",
    "endif",
    "endswitch",
    "endwhile",
    "ensure",
    "except",
    "exec",
    "finally",
    "float",
    "for",
    "foreach",
    "from",
    "function",
    "global",
    "goto",
    "if",
    "implements",
    "import",
    "in",
    "inline",
    "instanceof",
    "interface",
    "is",
    "lambda",
    "module",
    "native",
    "new",
    "next",
    "nil",
    "not",
    "or",
    "package",
    "pass",
    "print",
    "private",
    "protected",
    "public",
    "raise",
    "redo",
    "register",
    "rescue",
    "retry",
    "return",
    "self",
    "sizeof",
    "static",
    "super",
    "switch",
    "synchronized",
    "then",
    "this",
    "throw",
    "transient",
    "try",
    "undef",
    "unless",
    "unsigned",
    "until",
    "use",
    "var",
    "virtual",
    "volatile",
    "when",
    "while",
    "with",
    "xor",
    "yield",
];

/// Former words for `namespace` with a language, and that language.
static FORMER_NAMESPACES: [(&str, &str); 11] = [
    ("cpp_namespace", "cpp"),
    ("csharp_namespace", "csharp"),
    ("delphi_namespace", "delphi"),
    ("java_package", "java"),
    ("perl_package", "perl"),
    ("php_namespace", "php"),
    ("py_module", "py"),
    ("ruby_namespace", "rb"),
    ("smalltalk_category", "st"),
    ("smalltalk_prefix", "st"),
    ("xsd_namespace", "xsd"),
];

/// Whether a word is a keyword.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// Whether a keyword may be the name of a field in newer compilers.
pub(super) fn may_name_field(keyword: &str) -> bool {
    !matches!(keyword, "true" | "false" | "cpp_type" | "senum" | "slist")
        && !keyword.starts_with("xsd_")
        && former_namespace(keyword).is_none()
}

/// Whether a word starts what stands at the top of a file.
pub(super) fn starts_definition(word: &str) -> bool {
    matches!(
        word,
        "struct" | "union" | "exception" | "enum" | "senum" | "service" | "typedef" | "const" | "interaction"
    ) || starts_header(word)
}

/// Whether a word starts a header.
pub(super) fn starts_header(word: &str) -> bool {
    matches!(word, "include" | "cpp_include" | "namespace" | "package" | "hs_include")
        || former_namespace(word).is_some()
}

/// Whether a name is one that most generators refuse.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// The language of a former word for `namespace`.
pub(super) fn former_namespace(word: &str) -> Option<&'static str> {
    FORMER_NAMESPACES.iter().find(|(former, _)| *former == word).map(|(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(KEYWORDS.is_sorted() && RESERVED.is_sorted());
    }
}
