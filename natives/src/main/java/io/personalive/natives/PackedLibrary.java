package io.personalive.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** A library inside a jar. */
final class PackedLibrary {
    private final JarFile jar;
    private final JarEntry entry;

    PackedLibrary(JarFile jar, JarEntry entry) {
        this.jar = jar;
        this.entry = entry;
    }

    /** All that JavaCPP may unpack for a platform. @param platform such as linux-x86_64 */
    static List<PackedLibrary> onClassPath(ClassLoader loader, String platform) throws IOException {
        Pattern library = Pattern.compile("org/bytedeco/[^/]+/" + Pattern.quote(platform) + "(-[^/]+)?/[^/]+\\.(so(\\.[0-9.]+)?|dylib|jnilib|dll)");
        List<PackedLibrary> found = new ArrayList<>();
        for (URL manifest : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
            if (manifest.openConnection() instanceof JarURLConnection connection) {
                JarFile jar = connection.getJarFile(); // the class path's own: not to be closed
                jar.stream().filter(entry -> library.matcher(entry.getName()).matches())
                        .forEach(entry -> found.add(new PackedLibrary(jar, entry)));
            }
        }
        return found;
    }

    /** Where JavaCPP looks for it in its cache. */
    Path placeIn(Path cache) {
        return cache.resolve(Path.of(jar.getName()).getFileName()).resolve(entry.getName());
    }

    /** Bytes. */
    long size() {
        return entry.getSize();
    }

    /** When it was packed, milliseconds: unpacked ones have the same time, or JavaCPP unpacks them anew. */
    long time() {
        return entry.getTime();
    }

    /** Whether it lies there whole. */
    boolean isUnpackedIn(Path cache) throws IOException {
        Path place = placeIn(cache);
        return Files.isRegularFile(place) && Files.size(place) == size() && Files.getLastModifiedTime(place).toMillis() == time();
    }

    InputStream open() throws IOException {
        return jar.getInputStream(entry);
    }
}
