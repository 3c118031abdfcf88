import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;

/** A judge around org.apache.avro. See PROTOCOL.md. */
public final class AvroJudge {
  private AvroJudge() {}

  public static void main(String[] arguments) throws IOException {
    Request.serveAll(AvroJudge::serve);
  }

  private static ObjectNode serve(Request request) throws Refused {
    ObjectNode ok = JsonNodeFactory.instance.objectNode();
    switch (request.text("op")) {
      case "hello" -> {
        Package avro = Schema.class.getPackage();
        return ok.put("library", "java").put("version", avro.getImplementationVersion());
      }
      case "validate" -> {
        schema(request, "schema");
        return ok;
      }
      case "canonical" -> {
        return ok.put("text", SchemaNormalization.toParsingForm(schema(request, "schema")));
      }
      case "fingerprint" -> {
        return ok.put("hex", fingerprint(schema(request, "schema"), request.text("algorithm")));
      }
      case "encode" -> {
        return ok.put("hex", Request.HEX.formatHex(Coding.encode(schema(request, "schema"), request.node("value"))));
      }
      case "decode" -> {
        return Coding.decode(schema(request, "schema"), optionalSchema(request, "reader"), request.bytes("hex"));
      }
      case "json_encode" -> {
        return ok.put("text", Coding.jsonEncode(schema(request, "schema"), request.node("value")));
      }
      case "json_decode" -> {
        Schema reader = optionalSchema(request, "reader");
        ok.set("value", Coding.jsonDecode(schema(request, "schema"), reader, request.text("text")));
        return ok;
      }
      case "single_object_encode" -> {
        byte[] encoded = Coding.singleObjectEncode(schema(request, "schema"), request.node("value"));
        return ok.put("hex", Request.HEX.formatHex(encoded));
      }
      case "single_object_decode" -> {
        ok.set("value", Coding.singleObjectDecode(schema(request, "schema"), request.bytes("hex")));
        return ok;
      }
      case "container_write" -> {
        return Containers.write(request);
      }
      case "container_read" -> {
        return Containers.read(request);
      }
      case "compatibility" -> {
        return compatibility(schema(request, "reader"), schema(request, "writer"));
      }
      default -> throw new Refused("request", "there is no op " + request.text("op"));
    }
  }

  private static String fingerprint(Schema schema, String algorithm) throws Refused {
    try {
      return switch (algorithm) {
        case "rabin" -> Request.HEX.toHexDigits(SchemaNormalization.parsingFingerprint64(schema));
        case "md5" -> Request.HEX.formatHex(SchemaNormalization.parsingFingerprint("MD5", schema));
        case "sha256" -> Request.HEX.formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
        default -> throw new Refused("request", "there is no algorithm " + algorithm);
      };
    } catch (java.security.NoSuchAlgorithmException error) {
      throw new Refused("unsupported", error.toString());
    }
  }

  private static ObjectNode compatibility(Schema reader, Schema writer) throws Refused {
    SchemaCompatibility.SchemaCompatibilityResult result;
    try {
      result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    } catch (RuntimeException | StackOverflowError error) {
      throw new Refused("data", error);
    }
    ObjectNode ok = JsonNodeFactory.instance.objectNode();
    ok.put("compatible", result.getCompatibility() == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    ArrayNode list = ok.putArray("incompatibilities");
    for (SchemaCompatibility.Incompatibility found : result.getIncompatibilities()) {
      ObjectNode entry = list.addObject();
      entry.put("kind", found.getType().name());
      entry.put("location", found.getLocation());
      entry.put("message", found.getMessage());
    }
    return ok;
  }

  static Schema optionalSchema(Request request, String name) throws Refused {
    return request.has(name) ? schema(request, name) : null;
  }

  static Schema schema(Request request, String name) throws Refused {
    return parse(request.text(name));
  }

  static Schema parse(String text) throws Refused {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException | StackOverflowError error) {
      throw new Refused("schema", error);
    }
  }
}
