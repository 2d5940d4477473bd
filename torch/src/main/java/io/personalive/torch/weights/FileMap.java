package io.personalive.torch.weights;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A part of a file mapped into memory until {@link #close}. Java 17 alone leaves the end of a map to the garbage
 * collector, which sees no reason to hurry: Java 22 brought arenas for it, before that the virtual machine's own call
 * serves. Both are reached by reflection, for either is missing in, or warned of by, the other's Java.
 */
final class FileMap implements AutoCloseable {
    /** A map's most bytes. */
    static final long LARGEST = Integer.MAX_VALUE;

    private static final boolean arenas = Runtime.version().feature() >= 22;

    private final ByteBuffer bytes;
    /** Owns the map, where there are arenas. */
    private final AutoCloseable arena;

    private FileMap(ByteBuffer bytes, AutoCloseable arena) {
        this.bytes = bytes;
        this.arena = arena;
    }

    /** Maps for reading only. */
    static FileMap open(FileChannel channel, long position, long length) throws IOException {
        if (!arenas) {
            return new FileMap(channel.map(MapMode.READ_ONLY, position, length), null);
        }
        try {
            Class<?> arenaType = Class.forName("java.lang.foreign.Arena");
            AutoCloseable arena = (AutoCloseable) arenaType.getMethod("ofShared").invoke(null);
            Object segment = FileChannel.class.getMethod("map", MapMode.class, long.class, long.class, arenaType)
                    .invoke(channel, MapMode.READ_ONLY, position, length, arena);
            Method asByteBuffer = Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer");
            return new FileMap((ByteBuffer) asByteBuffer.invoke(segment), arena);
        } catch (ReflectiveOperationException failed) {
            throw failed instanceof InvocationTargetException && failed.getCause() instanceof IOException
                    ? (IOException) failed.getCause() : new IOException("memory can't be mapped: " + failed, failed);
        }
    }

    ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        try {
            if (arena != null) {
                arena.close();
            } else {
                Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                Field instance = unsafe.getDeclaredField("theUnsafe");
                instance.setAccessible(true);
                unsafe.getMethod("invokeCleaner", ByteBuffer.class).invoke(instance.get(null), bytes);
            }
        } catch (Exception refused) {
            throw new IllegalStateException("a memory map can't be released", refused);
        }
    }
}
