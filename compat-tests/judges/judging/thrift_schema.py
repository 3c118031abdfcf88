"""The description of structs that tests pass; see PROTOCOL.md."""

from dataclasses import dataclass

from thrift.Thrift import TType

SCALARS = {
    "bool": TType.BOOL,
    "i8": TType.BYTE,
    "i16": TType.I16,
    "i32": TType.I32,
    "i64": TType.I64,
    "double": TType.DOUBLE,
    "string": TType.STRING,
    "binary": TType.STRING,
    "uuid": TType.UUID,
}
CONTAINERS = {"list": TType.LIST, "set": TType.SET, "map": TType.MAP, "struct": TType.STRUCT}


@dataclass
class Kind:
    """A type: its word, its code on the wire, what it is made of, and a struct's name."""

    word: str
    code: int
    parts: tuple = ()
    name: str = ""


@dataclass
class Field:
    id: int
    name: str
    kind: Kind
    required: bool


class Schema:
    def __init__(self, description):
        self.structs = {
            name: sorted(
                (Field(it["id"], it["name"], kind_of(it["type"]), it.get("required", False)) for it in fields),
                key=lambda field: field.id,
            )
            for name, fields in description.items()
        }

    def fields(self, name):
        return self.structs[name]

    def reachable(self, name):
        """The struct and all that it is made of."""
        found, open_ends = {}, [name]
        while open_ends:
            name = open_ends.pop()
            if name not in found:
                found[name] = self.fields(name)
                open_ends += [inner.name for field in found[name] for inner in within(field.kind) if inner.name]
        return found


def kind_of(described):
    if isinstance(described, str):
        return Kind(described, SCALARS[described])
    ((word, inner),) = described.items()
    if word == "struct":
        return Kind(word, CONTAINERS[word], name=inner)
    parts = inner if word == "map" else [inner]
    return Kind(word, CONTAINERS[word], tuple(kind_of(part) for part in parts))


def within(kind):
    """The type and all that it is made of, but for what a struct is made of."""
    yield kind
    for part in kind.parts:
        yield from within(part)
