package io.personalive.cli.download;

import io.personalive.cli.console.Progress;
import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the official checkpoints into a weights folder: compares what is there with the hub, fetches the rest. */
final class CheckpointDownload {
    private static final Logger log = LoggerFactory.getLogger(CheckpointDownload.class);

    /**
     * A file that belongs into the weights folder.
     *
     * @param complete whether it is there already
     * @param there    bytes of it that need not be fetched
     */
    record Item(HubFile file, Path target, boolean complete, long there) {}

    private final Hub hub;
    private final Path weights;
    private final Retries retries;

    /** @param weights the folder, made where it is missing */
    CheckpointDownload(Hub hub, Path weights, Retries retries) {
        this.hub = hub;
        this.weights = weights;
        this.retries = retries;
    }

    /**
     * Compares the folder with the hub.
     *
     * @param revision of PersonaLive's own repository; the others are read at {@code main}
     * @param verify   whether files of the right size are compared by their hash too
     */
    List<Item> plan(List<OfficialFile> wanted, String revision, boolean verify) throws IOException, InterruptedException {
        Map<String, Map<String, HubFile>> listings = new HashMap<>();
        List<Item> plan = new ArrayList<>();
        for (OfficialFile official : wanted) {
            String repository = official.repository();
            String of = repository.equals(OfficialFile.PERSONALIVE) ? revision : "main";
            if (!listings.containsKey(repository)) {
                listings.put(repository, hub.list(repository, of));
            }
            HubFile file = choose(official, listings.get(repository), of);
            plan.add(compare(file, weights.resolve(official.target(file.path())), verify));
        }
        return plan;
    }

    private static HubFile choose(OfficialFile official, Map<String, HubFile> listing, String revision) {
        return official.paths().stream().filter(listing::containsKey).findFirst().map(listing::get)
                .orElseThrow(() -> new UserError(official.repository() + " has no file " + official.paths().get(0)
                        + " in revision " + revision + ": check --revision and --endpoint"));
    }

    private Item compare(HubFile file, Path target, boolean verify) throws IOException {
        if (Files.isRegularFile(target) && Files.size(target) == file.size()) {
            if (verify) {
                log.info("checking {}", weights.relativize(target));
            }
            if (!verify || file.matches(target)) {
                return new Item(file, target, true, file.size());
            }
            log.warn("{} is not the official file (its hash differs): fetching it anew", target);
        }
        return new Item(file, target, false, FileDownload.alreadyThere(file, target));
    }

    /**
     * Fetches what is missing.
     *
     * @param connections in parallel for a large file
     * @param longest     stretch asked for at once, in bytes
     */
    void fetch(List<Item> plan, int connections, long longest) throws IOException, InterruptedException {
        long total = plan.stream().mapToLong(item -> item.file().size()).sum();
        long there = plan.stream().mapToLong(Item::there).sum();
        if (plan.stream().allMatch(Item::complete)) {
            return;
        }
        Files.createDirectories(weights);
        requireSpace(total - there);
        try (Progress progress = Progress.of("downloading", Progress.Unit.BYTES, total, there);
                Workers workers = new Workers(connections)) {
            for (Item item : plan) {
                if (!item.complete()) {
                    new FileDownload(hub, item.file(), item.target(), retries, progress).run(workers, longest);
                }
            }
        }
    }

    private void requireSpace(long needed) throws IOException {
        long free = Files.getFileStore(weights).getUsableSpace();
        if (free < needed) {
            throw new UserError(weights.toAbsolutePath() + ": " + Progress.Unit.BYTES.format(needed) + " are still to be"
                    + " downloaded, but only " + Progress.Unit.BYTES.format(free)
                    + " are free there: make room, or choose another folder with --to");
        }
    }
}
