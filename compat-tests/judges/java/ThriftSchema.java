import com.facebook.drift.protocol.TType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The description of structs that tests pass: structs by name, their fields by id. */
final class ThriftSchema {
  private static final Map<String, Byte> CODES =
      Map.ofEntries(
          Map.entry("bool", TType.BOOL),
          Map.entry("i8", TType.BYTE),
          Map.entry("i16", TType.I16),
          Map.entry("i32", TType.I32),
          Map.entry("i64", TType.I64),
          Map.entry("float", TType.FLOAT),
          Map.entry("double", TType.DOUBLE),
          Map.entry("string", TType.STRING),
          Map.entry("binary", TType.STRING),
          Map.entry("list", TType.LIST),
          Map.entry("set", TType.SET),
          Map.entry("map", TType.MAP),
          Map.entry("struct", TType.STRUCT));

  private final Map<String, List<Field>> structs = new HashMap<>();

  /** A type: its word, its code on the wire, what it is made of, and a struct's name. */
  record Kind(String word, byte code, List<Kind> parts, String name) {}

  record Field(short id, String name, Kind kind, boolean required) {}

  ThriftSchema(JsonNode description) throws Refused {
    for (Map.Entry<String, JsonNode> entry : description.properties()) {
      List<Field> fields = new ArrayList<>();
      for (JsonNode field : entry.getValue()) {
        short id = (short) field.get("id").asInt();
        boolean required = field.path("required").asBoolean();
        fields.add(new Field(id, field.get("name").asText(), kind(field.get("type")), required));
      }
      fields.sort(Comparator.comparing(Field::id));
      structs.put(entry.getKey(), fields);
    }
  }

  List<Field> fields(String name) {
    return structs.get(name);
  }

  private static Kind kind(JsonNode described) throws Refused {
    String word = described.isTextual() ? described.asText() : described.fieldNames().next();
    Byte code = CODES.get(word);
    if (code == null) {
      throw new Refused("unsupported", "the type " + word);
    }
    if (described.isTextual()) {
      return new Kind(word, code, List.of(), null);
    }
    JsonNode inner = described.get(word);
    return switch (word) {
      case "struct" -> new Kind(word, code, List.of(), inner.asText());
      case "map" -> new Kind(word, code, List.of(kind(inner.get(0)), kind(inner.get(1))), null);
      default -> new Kind(word, code, List.of(kind(inner)), null);
    };
  }
}
