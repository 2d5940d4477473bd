package io.personalive.torch.weights;

import io.personalive.torch.NativeRuntime;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.PointerConsumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Tensors whose elements are the mapped bytes of a file. The map goes when the last tensor on it does. */
final class MappedTensor {
    static {
        NativeRuntime.start();
    }

    /** One map holds at most this many bytes, and one read fills at most so many. */
    private static final long LARGEST_MAP = Integer.MAX_VALUE, LARGEST_READ = 1 << 30;

    /** Maps that tensors lie on, by address. */
    private static final Map<Long, MappedByteBuffer> maps = new ConcurrentHashMap<>();

    private static final Object unsafe = unsafe();
    private static final Method invokeCleaner = invokeCleaner();

    /** Called by libtorch when the last tensor on a map is gone. One for all: the native side has few slots for them. */
    private static final PointerConsumer unmap = Scope.own(new PointerConsumer() {
        @Override
        public void call(Pointer data) {
            unmap(maps.remove(data.address()));
        }
    });

    private MappedTensor() {}

    /** @return the tensor as it is stored, strides included; in memory of its own where it can't lie on a map */
    static Tensor open(CheckpointFile file, TensorEntry entry) throws IOException {
        long span = entry.span();
        if (span == 0) {
            return Tensors.empty(entry.type().scalar(), entry.shape());
        }
        boolean aligned = entry.position() % entry.type().bytes() == 0;
        return aligned && span <= LARGEST_MAP ? map(file, entry, span) : copy(file, entry, span);
    }

    private static Tensor map(CheckpointFile file, TensorEntry entry, long span) throws IOException {
        // read-only: inference never writes to weights, and training works on copies
        MappedByteBuffer bytes = file.channel().map(MapMode.READ_ONLY, entry.position(), span);
        BytePointer start = new BytePointer(bytes);
        maps.put(start.address(), bytes);
        return torch.from_blob(start, entry.shape(), entry.strides(), unmap, new TensorOptions(entry.type().scalar()));
    }

    private static Tensor copy(CheckpointFile file, TensorEntry entry, long span) throws IOException {
        Tensor row = Tensors.empty(entry.type().scalar(), span / entry.type().bytes());
        BytePointer start = new BytePointer(row.data_ptr());
        for (long done = 0; done < span; done += LARGEST_READ) {
            long count = Math.min(LARGEST_READ, span - done);
            BytePointer part = start.getPointer(done);
            file.readFully(part.capacity(count).asByteBuffer(), entry.position() + done);
        }
        return row.as_strided(entry.shape(), entry.strides());
    }

    /** Java has no call to end a map before the garbage collector does; where this one is missing, that one does it. */
    private static void unmap(MappedByteBuffer bytes) {
        if (bytes == null || invokeCleaner == null) {
            return;
        }
        try {
            invokeCleaner.invoke(unsafe, bytes);
        } catch (IllegalAccessException | InvocationTargetException refused) {
            throw new IllegalStateException("a memory map can't be released", refused);
        }
    }

    private static Object unsafe() {
        try {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException | RuntimeException absent) {
            return null;
        }
    }

    private static Method invokeCleaner() {
        try {
            return unsafe == null ? null : unsafe.getClass().getMethod("invokeCleaner", ByteBuffer.class);
        } catch (NoSuchMethodException absent) {
            return null;
        }
    }
}
