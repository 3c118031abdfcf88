"""A client of the inventory server, with the Apache project's library for Python and without generated code.

usage: inventory_client.py PORT (framed|buffered) (binary|compact)

Calls every function, checks what comes back, and prints how many calls there were.
"""

import sys

from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.protocol.TCompactProtocol import TCompactProtocol
from thrift.Thrift import TApplicationException, TMessageType, TType
from thrift.transport.TSocket import TSocket
from thrift.transport.TTransport import TBufferedTransport, TFramedTransport


class Struct:
    """A struct whose class lists its fields as the library wants them."""

    def __init__(self, **fields):
        for spec in self.thrift_spec:
            if spec is not None:
                setattr(self, spec[2], fields.get(spec[2], spec[4]))

    def read(self, protocol):
        protocol.readStruct(self, self.thrift_spec)

    def write(self, protocol):
        protocol.writeStruct(self, self.thrift_spec)


class Item(Struct):
    thrift_spec = (
        None,
        (1, TType.STRING, "sku", "UTF8", None),
        (2, TType.I64, "quantity", None, None),
        (3, TType.I32, "unit", None, 1),
        (4, TType.DOUBLE, "price", None, None),
        (5, TType.SET, "tags", (TType.STRING, "UTF8", False), None),
    )


class NotFound(Struct):
    thrift_spec = (None, (1, TType.STRING, "message", "UTF8", None), (2, TType.STRING, "sku", "UTF8", None))


class OutOfStock(Struct):
    thrift_spec = (None, (1, TType.I64, "left", None, None))


def struct(*fields):
    return type("Fields", (Struct,), {"thrift_spec": tuple(fields)})


ITEM = [Item, Item.thrift_spec]
SKU = (1, TType.STRING, "sku", "UTF8", None)
MISSING = (1, TType.STRUCT, "missing", [NotFound, NotFound.thrift_spec], None)
SHORT = (2, TType.STRUCT, "short", [OutOfStock, OutOfStock.thrift_spec], None)
NOTHING = struct()

# The arguments and the result of each function.
FUNCTIONS = {
    "ping": (NOTHING, struct((0, TType.I32, "success", None, None))),
    "put": (struct(None, (1, TType.STRUCT, "item", ITEM, None)), NOTHING),
    "find": (struct(None, SKU), struct((0, TType.STRUCT, "success", ITEM, None), MISSING)),
    "take": (
        struct(None, SKU, (2, TType.I64, "quantity", None, None)),
        struct((0, TType.I64, "success", None, None), MISSING, SHORT),
    ),
    "all": (
        NOTHING,
        struct((0, TType.MAP, "success", (TType.STRING, "UTF8", TType.STRUCT, ITEM, False), None)),
    ),
    "forget": (struct(None, SKU), None),
    "unheard": (NOTHING, NOTHING),
}


class Client:
    def __init__(self, protocol):
        self.protocol, self.calls = protocol, 0

    def __call__(self, function, **arguments):
        self.calls += 1
        request, response = FUNCTIONS[function]
        kind = TMessageType.ONEWAY if response is None else TMessageType.CALL
        self.protocol.writeMessageBegin(function, kind, self.calls)
        request(**arguments).write(self.protocol)
        self.protocol.writeMessageEnd()
        self.protocol.trans.flush()
        if response is None:
            return None
        name, kind, sequence = self.protocol.readMessageBegin()
        assert (name, sequence) == (function, self.calls), (name, sequence)
        result = TApplicationException() if kind == TMessageType.EXCEPTION else response()
        result.read(self.protocol)
        self.protocol.readMessageEnd()
        if kind == TMessageType.EXCEPTION:
            raise result
        return result


def check(call):
    assert call("ping").success == 0
    call("put", item=Item(sku="cup", quantity=3, price=2.5, tags={"blue", "größe"}))
    call("put", item=Item(sku="jug", quantity=1 << 40, unit=9))
    assert call("ping").success == 2

    cup = call("find", sku="cup").success
    assert (cup.sku, cup.quantity, cup.unit, cup.price) == ("cup", 3, 1, 2.5), vars(cup)
    assert cup.tags == {"blue", "größe"}
    jug = call("find", sku="jug").success
    assert (jug.quantity, jug.unit, jug.price, jug.tags) == (1 << 40, 9, None, set()), vars(jug)
    missing = call("find", sku="pot")
    assert missing.success is None and missing.missing.sku == "pot", vars(missing)

    # The default of the second argument is that of the server.
    assert call("take", sku="cup").success == 2
    short = call("take", sku="cup", quantity=5)
    assert short.success is None and short.short.left == 2, vars(short)
    assert set(call("all").success) == {"cup", "jug"}
    call("forget", sku="jug")
    assert set(call("all").success) == {"cup"}

    try:
        call("unheard")
    except TApplicationException as error:
        assert error.type == TApplicationException.UNKNOWN_METHOD, error
        assert "unheard" in error.message, error
    else:
        raise AssertionError("the server knows what it cannot")
    # What is wrong with one call leaves the connection to the next.
    try:
        call("put", item=Item(quantity=1))
    except TApplicationException as error:
        assert error.type == TApplicationException.PROTOCOL_ERROR, error
    else:
        raise AssertionError("a required field is not missed")
    # A text longer than what is received at once.
    call("put", item=Item(sku="x" * 100_000))
    assert call("ping").success == 2


def main():
    port, transport, protocol = sys.argv[1:]
    socket = TSocket("127.0.0.1", int(port))
    socket.setTimeout(20_000)
    wrapped = {"framed": TFramedTransport, "buffered": TBufferedTransport}[transport](socket)
    client = Client({"binary": TBinaryProtocol, "compact": TCompactProtocol}[protocol](wrapped))
    wrapped.open()
    check(client)
    wrapped.close()
    print(client.calls)


if __name__ == "__main__":
    main()
