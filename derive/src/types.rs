//! What the syntax of a field's type tells.

use cognate_codegen::emit::{Facts, Inner, TypeTree};
use quote::ToTokens;
use syn::{Expr, GenericArgument, PathArguments, Type, TypePath};

/// A type seen by its syntax. A type behind an alias is [`View::Other`], which every attribute trusts.
pub(crate) enum View<'t> {
    Pointer(&'t Type),
    Optional(&'t Type),
    List(&'t Type),
    Set(&'t Type),
    Map(&'t Type, &'t Type),
    Bool,
    Integer(&'static str),
    Float(&'static str),
    Text,
    /// Bytes, and whether the Rust type is a borrowed slice.
    Bytes {
        borrowed: bool,
    },
    /// `[u8; N]`, with its length.
    Fixed(&'t Expr),
    Other,
}

const INTEGERS: &[&str] = &["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
const FLOATS: &[&str] = &["f32", "f64"];

impl<'t> View<'t> {
    pub(crate) fn of(ty: &'t Type) -> Self {
        match ty {
            Type::Group(group) => Self::of(&group.elem),
            Type::Paren(paren) => Self::of(&paren.elem),
            Type::Array(array) if is_path(&array.elem, "u8") => Self::Fixed(&array.len),
            Type::Reference(reference) => Self::borrowed(&reference.elem, true),
            Type::Path(path) if path.qself.is_none() => Self::path(path),
            _ => Self::Other,
        }
    }

    fn path(path: &'t TypePath) -> Self {
        let Some(last) = path.path.segments.last() else { return Self::Other };
        let name = last.ident.to_string();
        let arguments: Vec<&Type> = match &last.arguments {
            PathArguments::AngleBracketed(arguments) => {
                let types = arguments.args.iter().filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
                types.collect()
            }
            _ => Vec::new(),
        };
        match (name.as_str(), arguments.as_slice()) {
            ("Option", [of]) => Self::Optional(of),
            ("Vec", [of]) if is_path(of, "u8") => Self::Bytes { borrowed: false },
            ("Vec", [of]) => Self::List(of),
            ("Box" | "Cow", [of]) => match Self::borrowed(of, false) {
                Self::Other if name == "Box" => Self::Pointer(of),
                view => view,
            },
            ("BTreeSet" | "HashSet", [of, ..]) => Self::Set(of),
            ("BTreeMap" | "HashMap", [key, value, ..]) => Self::Map(key, value),
            ("bool", []) => Self::Bool,
            ("String", []) => Self::Text,
            (name, []) => {
                let known = |names: &[&'static str]| names.iter().copied().find(|known| *known == name);
                known(INTEGERS).map(Self::Integer).or_else(|| known(FLOATS).map(Self::Float)).unwrap_or(Self::Other)
            }
            _ => Self::Other,
        }
    }

    /// What stands behind a reference, a `Box` or a `Cow`.
    fn borrowed(of: &'t Type, borrowed: bool) -> Self {
        match of {
            Type::Slice(slice) if is_path(&slice.elem, "u8") => Self::Bytes { borrowed },
            of if is_path(of, "str") => Self::Text,
            _ => Self::Other,
        }
    }

    /// The innermost type, of which most attributes speak: behind options, elements of lists and values of maps.
    pub(crate) fn innermost(ty: &'t Type) -> (Self, &'t Type) {
        match Self::of(ty) {
            Self::Pointer(of) | Self::Optional(of) | Self::List(of) | Self::Set(of) | Self::Map(_, of) => {
                Self::innermost(of)
            }
            view => (view, ty),
        }
    }
}

/// The tree of a type, with nothing said of it yet.
pub(crate) fn tree(ty: &Type) -> TypeTree {
    let boxed = |ty| Box::new(tree(ty));
    let inner = match View::of(ty) {
        View::Pointer(of) => Inner::Pointer(boxed(of)),
        View::Optional(of) => Inner::Optional(boxed(of)),
        View::List(of) => Inner::List(boxed(of)),
        View::Set(of) => Inner::Set(boxed(of)),
        View::Map(key, value) => Inner::Map(boxed(key), boxed(value)),
        _ => Inner::Leaf,
    };
    TypeTree { rust: ty.to_token_stream(), facts: Facts::default(), inner }
}

/// The part of a tree that stands for [`View::innermost`].
pub(crate) fn innermost(tree: &mut TypeTree) -> &mut TypeTree {
    match tree.inner {
        Inner::Leaf => tree,
        Inner::Pointer(ref mut of)
        | Inner::Optional(ref mut of)
        | Inner::List(ref mut of)
        | Inner::Set(ref mut of)
        | Inner::SetInList(ref mut of)
        | Inner::Map(_, ref mut of) => innermost(of),
    }
}

/// The outermost optional type.
pub(crate) fn optional(tree: &mut TypeTree) -> Option<&mut TypeTree> {
    match tree.inner {
        Inner::Leaf => None,
        Inner::Optional(_) => Some(tree),
        Inner::Pointer(ref mut of)
        | Inner::List(ref mut of)
        | Inner::Set(ref mut of)
        | Inner::SetInList(ref mut of)
        | Inner::Map(_, ref mut of) => optional(of),
    }
}

/// The keys of the outermost map.
pub(crate) fn keys(tree: &mut TypeTree) -> Option<&mut TypeTree> {
    match &mut tree.inner {
        Inner::Leaf => None,
        Inner::Map(key, _) => Some(key),
        Inner::Pointer(of) | Inner::Optional(of) | Inner::List(of) | Inner::Set(of) | Inner::SetInList(of) => keys(of),
    }
}

/// A type as one writes it, for messages: tokens alone are printed with a space between any two.
pub(crate) fn written(ty: &Type) -> String {
    let is_word = |each: char| each == '_' || each.is_alphanumeric();
    let mut written = String::new();
    for piece in ty.to_token_stream().to_string().split(' ') {
        let after = |last| is_word(last) || last == ',' || last == ';';
        if written.ends_with(after) && piece.starts_with(|first| is_word(first) || first == '&') {
            written.push(' ');
        }
        written.push_str(piece);
    }
    written
}

fn is_path(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Group(group) => is_path(&group.elem, name),
        Type::Path(path) => path.qself.is_none() && path.path.is_ident(name),
        _ => false,
    }
}
