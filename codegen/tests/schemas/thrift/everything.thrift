include "shared/base.thrift"

namespace java com.example.everything
namespace rs example.everything

/** Seconds since 1970-01-01. */
typedef i64 Timestamp
typedef list<Point> Path
typedef Point Corner
typedef map<string, set<Timestamp>> Index

enum Color {
  RED = 1,
  /** Like grass. */
  GREEN,
  BLUE = 0x10,
  AZURE = 16,
  UNKNOWN = -1
}

/** Whether it is known. */
enum State { NONE = 0, SOME }

enum Nothing {}

struct Point {
  1: i32 x
  2: i32 y = -7
}

struct Empty {}

union Void {}

/** One of two. */
union Shape {
  1: Circle circle
  2: list<Point> polygon
  /** By name. */
  7: string unknown
  8: bool flag
}

struct Circle {
  1: required Point centre,
  2: required double radius
}

/**
 * All kinds of fields.
 *
 *     code is text
 */
struct Everything {
  20: optional i64 late
  1: bool flag
  2: i8 tiny (cpp.type = "char")
  3: i16 short
  4: i32 int
  5: i64 long
  6: double ratio
  7: string text
  8: binary blob
  9: uuid id
  10: Color color
  11: State state
  12: list<i32> numbers
  13: set<string> words
  14: map<i32, list<bool>> flags
  /** Text with a default. */
  15: string named = "unnamed"
  16: optional i32 size = 10
  17: required Timestamp when
  18: Point place
  19: Circle around
  -1: optional bool negative
  21: Shape shape
  22: optional base.Status status = base.Status.OK
  23: Index index
  24: Path path
  25: Corner corner = {"x": 5}
  26: set<double> doubles
  27: map<Point, uuid> by_point
  28: list<set<list<i8>>> nested
  29: optional uuid other
  30: map<Color, base.Shared> shared
  31: list<Shape> shapes
  32: set<uuid> ids
}

/** A binary tree. */
struct Tree {
  1: i32 value
  2: optional Tree left
  3: Tree right
  4: list<Tree> children
}

struct Second { 1: First first }
struct First { 1: Second second = {} }

struct Reference {
  1: required Circle & circle
  2: optional Empty & empty
}

exception NotFound {
  1: string message
  2: i32 code
}

exception Broken {
  1: optional string why
} (message = "why")

exception Plain { 1: required i64 at }

struct AwkwardNames {
  1: string type
  2: string Self
  3: i32 fooBar
  4: i32 foo_bar
  5: i32 unknownFields
  6: Default default
}

struct Default { 1: Option Box }
struct Option {}

const i32 LIMIT = -100
const double RATIO = .5
const string GREETING = "hello \"you\""
const binary MAGIC = "PAR1"
const bool ON = 1
const Color FAVOURITE = Color.GREEN
const Timestamp START = 1000
const uuid NIL = "00000000-0000-0000-0000-000000000000"
const list<string> NAMES = ["a", "b"]
const set<i16> PRIMES = [2, 3, 5]
const map<string, Point> PLACES = {"home": {"x": 1, "y": 2}}
const map<double, string> SIZES = {1.5: "small"}
const Shape UNIT = {"circle": {"centre": {"x": 0}, "radius": 1}}

/** Defaults of many kinds. */
struct Defaults {
  1: optional string text = "a\"b"
  2: binary blob = "\\ß"
  3: double ratio = 1e300
  4: list<i16> numbers = [1, 2]
  5: map<string, Color> colors = {"sky": Color.AZURE}
  6: optional Point point = {"x": 1}
  7: uuid id = "00000000-0000-0000-0000-0000000000ff"
  8: State state = State.SOME
  9: optional set<bool> flags = []
}

/** Defaults that Avro does not have. */
struct OtherDefaults {
  1: map<i32, string> by_number = {1: "one"}
  2: Shape shape = {"flag": true}
}

/** What has to say which shape it is. */
struct Sign { 1: required Shape shape, 2: i32 size }

/** One whose default says nothing of the shape. */
struct Post {
  /** The sign. */
  1: Sign sign = {"size": 3}
  2: optional list<Sign> more = [{}]
}

const Sign BLANK = {"size": 1}
const Shape NONE = {}
const list<Sign> SIGNS = [{"shape": {"flag": true}}, {"size": 2}]
