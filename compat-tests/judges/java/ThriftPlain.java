import com.facebook.drift.TException;
import com.facebook.drift.protocol.TField;
import com.facebook.drift.protocol.TList;
import com.facebook.drift.protocol.TMap;
import com.facebook.drift.protocol.TProtocolException;
import com.facebook.drift.protocol.TProtocolReader;
import com.facebook.drift.protocol.TProtocolUtil;
import com.facebook.drift.protocol.TProtocolWriter;
import com.facebook.drift.protocol.TSet;
import com.facebook.drift.protocol.TStruct;
import com.facebook.drift.protocol.TType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** What code that knows the structs does with a protocol's methods; values in the neutral form. */
final class ThriftPlain {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ThriftSchema schema;
  private final String order;

  ThriftPlain(ThriftSchema schema, String order) {
    this.schema = schema;
    this.order = order;
  }

  void write(TProtocolWriter to, String name, JsonNode value) throws TException {
    to.writeStructBegin(new TStruct(name));
    for (ThriftSchema.Field field : inOrder(schema.fields(name), value)) {
      if (value.has(field.name())) {
        to.writeFieldBegin(new TField(field.name(), field.kind().code(), field.id()));
        writeValue(to, field.kind(), value.get(field.name()));
        to.writeFieldEnd();
      } else if (field.required()) {
        throw new TProtocolException("the required field " + field.name() + " is unset");
      }
    }
    to.writeFieldStop();
    to.writeStructEnd();
  }

  private List<ThriftSchema.Field> inOrder(List<ThriftSchema.Field> fields, JsonNode value) {
    List<ThriftSchema.Field> ordered = new ArrayList<>(fields);
    if (order.equals("falling")) {
      Collections.reverse(ordered);
    } else if (order.equals("given")) {
      List<String> names = new ArrayList<>();
      value.fieldNames().forEachRemaining(names::add);
      ordered.sort(Comparator.comparing(field -> names.indexOf(field.name())));
    }
    return ordered;
  }

  private void writeValue(TProtocolWriter to, ThriftSchema.Kind kind, JsonNode value) throws TException {
    switch (kind.word()) {
      case "bool" -> to.writeBool(value.asBoolean());
      case "i8" -> to.writeByte((byte) value.asInt());
      case "i16" -> to.writeI16((short) value.asInt());
      case "i32" -> to.writeI32(value.asInt());
      case "i64" -> to.writeI64(value.asLong());
      case "float" -> to.writeFloat(Float.intBitsToFloat(HexFormat.fromHexDigits(value.get("$f32").asText())));
      case "double" -> to.writeDouble(
          Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(value.get("$f64").asText())));
      case "string" -> to.writeString(value.asText());
      case "binary" -> to.writeBinary(ByteBuffer.wrap(Request.HEX.parseHex(value.get("$bytes").asText())));
      case "struct" -> write(to, kind.name(), value);
      case "list" -> {
        to.writeListBegin(new TList(kind.parts().get(0).code(), value.size()));
        writeItems(to, kind, value);
        to.writeListEnd();
      }
      case "set" -> {
        to.writeSetBegin(new TSet(kind.parts().get(0).code(), value.size()));
        writeItems(to, kind, value);
        to.writeSetEnd();
      }
      case "map" -> {
        ThriftSchema.Kind key = kind.parts().get(0);
        ThriftSchema.Kind item = kind.parts().get(1);
        to.writeMapBegin(new TMap(key.code(), item.code(), value.get("$map").size()));
        for (JsonNode entry : value.get("$map")) {
          writeValue(to, key, entry.get(0));
          writeValue(to, item, entry.get(1));
        }
        to.writeMapEnd();
      }
      default -> throw new IllegalStateException(kind.word());
    }
  }

  private void writeItems(TProtocolWriter to, ThriftSchema.Kind kind, JsonNode items) throws TException {
    for (JsonNode item : items) {
      writeValue(to, kind.parts().get(0), item);
    }
  }

  ObjectNode read(TProtocolReader from, String name) throws TException {
    ObjectNode value = NODES.objectNode();
    from.readStructBegin();
    for (TField found = from.readFieldBegin(); found.getType() != TType.STOP; found = from.readFieldBegin()) {
      ThriftSchema.Field known = null;
      for (ThriftSchema.Field field : schema.fields(name)) {
        if (field.id() == found.getId() && field.kind().code() == found.getType()) {
          known = field;
        }
      }
      if (known == null) {
        TProtocolUtil.skip(from, found.getType());
      } else {
        value.set(known.name(), readValue(from, known.kind()));
      }
      from.readFieldEnd();
    }
    from.readStructEnd();
    for (ThriftSchema.Field field : schema.fields(name)) {
      if (field.required() && !value.has(field.name())) {
        throw new TProtocolException("the required field " + field.name() + " is unset");
      }
    }
    return value;
  }

  private JsonNode readValue(TProtocolReader from, ThriftSchema.Kind kind) throws TException {
    switch (kind.word()) {
      case "bool":
        return NODES.booleanNode(from.readBool());
      case "i8":
        return NODES.numberNode(from.readByte());
      case "i16":
        return NODES.numberNode(from.readI16());
      case "i32":
        return NODES.numberNode(from.readI32());
      case "i64":
        return NODES.numberNode(from.readI64());
      case "float":
        return NODES.objectNode().put("$f32", Request.HEX.toHexDigits(Float.floatToRawIntBits(from.readFloat())));
      case "double":
        return NODES.objectNode().put("$f64", Request.HEX.toHexDigits(Double.doubleToRawLongBits(from.readDouble())));
      case "string":
        return NODES.textNode(from.readString());
      case "binary": {
        ByteBuffer buffer = from.readBinary();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return NODES.objectNode().put("$bytes", Request.HEX.formatHex(bytes));
      }
      case "struct":
        return read(from, kind.name());
      case "list": {
        ArrayNode items = readItems(from, kind, from.readListBegin().getSize());
        from.readListEnd();
        return items;
      }
      case "set": {
        ArrayNode items = readItems(from, kind, from.readSetBegin().getSize());
        from.readSetEnd();
        return items;
      }
      case "map": {
        ArrayNode entries = NODES.arrayNode();
        int size = from.readMapBegin().getSize();
        for (int at = 0; at < size; at++) {
          ArrayNode entry = entries.addArray();
          entry.add(readValue(from, kind.parts().get(0)));
          entry.add(readValue(from, kind.parts().get(1)));
        }
        from.readMapEnd();
        ObjectNode map = NODES.objectNode();
        map.set("$map", entries);
        return map;
      }
      default:
        throw new IllegalStateException(kind.word());
    }
  }

  private ArrayNode readItems(TProtocolReader from, ThriftSchema.Kind kind, int size) throws TException {
    ArrayNode items = NODES.arrayNode();
    for (int at = 0; at < size; at++) {
      items.add(readValue(from, kind.parts().get(0)));
    }
    return items;
  }
}
