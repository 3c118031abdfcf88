import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;

/** A judge around org.apache.avro. See PROTOCOL.md. */
public final class AvroJudge {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  private AvroJudge() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.set("id", request.get("id"));
      try {
        answer.set("ok", serve(new Request(request)));
      } catch (Refused refused) {
        answer.putObject("error").put("kind", refused.kind).put("message", refused.getMessage());
      }
      out.print(JSON.writeValueAsString(answer));
      out.print('\n');
      out.flush();
    }
  }

  private static ObjectNode serve(Request request) throws Refused {
    ObjectNode ok = JsonNodeFactory.instance.objectNode();
    switch (request.text("op")) {
      case "hello" -> {
        Package avro = Schema.class.getPackage();
        return ok.put("library", "java").put("version", avro.getImplementationVersion());
      }
      case "validate" -> {
        request.schema("schema");
        return ok;
      }
      case "canonical" -> {
        return ok.put("text", SchemaNormalization.toParsingForm(request.schema("schema")));
      }
      case "fingerprint" -> {
        return ok.put("hex", fingerprint(request.schema("schema"), request.text("algorithm")));
      }
      case "encode" -> {
        return ok.put("hex", HEX.formatHex(Coding.encode(request.schema("schema"), request.node("value"))));
      }
      case "decode" -> {
        return Coding.decode(request.schema("schema"), request.optionalSchema("reader"), request.bytes("hex"));
      }
      case "json_encode" -> {
        return ok.put("text", Coding.jsonEncode(request.schema("schema"), request.node("value")));
      }
      case "json_decode" -> {
        Schema reader = request.optionalSchema("reader");
        ok.set("value", Coding.jsonDecode(request.schema("schema"), reader, request.text("text")));
        return ok;
      }
      case "single_object_encode" -> {
        byte[] encoded = Coding.singleObjectEncode(request.schema("schema"), request.node("value"));
        return ok.put("hex", HEX.formatHex(encoded));
      }
      case "single_object_decode" -> {
        ok.set("value", Coding.singleObjectDecode(request.schema("schema"), request.bytes("hex")));
        return ok;
      }
      case "container_write" -> {
        return Containers.write(request);
      }
      case "container_read" -> {
        return Containers.read(request);
      }
      case "compatibility" -> {
        return compatibility(request.schema("reader"), request.schema("writer"));
      }
      default -> throw new Refused("request", "there is no op " + request.text("op"));
    }
  }

  private static String fingerprint(Schema schema, String algorithm) throws Refused {
    try {
      return switch (algorithm) {
        case "rabin" -> HEX.toHexDigits(SchemaNormalization.parsingFingerprint64(schema));
        case "md5" -> HEX.formatHex(SchemaNormalization.parsingFingerprint("MD5", schema));
        case "sha256" -> HEX.formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
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

  /** An answer of some kind in place of a result. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final String kind;

    Refused(String kind, String message) {
      super(message);
      this.kind = kind;
    }

    Refused(String kind, Throwable cause) {
      this(kind, cause.toString());
    }
  }

  /** A request's parts, each refused as the test's fault when it is missing. */
  record Request(JsonNode body) {
    JsonNode node(String name) throws Refused {
      JsonNode found = body.get(name);
      if (found == null) {
        throw new Refused("request", "no " + name);
      }
      return found;
    }

    boolean has(String name) {
      return body.hasNonNull(name);
    }

    String text(String name) throws Refused {
      return node(name).asText();
    }

    byte[] bytes(String name) throws Refused {
      return HEX.parseHex(text(name));
    }

    Schema optionalSchema(String name) throws Refused {
      return has(name) ? schema(name) : null;
    }

    Schema schema(String name) throws Refused {
      return parse(text(name));
    }
  }

  static Schema parse(String text) throws Refused {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException | StackOverflowError error) {
      throw new Refused("schema", error);
    }
  }

}
