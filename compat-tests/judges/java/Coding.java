import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/** Single values in the binary, the JSON and the single-object encoding. */
final class Coding {
  private Coding() {}

  static byte[] encode(Schema schema, JsonNode neutral) throws Refused {
    Object value = Neutral.toGeneric(schema, neutral);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Encoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new Branches.Writer(schema).write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException | RuntimeException | StackOverflowError error) {
      throw new Refused("value", error);
    }
  }

  static ObjectNode decode(Schema schema, Schema reader, byte[] data) throws Refused {
    Schema target = reader == null ? schema : reader;
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, null);
      Object value = new Branches.Reader(schema, target).read(null, decoder);
      ObjectNode ok = JsonNodeFactory.instance.objectNode();
      ok.set("value", Neutral.fromGeneric(target, value));
      return ok.put("read", data.length - decoder.inputStream().available());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError error) {
      throw new Refused("data", error);
    }
  }

  static String jsonEncode(Schema schema, JsonNode neutral) throws Refused {
    Object value = Neutral.toGeneric(schema, neutral);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Encoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
      new Branches.Writer(schema).write(value, encoder);
      encoder.flush();
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException | StackOverflowError error) {
      throw new Refused("value", error);
    }
  }

  static JsonNode jsonDecode(Schema schema, Schema reader, String text) throws Refused {
    Schema target = reader == null ? schema : reader;
    try {
      Object value = new Branches.Reader(schema, target).read(null, DecoderFactory.get().jsonDecoder(schema, text));
      return Neutral.fromGeneric(target, value);
    } catch (IOException | RuntimeException | StackOverflowError error) {
      throw new Refused("data", error);
    }
  }

  static byte[] singleObjectEncode(Schema schema, JsonNode neutral) throws Refused {
    Object value = Neutral.toGeneric(schema, neutral);
    try {
      ByteBuffer encoded = new BinaryMessageEncoder<>(Branches.DATA, schema).encode(value);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException | RuntimeException | StackOverflowError error) {
      throw new Refused("value", error);
    }
  }

  static JsonNode singleObjectDecode(Schema schema, byte[] data) throws Refused {
    try {
      Object value = new BinaryMessageDecoder<>(Branches.DATA, schema).decode(data);
      return Neutral.fromGeneric(schema, value);
    } catch (IOException | RuntimeException | StackOverflowError error) {
      throw new Refused("data", error);
    }
  }
}
