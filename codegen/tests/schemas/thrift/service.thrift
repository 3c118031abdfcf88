include "shared/base.thrift"

namespace rs example.service

exception Overflow {
  1: required i32 limit
}

enum Operation { ADD = 1, SUBTRACT = 2 }

struct Work {
  1: required i32 left
  2: required i32 right
  3: Operation operation = Operation.ADD
}

/** Calculates. */
service Calculator extends base.Base {
  /** Adds two numbers. */
  i32 add(1: i32 left, 2: i32 right = 1)
  i64 calculate(1: i32 log_id, 2: Work work) throws (1: Overflow overflow, 2: base.Refused refused, 3: base.Refused again)
  oneway void forget(1: list<string> words)
  list<string> type(1: string self) throws (1: Overflow application)
}

service Nothing {}
