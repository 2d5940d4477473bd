package io.personalive.cli.download;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model hub with the interface of huggingface.co: lists of files with sizes and hashes, and the files. */
final class Hub {
    private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");
    private static final int MOST_PAGES = 1000;

    private final URI endpoint;
    private final HubConnection connection;
    private final Retries retries;
    private final ObjectMapper json = new ObjectMapper();

    Hub(URI endpoint, HubConnection connection, Retries retries) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.retries = retries;
    }

    /**
     * @param endpoint as the user gave it, such as {@code https://huggingface.co}
     * @throws UserError if it is no address of a web server
     */
    static URI endpoint(String endpoint) {
        try {
            URI address = URI.create(endpoint.replaceAll("/+$", ""));
            if (address.getHost() != null && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw new UserError("--endpoint '" + endpoint + "' is no web address: give one such as https://huggingface.co");
    }

    /** @return every file of a repository, by its path in it */
    Map<String, HubFile> list(String repository, String revision) throws IOException, InterruptedException {
        Map<String, HubFile> files = new HashMap<>();
        String what = "the list of files of " + repository + " (revision " + revision + ")";
        URI page = URI.create(endpoint + "/api/models/" + repository + "/tree/" + encode(revision) + "?recursive=true");
        for (int pages = 0; page != null && pages < MOST_PAGES; pages++) {
            URI address = page;
            page = retries.run(what, () -> false, () -> readPage(address, what, repository, revision, files));
        }
        return files;
    }

    private URI readPage(URI address, String what, String repository, String revision, Map<String, HubFile> files)
            throws IOException, InterruptedException {
        try (Answer answer = connection.get(address, what, Map.of())) {
            JsonNode entries = json.readTree(answer.body());
            if (!entries.isArray()) {
                throw new UserError(what + ": the answer is not a list; check --endpoint " + endpoint);
            }
            for (JsonNode entry : entries) {
                if ("file".equals(entry.path("type").asText())) {
                    HubFile file = file(entry, repository, revision);
                    files.put(file.path(), file);
                }
            }
            return nextPage(answer).map(address::resolve).orElse(null);
        } catch (JsonProcessingException malformed) {
            throw new UserError(what + ": the answer is not JSON; check --endpoint " + endpoint, malformed);
        }
    }

    private static HubFile file(JsonNode entry, String repository, String revision) {
        JsonNode large = entry.path("lfs");
        long size = large.path("size").asLong(entry.path("size").asLong());
        return new HubFile(repository, revision, entry.path("path").asText(), size, large.path("oid").asText(null),
                entry.path("oid").asText());
    }

    private static Optional<String> nextPage(Answer answer) {
        return answer.headers().allValues("Link").stream().map(NEXT_PAGE::matcher).filter(Matcher::find)
                .map(link -> link.group(1)).findFirst();
    }

    /**
     * Opens a stretch of a file; once, without another attempt.
     *
     * @return status 206 with that stretch, or 200 with the whole file from a server that answers no ranges
     */
    Answer open(HubFile file, Stretch stretch) throws IOException, InterruptedException {
        URI address = URI.create(endpoint + "/" + file.repository() + "/resolve/" + encode(file.revision()) + "/" + file.path());
        Map<String, String> range = Map.of("Range", "bytes=" + stretch.from() + "-" + (stretch.to() - 1));
        Answer answer = connection.get(address, file.repository() + "/" + file.path(), range);
        String sent = answer.headers().firstValue("Content-Range").orElse("");
        if (answer.status() == 206 && !sent.startsWith("bytes " + stretch.from() + "-")) {
            answer.close();
            throw new TemporaryFailure("the server sent another part of the file than asked for", null);
        }
        return answer;
    }

    private static String encode(String revision) {
        return URLEncoder.encode(revision, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
