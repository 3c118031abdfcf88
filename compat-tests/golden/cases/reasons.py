"""Why judges differ on resolution: (judge, operation, reason, names of cases as patterns of the shell).

Every deviation on these operations needs exactly one reason, and every pattern a deviation.
"""

import fnmatch

REASONS = [
    # What Java 1.12.2 reads.
    ("java", "decode", "it takes the low 32 bits", ["an int of more than 32 bits to *"]),
    ("java", "decode", "it reads what is no UTF-8 as replacement characters", ["bytes that are no text to string"]),
    (
        "java",
        "decode",
        "it holds the count of a block against the bytes that are left, by the least size of the reader's items",
        [
            "items promoted to double",
            "items of items promoted",
            "values promoted",
            "records in an array filled",
            "nothing in an array filled",
            "a promotion deep inside",
        ],
    ),
    (
        "java",
        "decode",
        "its decoder does not look at the names of records, or takes a branch of the same shape; its verdict does",
        [
            "a record of another name",
            "a record with an alias that takes its namespace",
            "a record with an alias of a namespace, written without",
            "a record with an alias of the wrong namespace",
            "a record with the alias in the writer's",
            "a record with the same alias on both sides",
            "a record with a letter in another case",
            "an alias beside an inherited namespace",
            "an error of another name",
            "the alias of an alias",
            "a type of another name used twice",
            "out of a union, a record of another name",
            "a record of no name in the union, of one's shape",
            "two types in turn, of another name",
        ],
    ),
    ("java", "decode", "it renames both of the writer's fields to one name", ["a name beside its former one", "two former names*", "names moved on, the last first"]),
    ("java", "decode", "it renames the writer's field although the reader has one of its name", ["a former name that is still there, and*"]),
    (
        "java",
        "decode",
        "it writes every default of a union as the first branch",
        ["default of the first branch that fits", "default of the first branch for a fraction"],
    ),
    ("java", "*", "it takes the names of special numbers as defaults", ["default double in a string", "default float in a string"]),
    ("java", "decode", "its decoder asks for the full names of enums and fixed in unions", ["a* into a union, of another namespace*"]),
    ("java", "*", "it does not compare decimals", ["a decimal of *another scale*", "a decimal of *more precision", "a decimal of less precision"]),
    ("java", "decode", "it skips a negative length", ["skipped: a string of negative length"]),
    # What Java's verdict says.
    (
        "java",
        "compatibility",
        "it only says that a branch is missing where one is there with faults inside of it",
        [
            "an array in a union of another type",
            "symbols of a branch, lacking*",
            "an array into a union, of other items",
            "a fixed into a union, of another size",
            "an unqualified name twice, neither of which resolves",
            "a record of a union that lacks a field*",
            "a record into a union, of another type inside",
            "two types in turn, of another type",
            "two types in turn, ended at once",
        ],
    ),
    (
        "java",
        "compatibility",
        "it throws where two of the writer's fields have names of one of the reader's",
        ["a name beside its former one", "names moved on*", "names that were exchanged", "two former names*"],
    ),
    (
        "java",
        "compatibility",
        "it lets two of the reader's fields take one of the writer's, which its decoder does not",
        ["a former name that is still there", "names that were exchanged, of which one is there"],
    ),
    ("java", "compatibility", "it compares a field that is missing with the record", ["an enum's default is not for fields"]),
    # What fastavro 1.13.1 reads.
    ("fastavro", "decode", "it does not bound ints", ["an int of more than 32 bits to *"]),
    ("fastavro", "decode", "it reads a string before it takes its bytes, or skips it", ["text that is none to bytes", "skipped: bytes that are no text"]),
    ("fastavro", "decode", "it compares types before it reads data", ["no items of another type", "no values of another type"]),
    (
        "fastavro",
        "decode",
        "it takes an alias for the unqualified name",
        ["* with an alias that takes its namespace", "* with an alias of a namespace, written without"],
    ),
    ("fastavro", "decode", "it lets two fields be one", ["a name beside its former one", "two former names*", "names moved on twice"]),
    (
        "fastavro",
        "decode",
        "it hands out a default as it stands in JSON, without the fields that it leaves to their own defaults",
        [
            "default record, filled by its own defaults",
            "default record of nothing, filled twice over",
            "default records in an array, filled",
            "default records in a map, filled",
            "default record in a union, filled",
            "default of a recursive record*",
            "default record of a new type",
        ],
    ),
    ("fastavro", "decode", "it does not compare defaults with their types", ["default * in a string", "default record that lacks a field"]),
    ("fastavro", "decode", "it counts symbols from behind", ["an index before the symbols"]),
    (
        "fastavro",
        "decode",
        "it takes the first branch that matches, promotions and unqualified names included",
        [
            "into a union, *before *",
            "the exact branch before a promotion",
            "the full name before the unqualified one",
            "the unqualified name that resolves",
            "an alias before the unqualified name",
        ],
    ),
    ("fastavro", "decode", "it does not compare decimals", ["a decimal of *another scale*", "a decimal of *more precision", "a decimal of less precision"]),
    ("fastavro", "decode", "it refuses logical types that are not valid", ["a decimal that is none", "a decimal too precise for its fixed"]),
    ("fastavro", "decode", "its compiled and its plain form disagree", ["skipped: array of arrays with the sizes of blocks"]),
    # What avro 1.12.2 reads.
    ("avro", "decode", "it does not bound ints", ["an int of more than 32 bits to *"]),
    (
        "avro",
        "decode",
        "it does not promote between strings and bytes",
        [
            "bytes as string",
            "string as bytes",
            "string to bytes, empty",
            "text that is none to bytes",
            "values to bytes",
            "string into a union with bytes",
            "bytes into a union with string",
            "out of a union of text and bytes",
            "a decimal as string",
            "string as a decimal",
        ],
    ),
    (
        "avro",
        "decode",
        "it compares items and values without promotions and unions, and before it reads data",
        [
            "items promoted*",
            "items of items promoted",
            "items of several blocks promoted",
            "items of a block with its size promoted",
            "values promoted",
            "values of a block with its size promoted",
            "no items of another type",
            "no values of another type",
            "a map of arrays promoted",
            "nullable items, from plain ones",
            "plain items, from nullable ones",
            "an array in a union promoted",
            "an array into a union",
        ],
    ),
    (
        "avro",
        "decode",
        "it compares full names",
        [
            "* of another namespace",
            "a fixed into a union, of another namespace and size",
            "* of a namespace, read without",
            "* without a namespace, read with one",
            "a namespace inherited",
            "out of a union of records",
            "the unqualified name alone",
            "the unqualified name that resolves",
        ],
    ),
    (
        "avro",
        "decode",
        "it knows no aliases",
        [
            "* with an alias",
            "* with its alias the second",
            "* with an alias in *namespace",
            "an alias in an inherited namespace",
            "both aliases of a type that had two names",
            "several types renamed",
            "a renamed type used twice",
            "a field renamed *",
            "renamed and *",
            "renamed, with a default that is not needed",
            "names moved on*",
            "two former names*",
            "a nullable field renamed and promoted",
            "a field of bytes renamed",
            "an enum's default and an alias",
            "a record * by alias",
            "an alias beside another record",
            "an alias before the unqualified name",
            "a list renamed with alias",
        ],
    ),
    ("avro", "decode", "it takes an error for another type than a record", ["an error as a record", "a record as an error"]),
    (
        "avro",
        "decode",
        "it takes no whole number as the default of a float",
        [
            "default float without fraction",
            "default float that is rounded",
            "default double without fraction",
            "default double of many digits",
            "default array of arrays",
            "default map of floats",
            "default record of a new type",
        ],
    ),
    ("avro", "decode", "it reads the default of bytes as UTF-8", ["default bytes*", "default fixed", "default array of bytes", "default decimal", "default inside a record"]),
    (
        "avro",
        "decode",
        "it reads the default of a union as the first branch",
        [
            "default of a later branch",
            "default of the first branch for a fraction",
            "default of an enum branch",
            "default of an array of unions",
            "default record in a union, filled",
            "default of a recursive record, two deep",
        ],
    ),
    ("avro", "decode", "it does not know the defaults of enums", ["the reader's default for a symbol", "the reader's default, in the middle"]),
    ("avro", "decode", "it promotes before it looks for the same type", ["into a union, the exact one before the first"]),
    (
        "avro",
        "decode",
        "it wants every branch of a union to match before it reads one",
        [
            "out of a union",
            "out of a union by promotion",
            "out of a union of one",
            "out of a union, every branch by promotion",
            "a field no longer nullable",
            "a list cut to its first",
        ],
    ),
    ("avro", "decode", "it does not compare decimals", ["a decimal of *another scale*", "a decimal of *more precision", "a decimal of less precision"]),
    ("avro", "decode", "it skips beyond the end", ["skipped: a fixed cut off"]),
]

used, faults = set(), []


def reason(judge, operation, name):
    """The reason for a deviation; when there is not exactly one, that is noted."""
    found = []
    for of, on, why, patterns in REASONS:
        if of == judge and on in (operation, "*"):
            matching = [pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)]
            used.update((of, why, pattern) for pattern in matching)
            found += [why] if matching else []
    if len(found) != 1:
        faults.append(f"{judge} differs on `{name}` ({operation}), for which these are the reasons: {found}")
    return " and ".join(found)


def wrong():
    """What is wrong with the reasons once all deviations have been asked for."""
    every = [(of, why, it) for of, _, why, patterns in REASONS for it in patterns]
    return faults + [f"nobody differs for this reason: {it}" for it in every if it not in used]
