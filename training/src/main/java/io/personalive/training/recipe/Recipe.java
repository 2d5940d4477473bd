package io.personalive.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.personalive.animation.model.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a training run, from TOML without tables: {@code learning_rate = 1e-5}. Which options there are, and
 * their defaults, say the records that it is begun with; {@link #options} gives such a record back. Immutable.
 */
public final class Recipe {
    private static final TomlMapper TOML = TomlMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final ObjectNode values;

    private Recipe(ObjectNode values) {
        this.values = values;
    }

    /** @param defaults records whose components are all options, no name twice; whole numbers, numbers, yes or no, texts, lists */
    public static Recipe of(List<? extends Record> defaults) {
        ObjectNode values = TOML.createObjectNode();
        for (Record each : defaults) {
            ObjectNode options = TOML.valueToTree(each);
            options.properties().forEach(option -> {
                if (values.has(option.getKey())) {
                    throw new IllegalStateException("two records have an option " + option.getKey());
                }
                values.set(option.getKey(), option.getValue());
            });
        }
        return new Recipe(values);
    }

    /**
     * @param nameOrFile a recipe's name, such as {@code official}, or a file
     * @param stage      whose recipe it is; there is one for each stage
     * @return these options with those of the recipe in their place
     * @throws IOException              if the file can't be read
     * @throws IllegalArgumentException if there is no such recipe, or it holds what can't be
     */
    public Recipe with(String nameOrFile, String stage) throws IOException {
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) {
            return with(file);
        }
        String resource = nameOrFile + "/" + stage + ".toml";
        try (InputStream shipped = nameOrFile.matches("[a-z0-9-]+") ? Recipe.class.getResourceAsStream(resource) : null) {
            if (shipped == null) {
                throw new IllegalArgumentException("recipe '" + nameOrFile + "' is neither a file nor one of "
                        + String.join(", ", ShippedRecipes.of(stage)));
            }
            return withToml(new String(shipped.readAllBytes(), StandardCharsets.UTF_8), "recipe " + nameOrFile);
        }
    }

    /** The same with a file's options in their place. */
    public Recipe with(Path file) throws IOException {
        return withToml(Files.readString(file), file.toString());
    }

    /** @param setting {@code key=value}, the value as in TOML; a text may go without quotation marks */
    public Recipe set(String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + setting + "' is no setting: write key=value, such as learning_rate=1e-4");
        }
        String key = setting.substring(0, equals).strip(), value = setting.substring(equals + 1).strip();
        boolean bareText = values.path(key).isTextual() && !value.startsWith("\"") && !value.startsWith("'");
        if (bareText || !isToml("value = " + value)) {
            return overlaid(TOML.createObjectNode().set(key, TextNode.valueOf(value)), "'" + setting + "'");
        }
        return withToml('"' + key + "\" = " + value, "'" + setting + "'");
    }

    private static boolean isToml(String text) {
        try {
            TOML.readTree(text);
            return true;
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    private Recipe withToml(String text, String origin) {
        try {
            return overlaid(TOML.readTree(text), origin);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(origin + " isn't valid TOML: " + broken.getOriginalMessage()
                    + (broken.getLocation() == null ? "" : " (line " + broken.getLocation().getLineNr() + ")"), broken);
        }
    }

    private Recipe overlaid(JsonNode given, String origin) {
        ObjectNode result = values.deepCopy();
        List<String> known = new ArrayList<>();
        values.fieldNames().forEachRemaining(known::add);
        given.properties().forEach(option -> {
            JsonNode usual = values.get(option.getKey());
            if (usual == null) {
                throw new IllegalArgumentException(origin + ": there is no option " + option.getKey() + ", perhaps "
                        + NearestName.of(option.getKey(), known) + " is meant");
            }
            result.set(option.getKey(), fitting(option.getKey(), option.getValue(), usual, origin));
        });
        return new Recipe(result);
    }

    private static JsonNode fitting(String key, JsonNode value, JsonNode usual, String origin) {
        String expected = usual.isTextual() ? "a text in quotation marks" : usual.isBoolean() ? "true or false"
                : usual.isIntegralNumber() ? "a whole number" : usual.isNumber() ? "a number" : "a list";
        boolean fits = usual.isTextual() ? value.isTextual() : usual.isBoolean() ? value.isBoolean()
                : usual.isIntegralNumber() ? value.isIntegralNumber() : usual.isNumber() ? value.isNumber() : value.isArray();
        if (!fits) {
            throw new IllegalArgumentException(origin + ": " + key + " is " + value + ", expected " + expected
                    + " such as " + usual);
        }
        return usual.isFloatingPointNumber() ? DoubleNode.valueOf(value.asDouble()) : value;
    }

    /**
     * @param kind one of the records' classes that this was begun with
     * @throws IllegalArgumentException if the record refuses a value
     */
    public <T extends Record> T options(Class<T> kind) {
        try {
            return TOML.treeToValue(values, kind);
        } catch (JsonProcessingException refused) {
            Throwable cause = refused;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String message = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
            throw new IllegalArgumentException("the recipe's " + message, refused);
        }
    }

    /** All options as TOML: what {@link #with(Path)} reads back. */
    public String toml() {
        try {
            return TOML.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes all options; a file of this name is replaced. */
    public void write(Path file) throws IOException {
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        Files.writeString(partial, toml());
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
