package io.personalive.torch.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where the entries of a zip lie, read from its central directory (PKWARE's APPNOTE 6.3, 4.3), zip64 included. Entries
 * are mapped in place, so they must be stored without compression, as PyTorch does.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50, END_64_LOCATOR = 0x07064b50, END_64 = 0x06064b50, CENTRAL = 0x02014b50,
            LOCAL = 0x04034b50;
    private static final int END_LENGTH = 22, LOCATOR_LENGTH = 20, END_64_LENGTH = 56, CENTRAL_LENGTH = 46,
            LOCAL_LENGTH = 30;
    private static final int LONGEST_COMMENT = 0xffff, LARGEST_DIRECTORY = 100_000_000;
    private static final long IN_ZIP_64 = 0xffffffffL;
    private static final int ENCRYPTED = 1;

    /** The bytes of one entry within the file. */
    record Place(long position, long length) {}

    private record Entry(long header, long length, int method, int flags) {}

    private final CheckpointFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ZipDirectory(CheckpointFile file) {
        this.file = file;
    }

    static ZipDirectory read(CheckpointFile file) {
        ZipDirectory directory = new ZipDirectory(file);
        directory.readEntries(directory.central());
        return directory;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** @return where an entry's bytes lie, or null if there is none of this name */
    Place find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        if (entry.method != 0 || (entry.flags & ENCRYPTED) != 0) {
            throw file.refuse("its entry " + name + " is compressed or encrypted, which PyTorch never does."
                    + " Save it again with torch.save");
        }
        ByteBuffer local = file.read(entry.header, LOCAL_LENGTH);
        if (local.getInt(0) != LOCAL) {
            throw damaged("its entry " + name + " isn't where the directory says");
        }
        long position = entry.header + LOCAL_LENGTH + unsigned(local, 26) + unsigned(local, 28);
        if (entry.length < 0 || position > file.size() - entry.length) {
            throw damaged("its entry " + name + " of " + entry.length + " bytes reaches beyond the file");
        }
        return new Place(position, entry.length);
    }

    private ByteBuffer central() {
        int tail = (int) Math.min(file.size(), END_LENGTH + LONGEST_COMMENT);
        long tailStart = file.size() - tail;
        ByteBuffer bytes = file.read(tailStart, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END && at + END_LENGTH + unsigned(bytes, at + 20) == tail) {
                return central(tailStart + at, bytes.getInt(at + 12) & IN_ZIP_64, bytes.getInt(at + 16) & IN_ZIP_64);
            }
        }
        throw damaged("the zip has no directory at its end");
    }

    private ByteBuffer central(long end, long length, long position) {
        if (end >= LOCATOR_LENGTH) {
            ByteBuffer locator = file.read(end - LOCATOR_LENGTH, LOCATOR_LENGTH);
            if (locator.getInt(0) == END_64_LOCATOR) {
                ByteBuffer end64 = file.read(locator.getLong(8), END_64_LENGTH);
                if (end64.getInt(0) != END_64) {
                    throw damaged("the zip's directory isn't where its end says");
                }
                return central(end64.getLong(40), end64.getLong(48));
            }
        }
        return central(length, position);
    }

    private ByteBuffer central(long length, long position) {
        if (length < 0 || length > Math.min(file.size(), LARGEST_DIRECTORY)) {
            throw damaged("the zip's directory claims " + Long.toUnsignedString(length) + " bytes");
        }
        return file.read(position, (int) length);
    }

    private void readEntries(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int at = bytes.position();
            if (bytes.remaining() < CENTRAL_LENGTH || bytes.getInt(at) != CENTRAL) {
                throw damaged("the zip's directory is malformed");
            }
            int nameLength = unsigned(bytes, at + 28), extraLength = unsigned(bytes, at + 30);
            int length = CENTRAL_LENGTH + nameLength + extraLength + unsigned(bytes, at + 32);
            if (length > bytes.remaining()) {
                throw damaged("the zip's directory is malformed");
            }
            String name = new String(bytes.array(), at + CENTRAL_LENGTH, nameLength, StandardCharsets.UTF_8);
            Entry entry = entry(bytes, at, at + CENTRAL_LENGTH + nameLength, extraLength);
            if (entries.put(name, entry) != null) {
                throw damaged("the zip holds " + name + " twice");
            }
            bytes.position(at + length);
        }
    }

    private Entry entry(ByteBuffer bytes, int at, int extra, int extraLength) {
        long stored = bytes.getInt(at + 20) & IN_ZIP_64;
        long length = bytes.getInt(at + 24) & IN_ZIP_64;
        long header = bytes.getInt(at + 42) & IN_ZIP_64;
        ByteBuffer large = zip64(bytes, extra, extra + extraLength);
        if (length == IN_ZIP_64) {
            length = next(large);
        }
        if (stored == IN_ZIP_64) {
            stored = next(large);
        }
        if (header == IN_ZIP_64) {
            header = next(large);
        }
        int method = unsigned(bytes, at + 10);
        if (method == 0 && stored != length) {
            throw damaged("the zip's directory gives an entry two sizes");
        }
        return new Entry(header, length, method, unsigned(bytes, at + 8));
    }

    /** @return the extra field that holds what 32 bits can't, empty if there is none */
    private static ByteBuffer zip64(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at + 4 <= to) {
            int length = unsigned(bytes, at + 2);
            if (unsigned(bytes, at) == 1 && at + 4 + length <= to) {
                return bytes.slice(at + 4, length).order(bytes.order());
            }
            at += 4 + length;
        }
        return ByteBuffer.allocate(0);
    }

    private long next(ByteBuffer large) {
        if (large.remaining() < Long.BYTES) {
            throw damaged("the zip's directory lacks a size");
        }
        return large.getLong();
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private CheckpointException damaged(String problem) {
        return file.refuse(problem + ". " + CheckpointFile.DOWNLOAD_AGAIN);
    }
}
