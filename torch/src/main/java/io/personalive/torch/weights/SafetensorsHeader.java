package io.personalive.torch.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a .safetensors file: 8 bytes of length, then JSON that gives every tensor's type, shape and place in
 * the data behind it. The tensors cover the data without gap or overlap.
 */
final class SafetensorsHeader {
    static final String METADATA = "__metadata__";
    private static final long LARGEST_HEADER = 100_000_000;
    /** libtorch's own limit. */
    private static final int MOST_DIMENSIONS = 64;
    private static final ObjectMapper json = new ObjectMapper(
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

    private final CheckpointFile file;
    private final long start;
    private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeader(CheckpointFile file, long start) {
        this.file = file;
        this.start = start;
    }

    static Checkpoint.Contents read(CheckpointFile file) {
        long length = file.read(0, Long.BYTES).getLong();
        if (length < 0 || length > file.size() - Long.BYTES) {
            throw file.refuse("its header claims " + Long.toUnsignedString(length) + " bytes, the file has "
                    + file.size() + ". " + CheckpointFile.DOWNLOAD_AGAIN);
        }
        if (length > LARGEST_HEADER) {
            throw file.refuse("its header of " + length + " bytes is longer than the format allows ("
                    + LARGEST_HEADER + "). " + CheckpointFile.DOWNLOAD_AGAIN);
        }
        SafetensorsHeader header = new SafetensorsHeader(file, Long.BYTES + length);
        header.parse(file.read(Long.BYTES, (int) length).array());
        header.checkCover();
        return new Checkpoint.Contents(header.tensors, header.metadata);
    }

    private void parse(byte[] text) {
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                JsonNode value = json.readTree(parser);
                if (name.equals(METADATA)) {
                    readMetadata(value);
                } else {
                    tensors.put(name, entry(name, value));
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw file.refuse("its header goes on after the list of tensors. " + CheckpointFile.DOWNLOAD_AGAIN);
            }
        } catch (IOException malformed) {
            String reason = malformed.getMessage().lines().findFirst().orElse("");
            throw file.refuse("its header isn't valid JSON (" + reason + "). " + CheckpointFile.DOWNLOAD_AGAIN);
        }
    }

    private void readMetadata(JsonNode value) {
        if (!value.isObject()) {
            throw file.refuse("its " + METADATA + " isn't an object of texts. Save the file again");
        }
        value.properties().forEach(field -> {
            if (!field.getValue().isTextual()) {
                throw file.refuse("its " + METADATA + " " + field.getKey() + " isn't a text. Save the file again");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        });
    }

    private TensorEntry entry(String name, JsonNode value) {
        JsonNode dtype = value.path("dtype");
        ElementType type = ElementType.ofSafetensors(dtype.asText());
        if (type == null) {
            throw refuse(name, "has dtype " + (dtype.isMissingNode() ? "missing" : dtype.toString())
                    + ", which isn't read. Save it as F32, F16 or BF16");
        }
        long[] shape = numbers(name, "shape", value.path("shape"));
        long[] offsets = numbers(name, "data_offsets", value.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw refuse(name, "has data_offsets " + value.path("data_offsets") + " instead of a begin and an end. "
                    + CheckpointFile.DOWNLOAD_AGAIN);
        }
        if (offsets[1] > file.size() - start) {
            throw refuse(name, "ends at byte " + offsets[1] + " of the data, which has " + (file.size() - start) + ". "
                    + CheckpointFile.DOWNLOAD_AGAIN);
        }
        if (bytes(name, type, shape) != offsets[1] - offsets[0]) {
            throw refuse(name, "has " + (offsets[1] - offsets[0]) + " bytes, but its shape " + value.path("shape")
                    + " of " + type + " needs " + bytes(name, type, shape) + ". " + CheckpointFile.DOWNLOAD_AGAIN);
        }
        return TensorEntry.rowMajor(type, shape, start + offsets[0]);
    }

    private long bytes(String name, ElementType type, long[] shape) {
        try {
            return Math.multiplyExact(TensorEntry.elements(shape), type.bytes());
        } catch (ArithmeticException overflow) {
            throw refuse(name, "has a shape with more elements than any file can hold. " + CheckpointFile.DOWNLOAD_AGAIN);
        }
    }

    private long[] numbers(String name, String field, JsonNode list) {
        if (!list.isArray() || list.size() > MOST_DIMENSIONS) {
            throw refuse(name, "has no valid " + field + ". " + CheckpointFile.DOWNLOAD_AGAIN);
        }
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = list.get(i);
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw refuse(name, "has " + number + " in its " + field + ". " + CheckpointFile.DOWNLOAD_AGAIN);
            }
            numbers[i] = number.longValue();
        }
        return numbers;
    }

    private void checkCover() {
        List<Map.Entry<String, TensorEntry>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingLong((Map.Entry<String, TensorEntry> each) -> each.getValue().position())
                .thenComparingLong(each -> each.getValue().span()));
        long covered = start;
        for (Map.Entry<String, TensorEntry> each : inOrder) {
            long position = each.getValue().position();
            if (position != covered) {
                throw refuse(each.getKey(), (position < covered ? "overlaps the tensor before it" : "leaves a gap before it")
                        + ". " + CheckpointFile.DOWNLOAD_AGAIN);
            }
            covered = position + each.getValue().span();
        }
        if (covered != file.size()) {
            throw file.refuse((file.size() - covered) + " bytes at its end belong to no tensor. "
                    + CheckpointFile.DOWNLOAD_AGAIN);
        }
    }

    private CheckpointException refuse(String name, String problem) {
        return file.refuse("tensor " + name + " " + problem);
    }
}
