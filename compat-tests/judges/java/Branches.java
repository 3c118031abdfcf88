import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;

/** Avro's generic data with union values as {@link Neutral.Branch}, and no logical types. */
final class Branches extends GenericData {
  static final Branches DATA = new Branches();

  private Branches() {
    // The fast reader would bypass the reader below.
    setFastReaderEnabled(false);
  }

  @Override
  public DatumReader<Object> createDatumReader(Schema schema) {
    return new Reader(schema, schema);
  }

  @Override
  public DatumReader<Object> createDatumReader(Schema writer, Schema reader) {
    return new Reader(writer, reader);
  }

  @Override
  public DatumWriter<Object> createDatumWriter(Schema schema) {
    return new Writer(schema);
  }

  /** Writes the branch that the value names. */
  static final class Writer extends GenericDatumWriter<Object> {
    Writer(Schema schema) {
      super(schema, DATA);
    }

    @Override
    protected void writeWithoutConversion(Schema schema, Object datum, Encoder out) throws IOException {
      if (schema.getType() == Schema.Type.UNION) {
        Neutral.Branch branch = (Neutral.Branch) datum;
        out.writeIndex(branch.index());
        write(schema.getTypes().get(branch.index()), branch.value(), out);
      } else {
        super.writeWithoutConversion(schema, datum, out);
      }
    }

    @Override
    protected void write(Schema schema, Object datum, Encoder out) throws IOException {
      // No conversions: the superclass would look one up by the class of the datum.
      writeWithoutConversion(schema, datum, out);
    }
  }

  /** Reports the branch that was read, or that resolution chose. */
  static final class Reader extends GenericDatumReader<Object> {
    Reader(Schema writer, Schema reader) {
      super(writer, reader, DATA);
    }

    @Override
    protected Object readWithoutConversion(Object old, Schema expected, ResolvingDecoder in) throws IOException {
      if (expected.getType() == Schema.Type.UNION) {
        int index = in.readIndex();
        return new Neutral.Branch(index, read(null, expected.getTypes().get(index), in));
      }
      return super.readWithoutConversion(null, expected, in);
    }
  }
}
