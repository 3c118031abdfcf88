//! Single changes to a schema, each at a random place where it can be made.

use fastrand::Rng;
use serde_json::{Value, json};

use super::full_names::{PRIMITIVES, rename};
use super::pick;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Change {
    RenameType,
    RenameTypeWithAlias,
    MoveTypeToNamespace,
    MakeError,
    Promote,
    Retype,
    Logical,
    WrapInUnion,
    UnwrapUnion,
    AddBranch,
    DropBranch,
    MoveBranches,
    AddTwinBranch,
    AddField,
    AddFieldWithDefault,
    DropField,
    MoveFields,
    RenameField,
    RenameFieldWithAlias,
    AddFieldAlias,
    DropDefault,
    AddSymbol,
    DropSymbol,
    MoveSymbols,
    ToggleEnumDefault,
    Resize,
    Recur,
}

impl Change {
    /// All of them.
    pub const ALL: [Self; 27] = [
        Self::RenameType,
        Self::RenameTypeWithAlias,
        Self::MoveTypeToNamespace,
        Self::MakeError,
        Self::Promote,
        Self::Retype,
        Self::Logical,
        Self::WrapInUnion,
        Self::UnwrapUnion,
        Self::AddBranch,
        Self::DropBranch,
        Self::MoveBranches,
        Self::AddTwinBranch,
        Self::AddField,
        Self::AddFieldWithDefault,
        Self::DropField,
        Self::MoveFields,
        Self::RenameField,
        Self::RenameFieldWithAlias,
        Self::AddFieldAlias,
        Self::DropDefault,
        Self::AddSymbol,
        Self::DropSymbol,
        Self::MoveSymbols,
        Self::ToggleEnumDefault,
        Self::Resize,
        Self::Recur,
    ];
}

/// A random change at a random place of a schema with full names; nothing where it cannot be made there.
pub(super) fn change(schema: &Value, random: &mut Rng) -> Option<(Change, Value)> {
    let what = *pick(random, &Change::ALL);
    let mut sites = Vec::new();
    find_sites(schema, String::new(), None, &mut sites);
    let site = pick(random, &sites).clone();
    let mut changed = schema.clone();
    let mut making = Making { random, site: &site };
    making.apply(what, changed.pointer_mut(&site.pointer)?)?;
    if let Some((from, to)) = renaming(what, schema.pointer(&site.pointer)?) {
        rename(&mut changed, &from, &to);
    }
    // A default of the type that was is none of the type that is; where it still is one, it stays.
    if making.random.bool()
        && let Some((field, _)) = site.pointer.rsplit_once("/type")
        && let Some(field) = changed.pointer_mut(field).and_then(Value::as_object_mut)
    {
        field.remove("default");
    }
    (changed != *schema).then_some((what, changed))
}

/// A place where a type stands.
#[derive(Clone)]
struct Site {
    pointer: String,
    /// The record around it.
    record: Option<String>,
    /// Whether it is a union's branch.
    branch: bool,
}

fn find_sites(schema: &Value, pointer: String, record: Option<&str>, sites: &mut Vec<Site>) {
    let branch = pointer.rsplit('/').next().is_some_and(|step| step.parse::<usize>().is_ok());
    match schema {
        Value::Array(branches) => {
            for (index, branch) in branches.iter().enumerate() {
                find_sites(branch, format!("{pointer}/{index}"), record, sites);
            }
        }
        Value::Object(entries) => {
            for part in ["items", "values"] {
                if let Some(inner) = entries.get(part) {
                    find_sites(inner, format!("{pointer}/{part}"), record, sites);
                }
            }
            let name = entries.get("name").and_then(Value::as_str).or(record);
            for (index, field) in entries.get("fields").and_then(Value::as_array).into_iter().flatten().enumerate() {
                find_sites(&field["type"], format!("{pointer}/fields/{index}/type"), name, sites);
            }
        }
        _ => {}
    }
    sites.push(Site { pointer, record: record.map(str::to_owned), branch });
}

struct Making<'a> {
    random: &'a mut Rng,
    site: &'a Site,
}

impl Making<'_> {
    fn apply(&mut self, what: Change, here: &mut Value) -> Option<()> {
        let kind = kind(here).to_owned();
        let named = matches!(kind.as_str(), "record" | "error" | "enum" | "fixed");
        match what {
            Change::RenameType | Change::MoveTypeToNamespace if named => {}
            Change::RenameTypeWithAlias if named => {
                let name = here["name"].clone();
                push(here, "aliases", name);
            }
            Change::MakeError if kind == "record" => here["type"] = "error".into(),
            Change::Promote => *here = self.promoted(&kind)?,
            Change::Retype if !defines(here) => *here = (*pick::<&str>(self.random, &PRIMITIVES)).into(),
            Change::Logical => *here = self.logical(here, &kind)?,
            Change::WrapInUnion if !self.site.branch && kind != "union" && kind != "null" => {
                let it = here.clone();
                *here = match self.random.u32(..5) {
                    0 | 1 => json!(["null", it]),
                    2 | 3 => json!([it, "null"]),
                    _ => json!([it]),
                };
            }
            Change::UnwrapUnion if kind == "union" => {
                let branches = here.as_array()?;
                *here = pick(self.random, branches).clone();
            }
            Change::AddBranch | Change::DropBranch | Change::MoveBranches | Change::AddTwinBranch => {
                self.branches(what, here.as_array_mut()?)?;
            }
            Change::AddSymbol | Change::DropSymbol | Change::MoveSymbols | Change::ToggleEnumDefault
                if kind == "enum" =>
            {
                self.symbols(what, here)?;
            }
            Change::Resize if kind == "fixed" => {
                here["size"] = (here["size"].as_u64()? + self.random.u64(1..3)).into();
            }
            Change::Recur if kind != "union" && !defines(here) => {
                let around: Value = self.site.record.clone()?.into();
                *here = match self.random.u32(..3) {
                    0 if !self.site.branch => json!(["null", around]),
                    1 => json!({"type": "array", "items": around}),
                    _ => json!({"type": "map", "values": around}),
                };
            }
            _ if kind == "record" || kind == "error" => {
                let taken = here["fields"].as_array()?.len();
                self.fields(what, here["fields"].as_array_mut()?, taken)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn promoted(&mut self, from: &str) -> Option<Value> {
        let others: &[&str] = match from {
            "int" => &["long", "float", "double"],
            "long" => &["float", "double", "int"],
            "float" => &["double", "long"],
            "double" => &["float", "long"],
            "string" => &["bytes"],
            "bytes" => &["string"],
            _ => return None,
        };
        Some((*pick::<&str>(self.random, others)).into())
    }

    fn logical(&mut self, here: &Value, kind: &str) -> Option<Value> {
        let of = |logical: &str| json!({"type": kind, "logicalType": logical});
        let times = ["timestamp-millis", "timestamp-micros", "local-timestamp-nanos", "x-unheard-of"];
        Some(match kind {
            "int" => of(pick::<&str>(self.random, &["date", "time-millis", "timestamp-millis"])),
            "long" => of(pick::<&str>(self.random, &times)),
            "string" => of("uuid"),
            "bytes" if self.random.bool() => "bytes".into(),
            "bytes" => {
                let scale = self.random.u32(..4);
                json!({"type": "bytes", "logicalType": "decimal", "precision": 3, "scale": scale})
            }
            "fixed" => {
                let mut changed = here.clone();
                changed["logicalType"] = "decimal".into();
                changed["precision"] = self.random.u32(1..3).into();
                changed["scale"] = self.random.u32(..2).into();
                changed
            }
            _ => return None,
        })
    }

    fn branches(&mut self, what: Change, branches: &mut Vec<Value>) -> Option<()> {
        let at = self.random.usize(..=branches.len());
        match what {
            Change::AddBranch => branches.insert(at, (*pick::<&str>(self.random, &PRIMITIVES)).into()),
            Change::DropBranch if branches.len() > 1 => drop(branches.remove(at.min(branches.len() - 1))),
            Change::MoveBranches => self.random.shuffle(branches),
            Change::AddTwinBranch => {
                // A branch of the same shape, of the same unqualified name or of another.
                let records: Vec<&Value> =
                    branches.iter().filter(|branch| matches!(kind(branch), "record" | "enum" | "fixed")).collect();
                let mut twin = (*pick(self.random, records.first().map(|_| records.as_slice())?)).clone();
                let name = twin["name"].as_str()?.to_owned();
                let simple = name.rsplit('.').next().unwrap_or(&name);
                let to = if self.random.bool() { format!("twin.{simple}") } else { format!("{name}_twin") };
                if defines_within(&twin) {
                    return None;
                }
                rename(&mut twin, &name, &to);
                twin.as_object_mut()?.remove("aliases");
                if self.random.bool() && twin.get("fields").is_some() {
                    twin["fields"].as_array_mut()?.push(json!({"name": "of_twin", "type": "int"}));
                }
                branches.insert(at, twin);
            }
            _ => return None,
        }
        Some(())
    }

    fn symbols(&mut self, what: Change, here: &mut Value) -> Option<()> {
        let symbols = here["symbols"].as_array_mut()?;
        let at = self.random.usize(..symbols.len());
        match what {
            Change::AddSymbol => symbols.insert(at, format!("ADDED{}", self.random.u32(..9)).into()),
            Change::DropSymbol if symbols.len() > 1 => drop(symbols.remove(at)),
            Change::MoveSymbols => self.random.shuffle(symbols),
            Change::ToggleEnumDefault => {
                let symbol = symbols[at].clone();
                let entries = here.as_object_mut()?;
                if entries.remove("default").is_none() {
                    entries.insert("default".to_owned(), symbol);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn fields(&mut self, what: Change, fields: &mut Vec<Value>, taken: usize) -> Option<()> {
        let at = self.random.usize(..=fields.len());
        let existing = at.min(fields.len().wrapping_sub(1));
        let name = format!("added{taken}_{}", self.random.u32(..9));
        match what {
            Change::AddField => {
                let kind = *pick::<&str>(self.random, &PRIMITIVES);
                fields.insert(at, json!({"name": name, "type": kind}));
            }
            Change::AddFieldWithDefault => {
                let mut field = pick(self.random, &with_defaults()).clone();
                field["name"] = name.into();
                fields.insert(at, field);
            }
            Change::DropField if !fields.is_empty() => drop(fields.remove(existing)),
            Change::MoveFields => self.random.shuffle(fields),
            Change::RenameField | Change::RenameFieldWithAlias => {
                let field = fields.get_mut(existing)?;
                let former = field["name"].take();
                field["name"] = format!("{}_new", former.as_str()?).into();
                if what == Change::RenameFieldWithAlias {
                    push(field, "aliases", former);
                }
            }
            Change::AddFieldAlias => {
                // That of another field: which of the two it then is, is what the rules are about.
                let other = pick(self.random, fields.first().map(|_| fields.as_slice())?)["name"].clone();
                push(fields.get_mut(existing)?, "aliases", other);
            }
            Change::DropDefault => {
                fields.get_mut(existing)?.as_object_mut()?.remove("default")?;
            }
            _ => return None,
        }
        Some(())
    }
}

/// The former and the new name, where a change is about that.
fn renaming(what: Change, here: &Value) -> Option<(String, String)> {
    let name = here.get("name")?.as_str()?;
    let (space, simple) = name.rsplit_once('.').map_or(("", name), |(space, simple)| (space, simple));
    let to = match what {
        Change::RenameType | Change::RenameTypeWithAlias if space.is_empty() => format!("{simple}_new"),
        Change::RenameType | Change::RenameTypeWithAlias => format!("{space}.{simple}_new"),
        Change::MoveTypeToNamespace if space == "moved" => simple.to_owned(),
        Change::MoveTypeToNamespace => format!("moved.{simple}"),
        _ => return None,
    };
    Some((name.to_owned(), to))
}

fn with_defaults() -> [Value; 8] {
    [
        json!({"type": "int", "default": -7}),
        json!({"type": "double", "default": 1}),
        json!({"type": ["null", "string"], "default": null}),
        json!({"type": ["null", "long"], "default": null}),
        json!({"type": "bytes", "default": "\u{ff}\u{1}"}),
        json!({"type": {"type": "array", "items": "long"}, "default": [1, 2]}),
        json!({"type": {"type": "map", "values": "double"}, "default": {"k": 0.5}}),
        json!({"type": {"type": "enum", "name": "Added", "symbols": ["A", "B"], "default": "A"}, "default": "B"}),
    ]
}

fn push(here: &mut Value, list: &str, item: Value) {
    match here.get_mut(list).and_then(Value::as_array_mut) {
        Some(list) => list.push(item),
        None => here[list] = json!([item]),
    }
}

fn kind(schema: &Value) -> &str {
    match schema {
        Value::Array(_) => "union",
        Value::String(name) => name,
        other => other["type"].as_str().unwrap_or_default(),
    }
}

/// Whether a schema defines a type that others may refer to.
fn defines(schema: &Value) -> bool {
    match schema {
        Value::Array(branches) => branches.iter().any(defines),
        Value::Object(entries) => {
            entries.contains_key("name")
                || ["items", "values"].iter().any(|part| entries.get(*part).is_some_and(defines))
        }
        _ => false,
    }
}

/// Whether a record defines further types.
fn defines_within(record: &Value) -> bool {
    record
        .get("fields")
        .and_then(Value::as_array)
        .is_some_and(|fields| fields.iter().any(|field| defines(&field["type"])))
}
