"""A server and a client as the compiler makes them for Python, over the library's own messages and failures."""

from thrift.Thrift import TApplicationException, TMessageType, TType
from thrift.transport.TTransport import TMemoryBuffer

from judging import thrift_plain, with_thrift
from judging.neutral import Refused


def serve(schema, functions, protocol, data):
    """What a processor answers to a message; nothing where the function is oneway, whatever the message says."""
    out = TMemoryBuffer()
    reader, writer = with_thrift.protocol_of(protocol, TMemoryBuffer(data)), with_thrift.protocol_of(protocol, out)
    try:
        name, _, sequence = reader.readMessageBegin()
        function = functions.get(name)
        if function is None:
            reader.skip(TType.STRUCT)
            reader.readMessageEnd()
            failure = TApplicationException(TApplicationException.UNKNOWN_METHOD, f"Unknown function {name}")
            writer.writeMessageBegin(name, TMessageType.EXCEPTION, sequence)
            failure.write(writer)
            writer.writeMessageEnd()
            return {"reply": out.getvalue().hex(), "arguments": None}
        arguments = thrift_plain.read_struct(reader, schema, function["arguments"])
        reader.readMessageEnd()
    except with_thrift.READ_FAULTS as fault:
        raise Refused("data", f"{type(fault).__name__}: {fault}") from fault
    if function["oneway"]:
        return {"reply": None, "arguments": arguments}
    writer.writeMessageBegin(name, TMessageType.REPLY, sequence)
    thrift_plain.write_struct(writer, schema, function["result"], function["answer"], "rising")
    writer.writeMessageEnd()
    return {"reply": out.getvalue().hex(), "arguments": arguments}


def receive(schema, result, is_void, protocol, data):
    """What a client has of a reply: a result, an exception, or the kind of a failure."""
    reader = with_thrift.protocol_of(protocol, TMemoryBuffer(data))
    try:
        _, kind, _ = reader.readMessageBegin()
        if kind == TMessageType.EXCEPTION:
            failure = TApplicationException()
            failure.read(reader)
            reader.readMessageEnd()
            return {"failure": failure.type}
        value = thrift_plain.read_struct(reader, schema, result)
        reader.readMessageEnd()
    except with_thrift.READ_FAULTS as fault:
        raise Refused("data", f"{type(fault).__name__}: {fault}") from fault
    if "success" in value:
        return {"result": value["success"]}
    if value:
        return {"thrown": value}
    if is_void:
        return {"result": None}
    return {"failure": TApplicationException.MISSING_RESULT}
