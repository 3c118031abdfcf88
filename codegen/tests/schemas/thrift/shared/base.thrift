// Without a namespace of its own.

enum Status { OK = 200, GONE = 410 }

struct Shared { 1: string name }

/** Nobody names it. */
struct Unused { 1: i32 nothing }
