//! A schema with its names resolved, for making values of it. Only for schemas that an implementation has accepted.

use std::collections::HashMap;

use serde_json::Value;

/// Refers to a [`Node`] of a [`Shape`].
pub type NodeId = usize;

/// A schema as a graph: recursive types refer back to themselves.
#[derive(Clone, Debug)]
pub struct Shape {
    nodes: Vec<Node>,
    heights: Vec<u32>,
    root: NodeId,
}

/// One type. Logical types are their underlying ones.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum Node {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    /// The size in bytes.
    Fixed(usize),
    /// The symbols.
    Enum(Vec<String>),
    /// The items.
    Array(NodeId),
    /// The values.
    Map(NodeId),
    /// The branches.
    Union(Vec<NodeId>),
    /// The fields by name.
    Record(Vec<(String, NodeId)>),
}

/// The height of a type no value of which is finite.
const ENDLESS: u32 = u32::MAX;

impl Shape {
    /// Resolves the names of a schema.
    ///
    /// # Panics
    ///
    /// When the schema is not valid.
    pub fn new(schema: &Value) -> Self {
        let mut nodes = Vec::new();
        let root = Reading { nodes: &mut nodes, names: HashMap::new() }.node(schema, "");
        let mut shape = Self { heights: vec![ENDLESS; nodes.len()], nodes, root };
        shape.measure();
        assert!(shape.heights[shape.root] != ENDLESS, "no value of the schema is finite");
        shape
    }

    /// The whole schema's type.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The type that an id stands for.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// The depth of the flattest value of a type, so that recursion can be brought to an end.
    pub fn height(&self, id: NodeId) -> u32 {
        self.heights[id]
    }

    /// Whether some type contains itself.
    pub fn is_recursive(&self) -> bool {
        self.leads_back(self.root, &mut Vec::new())
    }

    fn leads_back(&self, id: NodeId, open: &mut Vec<NodeId>) -> bool {
        if open.contains(&id) {
            return true;
        }
        open.push(id);
        let found = match self.node(id) {
            Node::Array(part) | Node::Map(part) => self.leads_back(*part, open),
            Node::Union(parts) => parts.iter().any(|&part| self.leads_back(part, open)),
            Node::Record(fields) => fields.iter().any(|&(_, part)| self.leads_back(part, open)),
            _ => false,
        };
        open.pop();
        found
    }

    fn measure(&mut self) {
        loop {
            let heights: Vec<u32> = self.nodes.iter().map(|node| self.height_of(node)).collect();
            if heights == self.heights {
                return;
            }
            self.heights = heights;
        }
    }

    fn height_of(&self, node: &Node) -> u32 {
        let above = |height: u32| height.saturating_add(1);
        match node {
            Node::Union(branches) => {
                above(branches.iter().map(|&branch| self.heights[branch]).min().unwrap_or(ENDLESS - 1))
            }
            Node::Record(fields) => above(fields.iter().map(|&(_, field)| self.heights[field]).max().unwrap_or(0)),
            _ => 0,
        }
    }
}

struct Reading<'a> {
    nodes: &'a mut Vec<Node>,
    names: HashMap<String, NodeId>,
}

impl Reading<'_> {
    fn node(&mut self, schema: &Value, namespace: &str) -> NodeId {
        match schema {
            Value::String(name) => match primitive(name) {
                Some(node) => self.push(node),
                None => self.named(name, namespace),
            },
            Value::Array(branches) => {
                let branches = branches.iter().map(|branch| self.node(branch, namespace)).collect();
                self.push(Node::Union(branches))
            }
            Value::Object(_) => self.object(schema, namespace),
            _ => panic!("not a schema: {schema}"),
        }
    }

    fn object(&mut self, schema: &Value, namespace: &str) -> NodeId {
        let Some(kind) = schema["type"].as_str() else { return self.node(&schema["type"], namespace) };
        match kind {
            "array" => {
                let items = self.node(&schema["items"], namespace);
                self.push(Node::Array(items))
            }
            "map" => {
                let values = self.node(&schema["values"], namespace);
                self.push(Node::Map(values))
            }
            "fixed" => {
                let size = schema["size"].as_u64().and_then(|size| usize::try_from(size).ok());
                self.define(schema, namespace, Node::Fixed(size.expect("a fixed has a size")))
            }
            "enum" => {
                let symbols = list(&schema["symbols"]).iter().map(|symbol| string(symbol).to_owned()).collect();
                self.define(schema, namespace, Node::Enum(symbols))
            }
            "record" | "error" => {
                // Defined before its fields are read: they may refer to it.
                let id = self.define(schema, namespace, Node::Record(Vec::new()));
                let full = full_name(string(&schema["name"]), schema["namespace"].as_str(), namespace);
                let inner = full.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_owned();
                let mut fields = Vec::new();
                for field in list(&schema["fields"]) {
                    fields.push((string(&field["name"]).to_owned(), self.node(&field["type"], &inner)));
                }
                self.nodes[id] = Node::Record(fields);
                id
            }
            _ => self.node(&schema["type"], namespace),
        }
    }

    fn named(&self, name: &str, namespace: &str) -> NodeId {
        let full = full_name(name, None, namespace);
        *self.names.get(&full).unwrap_or_else(|| panic!("no type {full}"))
    }

    fn define(&mut self, schema: &Value, namespace: &str, node: Node) -> NodeId {
        let full = full_name(string(&schema["name"]), schema["namespace"].as_str(), namespace);
        let id = self.push(node);
        self.names.insert(full, id);
        id
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}

fn primitive(name: &str) -> Option<Node> {
    Some(match name {
        "null" => Node::Null,
        "boolean" => Node::Boolean,
        "int" => Node::Int,
        "long" => Node::Long,
        "float" => Node::Float,
        "double" => Node::Double,
        "bytes" => Node::Bytes,
        "string" => Node::String,
        _ => return None,
    })
}

fn full_name(name: &str, own: Option<&str>, enclosing: &str) -> String {
    match own.unwrap_or(enclosing) {
        _ if name.contains('.') => name.to_owned(),
        "" => name.to_owned(),
        namespace => format!("{namespace}.{name}"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}"))
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}"))
}
