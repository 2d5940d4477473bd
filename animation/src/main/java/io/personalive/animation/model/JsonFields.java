package io.personalive.animation.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.personalive.networks.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** An object of a JSON file, every field of which may be left out; complaints name the field, its value and what is right. */
final class JsonFields {
    private final String path;
    private final JsonNode json;
    private final List<String> known;

    /**
     * @param path  of the object in its file, with a dot behind; empty for the file's own
     * @param known names of its fields
     * @throws IllegalArgumentException if it is no object, or holds other fields
     */
    JsonFields(String path, JsonNode json, List<String> known) {
        this.path = path;
        this.json = json;
        this.known = known;
        if (!json.isObject() && !json.isMissingNode()) {
            throw new IllegalArgumentException((path.isEmpty() ? "the file" : path.substring(0, path.length() - 1))
                    + " is " + json + ", expected an object with fields " + String.join(", ", known));
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(path + name + " is " + json.get(name)
                        + ", but there is no such field; expected " + path + NearestName.of(name, known));
            }
        });
    }

    /** An object in this one. */
    JsonFields object(String field, String... fields) {
        return new JsonFields(path + field + ".", value(field), List.of(fields));
    }

    /** A list of objects. */
    List<JsonFields> objects(String field, String... fields) {
        JsonNode values = value(field);
        if (!values.isArray()) {
            throw new IllegalArgumentException(path + field + " is " + values + ", expected a list of objects");
        }
        List<JsonFields> objects = new ArrayList<>();
        values.forEach(value ->
                objects.add(new JsonFields(path + field + "[" + objects.size() + "].", value, List.of(fields))));
        return objects;
    }

    boolean has(String field) {
        return !value(field).isMissingNode();
    }

    /** Whether a field says that there is no such thing, which is another matter than leaving it out. */
    boolean isNull(String field) {
        return value(field).isNull();
    }

    /** The fields' place, for complaints of those who take their values. */
    String path() {
        return path;
    }

    /** A field that can't be left out. */
    int whole(String field) {
        if (!has(field)) {
            throw new IllegalArgumentException(path + field + " is missing, expected a whole number");
        }
        return whole(field, 0);
    }

    int whole(String field, int usual) {
        return value(field, usual, JsonNode::isInt, JsonNode::asInt, "a whole number");
    }

    double number(String field, double usual) {
        return value(field, usual, JsonNode::isNumber, JsonNode::asDouble, "a number");
    }

    String text(String field, String usual) {
        return value(field, usual, JsonNode::isTextual, JsonNode::asText, "a text");
    }

    List<String> texts(String field, List<String> usual) {
        return value(field, usual, value -> listOf(value, JsonNode::isTextual), value -> list(value, JsonNode::asText),
                "a list of texts");
    }

    List<Integer> wholes(String field, List<Integer> usual) {
        return value(field, usual, value -> listOf(value, JsonNode::isInt), value -> list(value, JsonNode::asInt),
                "a list of whole numbers");
    }

    List<Double> numbers(String field, List<Double> usual) {
        return value(field, usual, value -> listOf(value, JsonNode::isNumber), value -> list(value, JsonNode::asDouble),
                "a list of numbers");
    }

    List<List<Integer>> wholeLists(String field, List<List<Integer>> usual) {
        return value(field, usual, value -> listOf(value, each -> listOf(each, JsonNode::isInt)),
                value -> list(value, each -> list(each, JsonNode::asInt)), "a list of lists of whole numbers");
    }

    private <T> T value(String field, T usual, Predicate<JsonNode> fits, Function<JsonNode, T> convert, String right) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!fits.test(value)) {
            throw new IllegalArgumentException(path + field + " is " + value + ", expected " + right);
        }
        return convert.apply(value);
    }

    private JsonNode value(String field) {
        return json.isMissingNode() ? MissingNode.getInstance() : json.path(field);
    }

    private static boolean listOf(JsonNode value, Predicate<JsonNode> fits) {
        return value.isArray() && list(value, fits::test).stream().allMatch(fit -> fit);
    }

    private static <T> List<T> list(JsonNode values, Function<JsonNode, T> convert) {
        List<T> list = new ArrayList<>();
        values.forEach(value -> list.add(convert.apply(value)));
        return list;
    }
}
