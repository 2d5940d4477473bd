package io.personalive.cli.animate;

import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks where a result is to go, before any work is done for it. */
final class OutputPlace {
    private OutputPlace() {}

    /**
     * @param output where the result goes: its folder must be there
     * @param inputs what is read: the result must not replace any of it
     */
    static void check(Path output, Path... inputs) throws IOException {
        Path place = output.toAbsolutePath().normalize();
        if (place.getParent() == null) {
            throw new UserError("--output " + output + " is the root of a file system: name a file");
        }
        if (!Files.isDirectory(place.getParent())) {
            throw new UserError("--output " + output + ": there is no folder " + place.getParent() + ": make it first");
        }
        for (Path input : inputs) {
            if (place.equals(input.toAbsolutePath().normalize())
                    || Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
                throw new UserError("--output " + output + " would replace an input: name another file");
            }
        }
    }
}
