package io.personalive.torch.weights;

import io.personalive.torch.NativeRuntime;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
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

    private static final long LARGEST_READ = 1 << 30;

    /** Maps that tensors lie on, by address. */
    private static final Map<Long, FileMap> maps = new ConcurrentHashMap<>();

    /** Called by libtorch when the last tensor on a map is gone. One for all: the native side has few slots for them. */
    private static final PointerConsumer unmap = Scope.own(new PointerConsumer() {
        @Override
        public void call(Pointer data) {
            maps.remove(data.address()).close();
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
        return aligned && span <= FileMap.LARGEST ? map(file, entry, span) : copy(file, entry, span);
    }

    private static Tensor map(CheckpointFile file, TensorEntry entry, long span) throws IOException {
        // read-only: inference never writes to weights, and training works on copies
        FileMap map = FileMap.open(file.channel(), entry.position(), span);
        BytePointer start = new BytePointer(map.bytes());
        maps.put(start.address(), map);
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
}
