package io.personalive.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a training run writes: {@code run.json} and {@code recipe.toml} say what it is, {@code losses.csv} and {@code
 * events.*} how it went, {@code checkpoints/} hold all that going on needs, {@code samples/} pictures, {@code cache/} what needn't be
 * computed twice, {@code model/} the model that came out.
 *
 * @param path  of the folder
 * @param stage that is trained
 * @param model that it started from
 * @param data  that it is trained on
 */
public record RunFolder(Path path, String stage, String model, String data) {
    private static final String FILE = "run.json", RECIPE = "recipe.toml";
    private static final Set<String> BEGUN = Set.of(FILE, RECIPE);

    /**
     * Begins a run. One that was refused before its first step has left nothing to go on with, and is begun anew.
     *
     * @throws IllegalArgumentException if the folder holds something else
     */
    public static RunFolder begin(Path path, String stage, String model, String data) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> inside = Files.list(path)) {
                if (inside.anyMatch(file -> !BEGUN.contains(file.getFileName().toString()))) {
                    throw new IllegalArgumentException(path + " isn't empty: "
                            + (Files.exists(path.resolve(FILE)) ? "--resume goes on with the run in it; " : "")
                            + "name another folder to begin anew");
                }
            }
        }
        Files.createDirectories(path);
        ObjectMapper json = new ObjectMapper();
        ObjectNode text = json.createObjectNode().put("stage", stage).put("model", model).put("data", data);
        Path partial = path.resolve("." + FILE + ".partial");
        Files.write(partial, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(text));
        Files.move(partial, path.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        return new RunFolder(path, stage, model, data);
    }

    /**
     * Goes on with a run.
     *
     * @throws IllegalArgumentException if there is none, or it is of another stage
     */
    public static RunFolder resume(Path path, String stage) throws IOException {
        if (!Files.isRegularFile(path.resolve(FILE))) {
            throw new IllegalArgumentException(path + " holds no training run (" + FILE
                    + " is missing): leave --resume out to begin one");
        }
        JsonNode text = new ObjectMapper().readTree(path.resolve(FILE).toFile());
        String begun = text.path("stage").asText();
        if (!begun.equals(stage)) {
            throw new IllegalArgumentException(path + " is a run of " + begun + ", not of " + stage
                    + ": name another folder, or resume it with 'train " + begun + "'");
        }
        return new RunFolder(path, begun, text.path("model").asText(), text.path("data").asText());
    }

    /** The recipe, all options. */
    public Path recipe() {
        return path.resolve(RECIPE);
    }

    Path losses() {
        return path.resolve("losses.csv");
    }

    Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** What networks that aren't trained said. */
    Path cache() {
        return path.resolve("cache");
    }

    Path samples() {
        return path.resolve("samples");
    }

    /** The exported model. */
    public Path exported() {
        return path.resolve("model");
    }
}
