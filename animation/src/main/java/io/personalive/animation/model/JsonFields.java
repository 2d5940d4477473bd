package io.personalive.animation.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An object of a JSON file, every field of which may be left out; complaints name the field, its value and what is right. */
final class JsonFields {
    /** Of a value that a complaint quotes, so much at most. */
    private static final int LONGEST_QUOTE = 120;
    /** No network is so wide, nor could a machine hold one: what goes beyond is a slip of the pen. */
    private static final int LARGEST_SIZE = 1 << 16;
    /** The same of layers, one after another. */
    private static final int MOST_LAYERS = 1 << 10;

    private final String path;
    private final JsonNode json;

    /**
     * Fields of any name.
     *
     * @param path of the object in its file, with a dot behind; empty for the file's own
     * @throws IllegalArgumentException if it is no object
     */
    JsonFields(String path, JsonNode json) {
        this(path, json, "an object such as {\"frame_size\": 512}");
    }

    /**
     * @param known names of its fields
     * @throws IllegalArgumentException if it is no object, or holds other fields
     */
    JsonFields(String path, JsonNode json, List<String> known) {
        this(path, json, "an object with fields " + String.join(", ", known));
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(path + name + " is " + quote(json.get(name))
                        + ", but there is no such field; expected " + NearestName.alike(name, known).map(path::concat)
                        .orElseGet(() -> "one of " + String.join(", ", known)));
            }
        });
    }

    private JsonFields(String path, JsonNode json, String right) {
        this.path = path;
        this.json = json;
        if (!json.isObject() && !json.isMissingNode()) {
            throw new IllegalArgumentException((path.isEmpty() ? "the file" : path.substring(0, path.length() - 1))
                    + " is " + quote(json) + ", expected " + right);
        }
    }

    /** An object in this one. */
    JsonFields object(String field, String... fields) {
        return new JsonFields(path + field + ".", value(field), List.of(fields));
    }

    /** A list of objects. */
    List<JsonFields> objects(String field, String... fields) {
        JsonNode values = value(field);
        if (!values.isArray()) {
            throw new IllegalArgumentException(path + field + " is " + quote(values) + ", expected a list of objects");
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

    /** A size that can't be left out. */
    int size(String field) {
        if (!has(field)) {
            throw new IllegalArgumentException(path + field + " is missing, expected a whole number");
        }
        return size(field, 0);
    }

    int whole(String field, int usual) {
        return whole(field, usual, Integer.MAX_VALUE);
    }

    /** A width, a side in pixels, or a number of things of which a network knows each. */
    int size(String field, int usual) {
        return whole(field, usual, LARGEST_SIZE);
    }

    /** A number of layers. */
    int layers(String field, int usual) {
        return whole(field, usual, MOST_LAYERS);
    }

    private int whole(String field, int usual, int most) {
        boolean large = value(field).isIntegralNumber();
        return value(field, usual, value -> isWhole(value, most), JsonNode::asInt,
                large ? "a whole number up to " + most : "a whole number");
    }

    double number(String field, double usual) {
        return value(field, usual, JsonFields::isFinite, JsonNode::asDouble, "a number");
    }

    /** One of several things, called as their {@code toString} says. */
    <T> T choice(String field, T usual, List<T> choices) {
        Function<JsonNode, Optional<T>> chosen = value -> value.isTextual()
                ? choices.stream().filter(choice -> choice.toString().equals(value.asText())).findFirst() : Optional.empty();
        return value(field, usual, value -> chosen.apply(value).isPresent(), value -> chosen.apply(value).orElseThrow(),
                choices.stream().map(choice -> '"' + choice.toString() + '"').collect(Collectors.joining(" or ")));
    }

    /** What a part makes of fields in here. Its complaint, where it doesn't know its place in the file, gets it in front. */
    <T> T placed(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException wrong) {
            String message = wrong.getMessage();
            throw new IllegalArgumentException(message.startsWith(path) ? message : path + message, wrong);
        }
    }

    List<String> texts(String field, List<String> usual) {
        return value(field, usual, value -> listOf(value, JsonNode::isTextual), value -> list(value, JsonNode::asText),
                "a list of texts");
    }

    List<Integer> wholes(String field, List<Integer> usual) {
        return wholes(field, usual, Integer.MAX_VALUE);
    }

    /** Each as {@link #size} takes it. */
    List<Integer> sizes(String field, List<Integer> usual) {
        return wholes(field, usual, LARGEST_SIZE);
    }

    /** Each as {@link #layers} takes it. */
    List<Integer> layers(String field, List<Integer> usual) {
        return wholes(field, usual, MOST_LAYERS);
    }

    private List<Integer> wholes(String field, List<Integer> usual, int most) {
        boolean large = listOf(value(field), JsonNode::isIntegralNumber);
        return value(field, usual, value -> listOf(value, each -> isWhole(each, most)), value -> list(value, JsonNode::asInt),
                large ? "a list of whole numbers up to " + most : "a list of whole numbers");
    }

    List<Double> numbers(String field, List<Double> usual) {
        return value(field, usual, value -> listOf(value, JsonFields::isFinite), value -> list(value, JsonNode::asDouble),
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
            throw new IllegalArgumentException(path + field + " is " + quote(value) + ", expected " + right);
        }
        return convert.apply(value);
    }

    private JsonNode value(String field) {
        return json.isMissingNode() ? MissingNode.getInstance() : json.path(field);
    }

    private static boolean isWhole(JsonNode value, int most) {
        return value.isInt() && value.asInt() <= most;
    }

    /** Numbers that are too large for a file's reader come as infinite ones. */
    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.asDouble());
    }

    private static String quote(JsonNode value) {
        String whole = value.toString();
        return whole.length() <= LONGEST_QUOTE ? whole : whole.substring(0, LONGEST_QUOTE) + "…";
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
