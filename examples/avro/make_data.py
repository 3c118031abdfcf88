#!/usr/bin/env python3
"""Writes the example data beside the schemas of version 1; with --check compares the values on disk instead.

Needs fastavro and cramjam; `cargo xtask peers` installs both under `target/peers`.
"""

import decimal
import io
import json
import random
import sys
import uuid
from pathlib import Path

import fastavro
import fastavro.read
import fastavro.write

FOLDER = Path(__file__).resolve().parent / "v1"
SYNC = bytes(range(0x40, 0x50))
# 2024-03-01T00:00:00Z
START = 1_709_251_200_000

# Underlying values only, so that the script does not depend on how a library represents dates.
fastavro.read.LOGICAL_READERS.clear()
fastavro.write.LOGICAL_WRITERS.clear()

FIRST = ["Ada", "Björn", "Chiara", "Dmitri", "Eloïse", "Farid", "Grace", "Hina", "Ivo", "Jürgen", "Kwame", "李娜"]
LAST = ["Almeida", "Brontë", "Çelik", "Dvořák", "Eriksen", "Fischer", "García", "Haddad", "Ivanova", "Jansen"]
CITIES = [("Berlin", "10115", "DE"), ("Zürich", "8001", "CH"), ("Dublin", None, "IE"), ("Kyōto", "600-8216", "JP")]
THINGS = ["lamp", "desk", "chair", "shelf", "rug", "clock", "mirror", "vase"]
TAGS = ["beta", "staff", "early-adopter", "newsletter", "🎈"]


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: make_data.py [--check]")
    source = random.Random(20240301)
    users = [user(source, number) for number in range(100)]
    orders = [order(source) for _ in range(100)]
    outdated = [
        name
        for name, schema, values, codec in [
            ("users.avro", "user", users, "deflate"),
            ("orders.avro", "order", orders, "snappy"),
        ]
        if not (same if check else write)(FOLDER / name, load(schema), values, codec)
    ]
    lines = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in users)
    jsonl = FOLDER / "users.jsonl"
    if not check:
        jsonl.write_text(lines, encoding="utf-8")
    elif not jsonl.exists() or jsonl.read_text(encoding="utf-8") != lines:
        outdated.append("users.jsonl")
    for name in outdated:
        print(f"v1/{name} is out of date; make_data.py writes it anew")
    sys.exit(1 if outdated else 0)


def load(name):
    return json.loads((FOLDER / f"{name}.avsc").read_text())


def write(path, schema, values, codec):
    out = io.BytesIO()
    fastavro.writer(out, schema, values, codec=codec, sync_interval=4000, sync_marker=SYNC)
    path.write_bytes(out.getvalue())
    return True


def same(path, schema, values, codec):
    """Compares values, not bytes: compressors of other versions write other bytes."""
    try:
        with path.open("rb") as file:
            found = fastavro.reader(file)
            written = json.loads(found.metadata["avro.schema"])
            return list(found) == read_back(schema, values) and written == schema and found.codec == codec
    except OSError:
        return False


def read_back(schema, values):
    """The values as reading gives them: floats rounded, union tuples gone."""
    out = io.BytesIO()
    fastavro.writer(out, schema, values)
    out.seek(0)
    return list(fastavro.reader(out))


def user(source, number):
    first, last = source.choice(FIRST), source.choice(LAST)
    return {
        "username": f"{first.lower()}.{last.lower()}{number}",
        "age": source.choice([0, None, source.randint(16, 99), source.randint(16, 99), source.randint(16, 99)]),
        "email": f"user{number}@example.org" if source.random() < 0.7 else None,
        "active": source.random() < 0.85,
        "tags": source.sample(TAGS, source.choice([0, 0, 1, 2, 3])),
    }


def order(source):
    placed = START + source.randrange(90 * 86_400_000)
    lines = [line(source, 2) for _ in range(source.randint(1, 4))]
    total = sum(cents(entry) for entry in lines)
    return {
        "order_id": str(uuid.UUID(int=source.getrandbits(128), version=4)),
        "placed_at": placed,
        "ship_by": placed // 86_400_000 + source.randint(1, 5) if source.random() < 0.8 else None,
        "currency": source.choice(["EUR", "EUR", "USD", "JPY"]),
        "total": unscaled(total),
        "customer": {
            "name": f"{source.choice(FIRST)} {source.choice(LAST)}",
            "address": address(source),
            "billing": address(source) if source.random() < 0.2 else None,
        },
        "lines": lines,
        "category": category(source.choice([None, ["Home"], ["Home", "Living"], ["Home", "Living", "Light"]])),
        "payment": payment(source, placed),
        "annotations": annotations(source),
        "signature": source.randbytes(16) if source.random() < 0.3 else None,
        "discount": source.choice([0.0, 0.0, 0.0, 0.05, 0.125]),
    }


def line(source, depth):
    thing = source.choice(THINGS)
    bundle = [line(source, depth - 1) for _ in range(source.randint(1, 2))] if depth and source.random() < 0.15 else []
    price = decimal.Decimal(source.randint(100, 50_000)).scaleb(-2)
    return {
        "sku": f"{thing}-{source.randint(100, 999)}",
        "quantity": source.randint(1, 5),
        "unit_price": int(price.scaleb(4)).to_bytes(8, "big", signed=True),
        "bundle": bundle,
        "options": {"colour": source.choice(["red", "grün", "青"])} if source.random() < 0.5 else {},
    }


def cents(entry):
    return int.from_bytes(entry["unit_price"], "big") // 100 * entry["quantity"]


def unscaled(number):
    """A decimal's bytes: two's complement, big-endian, as few as will do."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True)


def address(source):
    city, postcode, country = source.choice(CITIES)
    street = f"{source.choice(LAST)}straße {source.randint(1, 200)}"
    return {"street": street, "city": city, "postcode": postcode, "country": country.encode()}


def category(path):
    shelf = None
    for name in path or []:
        shelf = {"name": name, "parent": shelf}
    return shelf


def payment(source, placed):
    kind = source.randrange(5)
    if kind == 0:
        return None
    if kind == 1:
        return ("example.shop.Transfer", {"iban": f"DE{source.randrange(10**20):020}"})
    if kind == 2:
        return f"GIFT-{source.randrange(10**6):06}"
    card = {
        "type": source.choice(["VISA", "MASTERCARD", "OTHER"]),
        "last4": f"{source.randrange(10**4):04}".encode(),
        "authorised_at": placed * 1000 + source.randrange(10**6),
    }
    return ("example.shop.Card", card)


def annotations(source):
    notes = {
        "gift": source.random() < 0.5,
        "weight_g": source.randint(100, 30_000),
        "fraud_score": source.randint(0, 1000) / 1000,
        "note": source.choice(["ring twice", "bitte klingeln", "玄関へ"]),
        "returned": None,
    }
    return {key: notes[key] for key in source.sample(sorted(notes), source.choice([0, 0, 1, 2, 5]))}


if __name__ == "__main__":
    main()
