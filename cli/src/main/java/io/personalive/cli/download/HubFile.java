package io.personalive.cli.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the hub says about a file.
 *
 * @param repository such as {@code huaichang/PersonaLive}
 * @param revision   branch, tag or commit
 * @param path       in the repository
 * @param size       in bytes
 * @param sha256     of the content, for files in large file storage; null for others
 * @param blob       Git's SHA-1 of the blob, for files that lie in Git itself; not of the content otherwise
 */
record HubFile(String repository, String revision, String path, long size, String sha256, String blob) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** What tells one content from another; keys the journal of a download. */
    String identity() {
        return sha256 != null ? "sha256:" + sha256 : "blob:" + blob;
    }

    /** @return whether a file holds exactly what the hub says, by its hash */
    boolean matches(Path file) throws IOException {
        return Files.size(file) == size && (sha256 != null
                ? digest("SHA-256", new byte[0], file).equalsIgnoreCase(sha256)
                : digest("SHA-1", ("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII), file)
                        .equalsIgnoreCase(blob));
    }

    private static String digest(String algorithm, byte[] prefix, Path file) throws IOException {
        MessageDigest digest = digest(algorithm);
        digest.update(prefix);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) { // every JDK must have both
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
