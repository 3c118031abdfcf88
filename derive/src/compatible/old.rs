//! The older schema.

use std::{env, fs, path::Path};

use cognate_schema::avro::{Loader, Schema, TypeId, TypeKind};

/// A type of an older schema.
pub(super) struct Old {
    pub(super) schema: Schema,
    /// As the attribute names it.
    pub(super) file: String,
    /// The type that is read.
    pub(super) root: TypeId,
    /// The way to it, as a JSON pointer.
    pub(super) pointer: String,
}

impl Old {
    /// Reads what an attribute names: a file from the folder of the crate, with a pointer behind `#`. Without one it is the type
    /// of one of the names that the reader has, if there is one in the file.
    pub(super) fn read(said: &str, names: &[String]) -> Result<Self, String> {
        let (file, pointer) = said.split_once('#').map_or((said, None), |(file, pointer)| (file, Some(pointer)));
        let folder = env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo does not say where the crate is")?;
        let text = fs::read(Path::new(&folder).join(file)).map_err(|error| format!("`{file}`: {error}"))?;
        let mut loader = Loader::new();
        let id = loader.add_bytes(file, text);
        let set = loader.link().into_result().map_err(|problems| format!("the old schema is not valid: {problems}"))?;
        let schema = set.schema(id);
        let (root, pointer) = match pointer {
            Some(pointer) => {
                let found =
                    follow(&schema, pointer).ok_or_else(|| format!("`{pointer}` leads to no type in `{file}`"))?;
                (found, pointer.to_owned())
            }
            None => (named(&schema, names).unwrap_or(schema.root()), String::new()),
        };
        Ok(Self { schema, file: file.to_owned(), root, pointer })
    }
}

/// The root where it has one of the names, otherwise the first other type that has.
fn named(schema: &Schema, names: &[String]) -> Option<TypeId> {
    let has = |id: &TypeId| {
        let name = schema.kind(*id).name();
        name.is_some_and(|name| names.iter().any(|known| known == name.full() || known == name.simple()))
    };
    std::iter::once(schema.root()).chain(schema.named_types()).find(has)
}

/// The type that a JSON pointer leads to.
fn follow(schema: &Schema, pointer: &str) -> Option<TypeId> {
    let mut at = schema.root();
    let mut steps = pointer.split('/');
    if steps.next() != Some("") {
        return None;
    }
    while let Some(step) = steps.next() {
        at = match (schema.kind(at), step) {
            (TypeKind::Record(record), "fields") => {
                let field = record.fields.get(steps.next()?.parse::<usize>().ok()?)?;
                (steps.next()? == "type").then_some(field.ty.id)?
            }
            (TypeKind::Array(inner), "items") | (TypeKind::Map(inner), "values") => inner.id,
            (TypeKind::Union(branches), step) => branches.get(step.parse::<usize>().ok()?)?.id,
            _ => return None,
        };
    }
    Some(at)
}
