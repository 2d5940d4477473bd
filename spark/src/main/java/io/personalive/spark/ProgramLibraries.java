package io.personalive.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jars of this program, of which executors on other machines have none. */
final class ProgramLibraries {
    /** What a cluster has itself. */
    private static final String OF_SPARK = "(spark|scala|hadoop)-.*";

    private ProgramLibraries() {}

    /** @return paths of the program's jar and of the libraries beside it, without Spark's; none where it runs from classes */
    static String[] forExecutors() {
        try {
            Path own = Path.of(ProgramLibraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(own)) {
                return new String[0];
            }
            try (Stream<Path> libraries = Files.list(own.resolveSibling("lib"))) {
                return Stream.concat(Stream.of(own), libraries.filter(file -> !file.getFileName().toString().matches(OF_SPARK)).sorted())
                        .map(Path::toString).toArray(String[]::new);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's libraries can't be listed: start it with its script", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // a class loader's address is one
        }
    }
}
