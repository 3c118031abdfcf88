/** What a shop has in stock. */

namespace rs inventory
namespace py inventory

enum Unit {
  PIECE = 1
  KILOGRAM = 2
}

struct Item {
  1: required string sku
  2: i64 quantity
  3: Unit unit = Unit.PIECE
  4: optional double price
  5: set<string> tags
}

exception NotFound {
  1: string message
  2: string sku
}

exception OutOfStock {
  1: i64 left
}

service Health {
  /** The number of items that there are. */
  i32 ping()
}

service Inventory extends Health {
  void put(1: Item item)
  Item find(1: string sku) throws (1: NotFound missing)
  /** Takes some of an item, and says how many are left. */
  i64 take(1: string sku, 2: i64 quantity = 1) throws (1: NotFound missing, 2: OutOfStock short)
  map<string, Item> all()
  oneway void forget(1: string sku)
}
