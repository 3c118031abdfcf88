//! What was meant by names that are not defined.

use crate::diagnostic::Diagnostic;
use crate::near;
use crate::thrift::document::Name;
use crate::thrift::link::Linker;
use crate::thrift::program::FileId;

/// Longer names are not compared.
const LONGEST: usize = 100;

impl Linker<'_> {
    /// Adds what a type's name may have been meant to be.
    pub(super) fn suggest_type(&mut self, fault: Diagnostic, file: FileId, name: &Name) -> Diagnostic {
        let Some(better) = self.nearest(file, &name.text) else { return fault };
        let fault = if &*name.text == "float" { fault.note("fbthrift's dialect has `float`") } else { fault };
        fault.suggest(self.source(file), name.span, format!("did you mean `{better}`?"), better)
    }

    fn nearest(&mut self, file: FileId, text: &str) -> Option<String> {
        if let Some((_, ours)) = FOREIGN_WORDS.iter().find(|(foreign, _)| *foreign == text.to_lowercase()) {
            return Some((*ours).to_owned());
        }
        let scope = &self.scopes[file.index()];
        self.comparisons += scope.names.len() + self.loaded[file.index()].includes.len();
        if self.comparisons > near::MOST_COMPARISONS || text.len() > LONGEST {
            return None;
        }
        let simple = text.rsplit_once('.').map_or(text, |(_, simple)| simple);
        let includes = self.loaded[file.index()].includes.iter();
        let elsewhere = includes.filter_map(|include| {
            let named = self.scopes[include.file?.index()].names.contains_key(simple);
            named.then(|| format!("{}.{simple}", include.prefix))
        });
        let here = scope.names.contains_key(simple).then(|| simple.to_owned());
        if let Some(found) = here.into_iter().chain(elsewhere).find(|found| *found != text) {
            return Some(found);
        }
        let known = scope.names.keys().copied().filter(|name| name.len() <= LONGEST);
        let words = ["bool", "i8", "i16", "i32", "i64", "double", "string", "binary", "uuid", "list", "set", "map"];
        near::nearest(text, known.chain(words).map(|known| (known, known)))
    }
}

/// What other languages call the types, in lower case.
static FOREIGN_WORDS: [(&str, &str); 19] = [
    ("boolean", "bool"),
    ("bytes", "binary"),
    ("char", "i8"),
    ("float", "double"),
    ("float64", "double"),
    ("guid", "uuid"),
    ("int", "i32"),
    ("int16", "i16"),
    ("int32", "i32"),
    ("int64", "i64"),
    ("int8", "i8"),
    ("integer", "i32"),
    ("long", "i64"),
    ("short", "i16"),
    ("str", "string"),
    ("text", "string"),
    ("uint16", "i32"),
    ("uint32", "i64"),
    ("uint8", "i16"),
];
