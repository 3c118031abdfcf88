import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Neutral values as Avro's generic values and back, with {@link Branch} for what a union holds. */
final class Neutral {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final HexFormat HEX = HexFormat.of();

  private Neutral() {}

  /** A union's value with the position of its branch. */
  record Branch(int index, Object value) {}

  static Object toGeneric(Schema schema, JsonNode neutral) throws Refused {
    switch (schema.getType()) {
      case NULL:
        if (neutral.isNull()) {
          return null;
        }
        break;
      case BOOLEAN:
        if (neutral.isBoolean()) {
          return neutral.booleanValue();
        }
        break;
      case INT:
        if (neutral.isIntegralNumber() && neutral.canConvertToInt()) {
          return neutral.intValue();
        }
        break;
      case LONG:
        if (neutral.isIntegralNumber() && neutral.canConvertToLong()) {
          return neutral.longValue();
        }
        break;
      case FLOAT:
        if (neutral.path("$f32").isTextual()) {
          return Float.intBitsToFloat(HexFormat.fromHexDigits(neutral.get("$f32").textValue()));
        }
        break;
      case DOUBLE:
        if (neutral.path("$f64").isTextual()) {
          return Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(neutral.get("$f64").textValue()));
        }
        break;
      case STRING:
        if (neutral.isTextual()) {
          return neutral.textValue();
        }
        break;
      case BYTES:
        if (neutral.path("$bytes").isTextual()) {
          return ByteBuffer.wrap(HEX.parseHex(neutral.get("$bytes").textValue()));
        }
        break;
      case FIXED:
        String hex = neutral.path("$bytes").asText();
        if (neutral.path("$bytes").isTextual() && hex.length() == 2 * schema.getFixedSize()) {
          return new GenericData.Fixed(schema, HEX.parseHex(hex));
        }
        break;
      case ENUM:
        if (neutral.isTextual() && schema.hasEnumSymbol(neutral.textValue())) {
          return new GenericData.EnumSymbol(schema, neutral.textValue());
        }
        break;
      case ARRAY:
        if (neutral.isArray()) {
          List<Object> items = new ArrayList<>(neutral.size());
          for (JsonNode item : neutral) {
            items.add(toGeneric(schema.getElementType(), item));
          }
          return items;
        }
        break;
      case MAP:
        if (neutral.isObject()) {
          Map<String, Object> entries = new LinkedHashMap<>();
          for (Map.Entry<String, JsonNode> entry : neutral.properties()) {
            entries.put(entry.getKey(), toGeneric(schema.getValueType(), entry.getValue()));
          }
          return entries;
        }
        break;
      case RECORD:
        if (neutral.isObject() && neutral.size() == schema.getFields().size()) {
          return toRecord(schema, neutral);
        }
        break;
      case UNION:
        int index = neutral.path("$branch").asInt(-1);
        if (index >= 0 && index < schema.getTypes().size() && neutral.has("value")) {
          return new Branch(index, toGeneric(schema.getTypes().get(index), neutral.get("value")));
        }
        break;
    }
    throw new Refused("value", neutral + " is not the neutral form of a " + schema.getType().getName());
  }

  private static Object toRecord(Schema schema, JsonNode neutral) throws Refused {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode part = neutral.get(field.name());
      if (part == null) {
        throw new Refused("value", "no value for the field " + field.name());
      }
      record.put(field.pos(), toGeneric(field.schema(), part));
    }
    return record;
  }

  static JsonNode fromGeneric(Schema schema, Object value) {
    switch (schema.getType()) {
      case NULL:
        return NODES.nullNode();
      case BOOLEAN:
        return NODES.booleanNode((Boolean) value);
      case INT:
        return NODES.numberNode((Integer) value);
      case LONG:
        return NODES.numberNode((Long) value);
      case FLOAT:
        int bits = Float.floatToRawIntBits((Float) value);
        return NODES.objectNode().put("$f32", HEX.toHexDigits(bits));
      case DOUBLE:
        long longBits = Double.doubleToRawLongBits((Double) value);
        return NODES.objectNode().put("$f64", HEX.toHexDigits(longBits));
      case STRING:
      case ENUM:
        return NODES.textNode(value.toString());
      case BYTES:
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return NODES.objectNode().put("$bytes", HEX.formatHex(bytes));
      case FIXED:
        return NODES.objectNode().put("$bytes", HEX.formatHex(((GenericFixed) value).bytes()));
      case ARRAY:
        ArrayNode items = NODES.arrayNode();
        for (Object item : (Iterable<?>) value) {
          items.add(fromGeneric(schema.getElementType(), item));
        }
        return items;
      case MAP:
        ObjectNode entries = NODES.objectNode();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          entries.set(entry.getKey().toString(), fromGeneric(schema.getValueType(), entry.getValue()));
        }
        return entries;
      case RECORD:
        ObjectNode fields = NODES.objectNode();
        for (Schema.Field field : schema.getFields()) {
          fields.set(field.name(), fromGeneric(field.schema(), ((IndexedRecord) value).get(field.pos())));
        }
        return fields;
      case UNION:
        Branch branch = (Branch) value;
        ObjectNode union = NODES.objectNode().put("$branch", branch.index());
        union.set("value", fromGeneric(schema.getTypes().get(branch.index()), branch.value()));
        return union;
      default:
        throw new IllegalStateException("unknown type " + schema.getType());
    }
  }
}
