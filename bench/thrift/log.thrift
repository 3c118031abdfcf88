// The dataset `log`: an access.

namespace * log

struct Address {
  1: required i32 x0
  2: required i32 x1
  3: required i32 x2
  4: required i32 x3
}

struct Log {
  1: required Address address
  2: required string identity
  3: required string userid
  4: required string date
  5: required string request
  6: required i32 code
  7: required i64 size
}

struct Logs {
  1: required list<Log> entries
}
