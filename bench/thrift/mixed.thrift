// The dataset `mixed`: a struct of twenty fields of all kinds.
//
// The annotations are pilota's: they ask it for the ordered sets and maps that the other contenders have. Booleans are optional
// because pilota cannot read them in Compact.

namespace * mixed

enum Level {
  TRACE = 0
  INFO = 1
  WARNING = 2
  FATAL = 8
}

struct Place {
  1: required double latitude
  2: required double longitude
  3: optional string label
}

struct Mixed {
  1: optional bool active
  2: required i8 channel
  3: required i16 port
  4: required i32 attempts
  5: required i64 created_at
  6: required double ratio
  7: required string name
  8: required string note
  9: required binary payload
  10: required uuid id
  11: required Level level
  12: required Place origin
  13: required list<i32> counts
  14: required list<string> tags
  15: required set<i64> peers (pilota.rust_type = "btree")
  16: required map<string, i32> weights (pilota.rust_type = "btree")
  17: optional i64 expires_at
  18: optional bool pinned
  19: optional string comment
  20: optional list<Place> stops
}
