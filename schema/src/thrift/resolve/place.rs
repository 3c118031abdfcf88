//! Places in programs.

use crate::thrift::{
    EnumId, FileId, Head, Location, Messages, Program, StructId, StructKind, Type, TypeId, TypeRef, TypedefId,
};

/// A place in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The way from the file that is looked at, by names, and by ids for fields: `/structs/User/fields/3/type/element`,
    /// `/unions/Shape/fields/1`, `/exceptions/Lost`, `/enums/Color/values/RED`, `/services/Calc/functions/add/arguments/1`, `…/result`,
    /// `…/throws/1`. A definition of another file is told with that file's name: `/structs/base.User`.
    pub path: String,
    /// The place in the text.
    pub location: Location,
}

/// One of the two programs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side<'p> {
    pub(crate) messages: &'p Messages,
    pub(crate) program: &'p Program,
    /// The file whose definitions are told by their bare names.
    pub(crate) home: FileId,
}

/// The use of a type.
#[derive(Clone)]
pub(super) struct Use<'p> {
    pub(super) ty: TypeId,
    pub(super) place: Place,
    inner: &'p [TypeRef],
    /// The file that the inner uses are in.
    file: FileId,
}

impl Place {
    /// The place of a struct, union or exception, as seen from a file.
    ///
    /// # Panics
    ///
    /// When the ids come from another program.
    pub fn of_struct(program: &Program, home: FileId, id: StructId) -> Self {
        let structure = &program[id];
        let path = format!("/{}s/{}", structure.kind.word(), name(program, home, &structure.head));
        Self { path, location: structure.head.location }
    }

    /// The place of a field, by its position; that of the struct when it has none there.
    ///
    /// # Panics
    ///
    /// When the ids come from another program.
    pub fn of_field(program: &Program, home: FileId, id: StructId, position: usize) -> Self {
        let Self { path, location } = Self::of_struct(program, home, id);
        match program[id].fields.get(position) {
            Some(field) => Self {
                path: format!("{path}/fields/{}", field.id),
                location: Location { span: field.head.span, ..location },
            },
            None => Self { path, location },
        }
    }
}

/// The name of a definition, with that of its file where it is another.
fn name(program: &Program, home: FileId, head: &Head) -> String {
    let file = head.location.file;
    if file == home { head.name.to_string() } else { format!("{}.{}", program[file].name, head.name) }
}

impl<'p> Side<'p> {
    pub(crate) fn new(messages: &'p Messages, home: FileId) -> Self {
        Self { messages, program: messages.program(), home }
    }

    /// The name of a definition, with that of its file where it is another.
    pub(crate) fn name(&self, head: &Head) -> String {
        name(self.program, self.home, head)
    }

    /// A struct; the function for its messages.
    pub(crate) fn structure(&self, id: StructId) -> Place {
        let Some(message) = self.messages.message(id) else { return Place::of_struct(self.program, self.home, id) };
        let service = self.name(&self.program[message.service].head);
        let part = if message.is_answer { "" } else { "/arguments" };
        let path = format!("/services/{service}/functions/{}{part}", message.function);
        Place { path, location: self.program[id].head.location }
    }

    /// A field, by its position.
    pub(crate) fn field(&self, id: StructId, position: usize) -> Place {
        let (Some(message), Some(field)) = (self.messages.message(id), self.program[id].fields.get(position)) else {
            return Place::of_field(self.program, self.home, id, position);
        };
        let Place { path, location } = self.structure(id);
        let step = match (message.is_answer, field.id) {
            (true, 0) => "result".to_owned(),
            (true, id) => format!("throws/{id}"),
            (false, id) => id.to_string(),
        };
        Place { path: format!("{path}/{step}"), location: Location { span: field.head.span, ..location } }
    }

    /// The type of a field.
    pub(super) fn field_type(&self, id: StructId, position: usize) -> Option<Use<'p>> {
        let field = self.program[id].fields.get(position)?;
        let mut place = self.field(id, position);
        if self.messages.message(id).is_none_or(|message| !message.is_answer || field.id != 0) {
            place.path.push_str("/type");
        }
        place.location.span = field.ty.span;
        let file = place.location.file;
        Some(Use { ty: field.ty.id, place, inner: &field.ty.inner, file })
    }

    pub(crate) fn enumeration(&self, id: EnumId) -> Place {
        let head = &self.program[id].head;
        Place { path: format!("/enums/{}", self.name(head)), location: head.location }
    }

    pub(crate) fn value(&self, id: EnumId, position: usize) -> Place {
        let mut place = self.enumeration(id);
        if let Some(value) = self.program[id].values.get(position) {
            place.path = format!("{}/values/{}", place.path, value.head.name);
            place.location.span = value.head.span;
        }
        place
    }

    /// A type in a few words: `i32`, `list<struct Item>`.
    pub(crate) fn described(&self, id: TypeId) -> String {
        match self.program[self.program.true_type(id)] {
            Type::List(element) => format!("list<{}>", self.described(element)),
            Type::Set(element) => format!("set<{}>", self.described(element)),
            Type::Map(key, value) => format!("map<{}, {}>", self.described(key), self.described(value)),
            Type::Struct(id) => {
                let structure = &self.program[id];
                format!("{} {}", structure.kind.word(), self.name(&structure.head))
            }
            Type::Enum(id) => format!("enum {}", self.name(&self.program[id].head)),
            base => base.word().to_owned(),
        }
    }

    /// What a field is called in messages: `User.name`, ``the argument `x` of `Calc.add` ``.
    pub(crate) fn spelled(&self, id: StructId, position: usize) -> String {
        let structure = &self.program[id];
        let Some(field) = structure.fields.get(position) else { return String::new() };
        match self.messages.message(id) {
            Some(message) => {
                let function = format!("{}.{}", self.name(&self.program[message.service].head), message.function);
                match (message.is_answer, field.id) {
                    (true, 0) => format!("the result of `{function}`"),
                    (true, _) => format!("the exception `{}` of `{function}`", field.head.name),
                    (false, _) => format!("the argument `{}` of `{function}`", field.head.name),
                }
            }
            None => format!("`{}.{}`", self.name(&structure.head), field.head.name),
        }
    }
}

impl<'p> Use<'p> {
    /// The uses inside of a list, set or map.
    pub(super) fn inside(&self, side: Side<'p>) -> Vec<Self> {
        let (mut ty, mut inner, mut file) = (self.ty, self.inner, self.file);
        while let Type::Typedef(id) = side.program[ty] {
            let typedef = &side.program[id];
            (ty, inner, file) = (typedef.target.id, &typedef.target.inner, typedef.head.location.file);
        }
        let steps: &[&str] = match side.program[ty] {
            Type::Map(..) => &["key", "value"],
            _ => &["element"],
        };
        let inside = |(step, used): (&&str, &'p TypeRef)| {
            let path = format!("{}/{step}", self.place.path);
            let place = Place { path, location: Location { file, span: used.span } };
            Self { ty: used.id, place, inner: &used.inner, file }
        };
        steps.iter().zip(inner).map(inside).collect()
    }
}

/// The places of two uses of types. Where both go by typedefs of one name, the texts of the typedefs tell them apart, and not the
/// uses'.
pub(super) fn places((from, used): (Side<'_>, &Use<'_>), (to, wanted): (Side<'_>, &Use<'_>)) -> (Place, Place) {
    let (mut writer, mut reader) = (used.place.clone(), wanted.place.clone());
    if let Some((one, other)) = shared_typedef((from, used.ty), (to, wanted.ty)) {
        let of = |side: Side<'_>, id: TypedefId| {
            let typedef = &side.program[id];
            Location { span: typedef.target.span, ..typedef.head.location }
        };
        (writer.location, reader.location) = (of(from, one), of(to, other));
    }
    (writer, reader)
}

/// The last typedefs by which two types go under the same names.
pub(crate) fn shared_typedef(
    (from, mut used): (Side<'_>, TypeId),
    (to, mut wanted): (Side<'_>, TypeId),
) -> Option<(TypedefId, TypedefId)> {
    let mut shared = None;
    while let (Type::Typedef(one), Type::Typedef(other)) = (from.program[used], to.program[wanted])
        && from.name(&from.program[one].head) == to.name(&to.program[other].head)
    {
        shared = Some((one, other));
        (used, wanted) = (from.program[one].target.id, to.program[other].target.id);
    }
    shared
}

/// Whether one value is there at a time.
pub(crate) fn is_union(program: &Program, id: StructId) -> bool {
    program[id].kind == StructKind::Union
}
