package io.personalive.training.preparation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/** The index as an Apache Parquet file: the same columns and values as its JSON lines, see {@link ClipRow#toJson}. */
final class ParquetIndex implements AutoCloseable {
    static final String FILE = "index.parquet";
    /** Rows that are written together; a clip of ten seconds has 40 kB. */
    private static final long ROW_GROUP_BYTES = 32L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message clip {
              required binary id (STRING);
              required binary file (STRING);
              required binary source (STRING);
              required binary person (STRING);
              required binary split (STRING);
              required int32 first_frame;
              required int32 frames;
              required binary frame_rate (STRING);
              required int32 side;
              required group window (LIST) { repeated group list { required int32 element; } }
              required group valid (LIST) { repeated group list { required int32 element; } }
              required group face_boxes (LIST) {
                repeated group list { required group element (LIST) { repeated group list { required double element; } } }
              }
              required group keypoints (LIST) {
                repeated group list { required group element (LIST) { repeated group list { required double element; } } }
              }
              required group pose (LIST) {
                repeated group list { required group element (LIST) { repeated group list { required double element; } } }
              }
            }
            """);

    private final ParquetWriter<Group> writer;

    ParquetIndex(Path file) throws IOException {
        // without a compression that would bring native libraries along: the index of a thousand hours has 12 GB, their pictures 2 TB
        writer = ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(SCHEMA).withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withRowGroupSize(ROW_GROUP_BYTES).build();
    }

    /** Adds all clips of a file of JSON lines. */
    void addAll(Path lines) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(lines)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode clip = JSON.readTree(line);
                Group row = new SimpleGroup(SCHEMA);
                SCHEMA.getFields().forEach(field -> add(row, field, clip.required(field.getName())));
                writer.write(row);
            }
        }
    }

    /** Adds a value: a number, a text, or a list, whose only field is a repeated group of one element each. */
    private static void add(Group to, Type field, JsonNode value) {
        if (!field.isPrimitive()) {
            Type entry = field.asGroupType().getType(0);
            Group list = to.addGroup(field.getName());
            value.forEach(element -> add(list.addGroup(entry.getName()), entry.asGroupType().getType(0), element));
            return;
        }
        switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> to.add(field.getName(), value.intValue());
            case DOUBLE -> to.add(field.getName(), value.doubleValue());
            default -> to.add(field.getName(), value.textValue());
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
