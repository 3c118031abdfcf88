import com.facebook.drift.TException;
import com.facebook.drift.protocol.TBinaryProtocol;
import com.facebook.drift.protocol.TFacebookCompactProtocol;
import com.facebook.drift.protocol.TMessage;
import com.facebook.drift.protocol.TProtocol;
import com.facebook.drift.protocol.TTransport;
import com.facebook.drift.protocol.TTransportException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A judge around com.facebook.drift, for the protocols as fbthrift has them. See PROTOCOL.md. */
public final class ThriftJudge {
  private ThriftJudge() {}

  public static void main(String[] arguments) throws IOException {
    Request.serveAll(ThriftJudge::serve);
  }

  private static ObjectNode serve(Request request) throws Refused {
    return switch (request.text("op")) {
      case "hello" -> JsonNodeFactory.instance.objectNode().put("library", "drift").put("version", version());
      case "encode" -> encode(request);
      case "decode" -> decode(request);
      default -> throw new Refused("request", "there is no op " + request.text("op"));
    };
  }

  /** The archive says nothing of its version but by its name. */
  private static String version() {
    String place = TProtocol.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return place.replaceAll(".*/drift-protocol-(.*)[.]jar", "$1");
  }

  private static ObjectNode encode(Request request) throws Refused {
    ThriftSchema schema = new ThriftSchema(request.node("schema"));
    Output output = new Output();
    TProtocol protocol = protocol(request.text("protocol"), output);
    String order = request.has("order") ? request.text("order") : "rising";
    try {
      if (request.has("message")) {
        JsonNode message = request.node("message");
        byte kind = (byte) message.get("kind").asInt();
        protocol.writeMessageBegin(new TMessage(message.get("name").asText(), kind, message.get("sequence").asInt()));
      }
      new ThriftPlain(schema, order).write(protocol, request.text("struct"), request.node("value"));
      if (request.has("message")) {
        protocol.writeMessageEnd();
      }
    } catch (TException | RuntimeException | StackOverflowError error) {
      throw new Refused("value", error);
    }
    return JsonNodeFactory.instance.objectNode().put("hex", Request.HEX.formatHex(output.bytes.toByteArray()));
  }

  private static ObjectNode decode(Request request) throws Refused {
    ThriftSchema schema = new ThriftSchema(request.node("schema"));
    Input input = new Input(request.bytes("hex"));
    TProtocol protocol = protocol(request.text("protocol"), input);
    boolean isMessage = request.has("message") && request.node("message").asBoolean();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    try {
      if (isMessage) {
        TMessage found = protocol.readMessageBegin();
        ObjectNode message = answer.putObject("message");
        message.put("name", found.getName()).put("kind", found.getType()).put("sequence", found.getSequenceId());
      }
      answer.set("value", new ThriftPlain(schema, "rising").read(protocol, request.text("struct")));
      if (isMessage) {
        protocol.readMessageEnd();
      }
    } catch (TException | RuntimeException | StackOverflowError error) {
      throw new Refused("data", error);
    }
    return answer.put("read", input.position);
  }

  private static TProtocol protocol(String name, TTransport transport) throws Refused {
    return switch (name) {
      case "fb-binary" -> new TBinaryProtocol(transport);
      case "fb-compact" -> new TFacebookCompactProtocol(transport);
      default -> throw new Refused("unsupported", "the protocol " + name);
    };
  }

  private static final class Output implements TTransport {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes.write(from, offset, length);
    }

    @Override
    public void read(byte[] to, int offset, int length) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Input implements TTransport {
    private final byte[] data;
    private int position;

    Input(byte[] data) {
      this.data = Arrays.copyOf(data, data.length);
    }

    @Override
    public void read(byte[] to, int offset, int length) throws TTransportException {
      if (length > data.length - position) {
        throw new TTransportException("the data ends");
      }
      System.arraycopy(data, position, to, offset, length);
      position += length;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      throw new UnsupportedOperationException();
    }
  }
}
