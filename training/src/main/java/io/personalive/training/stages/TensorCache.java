package io.personalive.training.stages;

import io.personalive.torch.Device;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tensors of one shape in a file, by number: what takes long to compute and always comes out the same. Each lies in its
 * place with a checksum, so that one that was cut off, or that another process is just writing, counts as absent. Where there
 * are more numbers than places some share one, and the last that was written has it. A disk that fails costs the cache
 * and nothing else.
 */
final class TensorCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TensorCache.class);
    /** In front of each tensor: its number plus one, so that zeros are nobody's, and the checksum of both. */
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

    private final Path path;
    private final FileChannel file;
    private final int stampBytes;
    private final long places;
    private final Device device;
    private final long[] shape;
    private final int recordBytes;
    private boolean failed;

    /**
     * @param file   what is in it stays if it has the same stamp, and goes otherwise
     * @param stamp  what the tensors depend on, as a digest
     * @param places how many tensors fit in
     * @param device where tensors are wanted
     * @param shape  of each, float32
     * @throws IOException if the file can't be written
     */
    TensorCache(Path file, byte[] stamp, long places, Device device, long... shape) throws IOException {
        path = file;
        stampBytes = stamp.length;
        this.places = places;
        this.device = device;
        this.shape = shape;
        recordBytes = recordBytes(shape);
        Files.createDirectories(file.getParent());
        this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer found = ByteBuffer.allocate(stampBytes);
        fill(found, 0);
        if (!Arrays.equals(found.array(), stamp)) {
            this.file.truncate(0);
            drain(ByteBuffer.wrap(stamp), 0);
        }
    }

    /** What a tensor of this shape takes in the file. */
    static int recordBytes(long... shape) {
        return HEAD_BYTES + Float.BYTES * Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /**
     * @param number      from 0
     * @param computation makes the tensor where it isn't there
     */
    Tensor get(long number, Supplier<Tensor> computation) {
        float[] known = read(number);
        if (known != null) {
            return Tensors.to(Tensors.of(known, shape), device, ScalarType.Float);
        }
        Tensor computed = computation.get();
        write(number, Tensors.floats(computed));
        return computed;
    }

    /** @return null where it isn't there */
    private float[] read(long number) {
        ByteBuffer record = ByteBuffer.allocate(recordBytes);
        try {
            if (failed || !fill(record, place(number))) {
                return null;
            }
        } catch (IOException broken) {
            fail(broken);
            return null;
        }
        if (record.getLong(0) != number + 1 || record.getInt(Long.BYTES) != checksum(record)) {
            return null;
        }
        float[] values = new float[(recordBytes - HEAD_BYTES) / Float.BYTES];
        record.position(HEAD_BYTES).asFloatBuffer().get(values);
        return values;
    }

    private void write(long number, float[] values) {
        if (failed) {
            return;
        }
        ByteBuffer record = ByteBuffer.allocate(recordBytes);
        record.putLong(0, number + 1);
        record.position(HEAD_BYTES).asFloatBuffer().put(values);
        record.putInt(Long.BYTES, checksum(record));
        try {
            drain(record.clear(), place(number));
        } catch (IOException full) {
            fail(full);
        }
    }

    private void fail(IOException why) {
        failed = true;
        log.warn("{} can't be used any more ({}): the training goes on without it", path, why.getMessage());
    }

    private long place(long number) {
        return stampBytes + number % places * recordBytes;
    }

    private static int checksum(ByteBuffer record) {
        CRC32C sum = new CRC32C();
        sum.update(record.array(), 0, Long.BYTES);
        sum.update(record.array(), HEAD_BYTES, record.capacity() - HEAD_BYTES);
        return (int) sum.getValue();
    }

    /** @return whether there were as many bytes */
    private boolean fill(ByteBuffer bytes, long from) throws IOException {
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private void drain(ByteBuffer bytes, long to) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes, to + bytes.position());
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException lost) {
            log.warn("{} can't be closed: {}", path, lost.getMessage());
        }
    }
}
