package io.personalive.training.preparation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one video, in a folder of its own: {@code part.json}, the lines of the index, the packed pictures,
 * and small pictures to look at.
 *
 * @param folder  where all of it is
 * @param stamp   tells what it was made from and how
 * @param source  the video's name
 * @param failure why nothing could be made of it; null if it could
 * @param cutOff  whether its frames ended well before the time that the file states
 * @param kept    names of its clips
 * @param dropped pieces that weren't kept
 */
record PreparedPart(Path folder, String stamp, String source, String failure, boolean cutOff, List<Piece> kept, List<Piece> dropped) {
    static final String INDEX = "index.jsonl", PICTURES = "look";
    private static final String FILE = "part.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A piece of the video.
     *
     * @param id      the clip's name; of a dropped piece a number
     * @param begin   in the video, seconds
     * @param seconds that it lasts
     * @param reason  why it was dropped; null if it was kept
     */
    record Piece(String id, double begin, double seconds, String reason) {}

    /** Writes {@code part.json}, the last of the folder's files. */
    void write() throws IOException {
        ObjectNode json = JSON.createObjectNode().put("stamp", stamp).put("source", source).put("failure", failure).put("cut_off", cutOff);
        put(json.putArray("kept"), kept);
        put(json.putArray("dropped"), dropped);
        Files.write(folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    private static void put(ArrayNode list, List<Piece> pieces) {
        pieces.forEach(piece -> list.addObject().put("id", piece.id).put("begin", piece.begin).put("seconds", piece.seconds)
                .put("reason", piece.reason));
    }

    /** @return null if the folder isn't there or isn't complete */
    static PreparedPart read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            return null;
        }
        JsonNode json = JSON.readTree(folder.resolve(FILE).toFile());
        return new PreparedPart(folder, json.path("stamp").asText(), json.path("source").asText(), json.path("failure").textValue(),
                json.path("cut_off").booleanValue(), pieces(json.path("kept")), pieces(json.path("dropped")));
    }

    private static List<Piece> pieces(JsonNode list) {
        List<Piece> pieces = new ArrayList<>();
        list.forEach(piece -> pieces.add(new Piece(piece.path("id").asText(), piece.path("begin").doubleValue(),
                piece.path("seconds").doubleValue(), piece.path("reason").textValue())));
        return pieces;
    }

    /** The side of each clip's frames, pixels. */
    Map<String, Integer> clipSides() throws IOException {
        Map<String, Integer> sides = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve(INDEX))) {
            JsonNode clip = JSON.readTree(line);
            sides.put(clip.path("id").asText(), clip.path("side").intValue());
        }
        return sides;
    }

    /** The small picture of a piece, beside the page. */
    Path picture(Piece piece) {
        return folder.resolve(PICTURES).resolve(piece.id + ".jpg");
    }
}
