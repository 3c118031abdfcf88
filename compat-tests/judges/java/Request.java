import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A request's parts, each refused as the test's fault when it is missing. */
record Request(JsonNode body) {
  static final HexFormat HEX = HexFormat.of();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a judge answers with. */
  interface Judge {
    ObjectNode serve(Request request) throws Refused;
  }

  /** The loop of every judge: a request a line in, an answer a line out. */
  static void serveAll(Judge judge) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode request = JSON.readTree(line);
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.set("id", request.get("id"));
      try {
        answer.set("ok", judge.serve(new Request(request)));
      } catch (Refused refused) {
        answer.putObject("error").put("kind", refused.kind).put("message", refused.getMessage());
      }
      out.print(JSON.writeValueAsString(answer));
      out.print('\n');
      out.flush();
    }
  }

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
}
