package io.personalive.torch.distributed;

import org.bytedeco.pytorch.Tensor;

/** The processes that train together, this one among them. */
public interface Peers extends AutoCloseable {
    /** This process's number, from 0. The first writes what all have made. */
    int rank();

    /** How many there are. */
    int count();

    /**
     * Puts the mean over all processes in a tensor's place; all must call this in the same order.
     *
     * @param tensor dense, of the same shape everywhere
     * @throws PeerLostException if another process has ended or doesn't answer
     */
    void mean(Tensor tensor) throws PeerLostException;

    @Override
    void close();

    /** Whether this is the process that writes. */
    default boolean isFirst() {
        return rank() == 0;
    }

    /** A process by itself. */
    static Peers alone() {
        return new Peers() {
            @Override
            public int rank() {
                return 0;
            }

            @Override
            public int count() {
                return 1;
            }

            @Override
            public void mean(Tensor tensor) {
                // the mean of one
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }
}
