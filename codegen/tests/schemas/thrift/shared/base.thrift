// Without a namespace of its own.

enum Status { OK = 200, GONE = 410 }

struct Shared { 1: string name }

/** Nobody names it. */
struct Unused { 1: i32 nothing }

exception Refused { 1: string message }

/** What every service has. */
service Base {
  /** Does nothing. */
  void ping()
  Shared named(1: string name) throws (1: Refused refused)
}
