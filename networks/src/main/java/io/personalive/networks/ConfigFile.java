package io.personalive.networks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A {@code config.json} that lies beside a network's weights; complaints name the file, the field and what would be right. */
public final class ConfigFile {
    private final JsonNode json;

    private ConfigFile(JsonNode json) {
        this.json = json;
    }

    /**
     * @param file    a {@code config.json}
     * @param convert makes the configuration of the file's fields; may throw IllegalArgumentException
     * @throws CheckpointException if the file can't be read or describes something else
     */
    public static <T> T read(Path file, Function<ConfigFile, T> convert) {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readString(file));
            if (json == null || !json.isObject()) {
                throw new CheckpointException(file + " is not a JSON object: fetch it again beside its weights");
            }
            return convert.apply(new ConfigFile(json));
        } catch (JsonProcessingException broken) {
            throw new CheckpointException(file + " is not valid JSON: " + broken.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new CheckpointException(file + " can't be read: it belongs beside the network's weights", unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new CheckpointException(file + ": " + wrong.getMessage());
        }
    }

    /** A positive whole number that must be there. */
    public int positive(String field) {
        return positive(field, json.path(field));
    }

    /** A positive whole number, or what is usual where the file is silent. */
    public int positive(String field, int usual) {
        return json.has(field) ? positive(field) : usual;
    }

    /** A small positive number, or what is usual where the file is silent. */
    public double epsilon(String field, double usual) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isNumber() || !(value.asDouble() > 0 && value.asDouble() < 1)) {
            throw new IllegalArgumentException(field + " is " + value + ", expected a small positive number such as " + usual);
        }
        return value.asDouble();
    }

    /** Positive whole numbers that must be there. */
    public List<Integer> positives(String field) {
        JsonNode values = json.path(field);
        if (!values.isArray() || values.isEmpty()) {
            throw new IllegalArgumentException(field + " is " + shown(values) + ", expected a list of whole numbers");
        }
        List<Integer> numbers = new ArrayList<>();
        values.forEach(value -> numbers.add(positive(field, value)));
        return numbers;
    }

    /** Complains unless the field is absent or has this value. */
    public void expect(String field, Object value) {
        JsonNode found = json.path(field);
        JsonNode expected = new ObjectMapper().valueToTree(value);
        if (!found.isMissingNode() && !found.equals(expected)) {
            throw new IllegalArgumentException(field + " is " + found + ", expected " + expected);
        }
    }

    private static int positive(String field, JsonNode value) {
        if (!value.isInt() || value.asInt() <= 0) {
            throw new IllegalArgumentException(field + " is " + shown(value) + ", expected a positive whole number");
        }
        return value.asInt();
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
