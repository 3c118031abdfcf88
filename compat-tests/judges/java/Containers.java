import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;

/** Object container files. */
final class Containers {
  private static final HexFormat HEX = HexFormat.of();

  private Containers() {}

  static ObjectNode write(Request request) throws Refused {
    Schema schema = AvroJudge.schema(request, "schema");
    List<Object> values = new ArrayList<>();
    for (JsonNode neutral : request.node("values")) {
      values.add(Neutral.toGeneric(schema, neutral));
    }
    int blockItems = request.has("block_items") ? request.node("block_items").intValue() : 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new Branches.Writer(schema))) {
      writer.setCodec(CodecFactory.fromString(request.text("codec")));
      if (request.has("metadata")) {
        for (Map.Entry<String, JsonNode> entry : request.node("metadata").properties()) {
          writer.setMeta(entry.getKey(), HEX.parseHex(entry.getValue().textValue()));
        }
      }
      writer.create(schema, out, request.has("sync") ? request.bytes("sync") : null);
      int count = 0;
      for (Object value : values) {
        writer.append(value);
        count++;
        if (blockItems > 0 && count % blockItems == 0) {
          writer.sync();
        }
      }
    } catch (IOException | RuntimeException | StackOverflowError error) {
      throw new Refused("value", error);
    }
    ObjectNode ok = JsonNodeFactory.instance.objectNode();
    if (!request.has("path")) {
      return ok.put("hex", HEX.formatHex(out.toByteArray()));
    }
    try {
      Files.write(Path.of(request.text("path")), out.toByteArray());
      return ok;
    } catch (IOException error) {
      throw new Refused("request", error);
    }
  }

  static ObjectNode read(Request request) throws Refused {
    byte[] data;
    try {
      data = request.has("hex") ? request.bytes("hex") : Files.readAllBytes(Path.of(request.text("path")));
    } catch (IOException error) {
      throw new Refused("request", error);
    }
    Schema reader = AvroJudge.optionalSchema(request, "reader");
    Branches.Reader datumReader = new Branches.Reader(null, reader);
    try (DataFileReader<Object> file = new DataFileReader<>(new SeekableByteArrayInput(data), datumReader)) {
      Schema target = reader == null ? file.getSchema() : reader;
      ObjectNode ok = JsonNodeFactory.instance.objectNode();
      ArrayNode values = ok.putArray("values");
      while (file.hasNext()) {
        values.add(Neutral.fromGeneric(target, file.next()));
      }
      ok.put("schema", file.getMetaString("avro.schema"));
      String codec = file.getMetaString("avro.codec");
      ok.put("codec", codec == null ? "null" : codec);
      ObjectNode metadata = ok.putObject("metadata");
      for (String key : file.getMetaKeys()) {
        metadata.put(key, HEX.formatHex(file.getMeta(key)));
      }
      return ok;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError error) {
      throw new Refused("data", error);
    }
  }
}
