package io.personalive.torch.distributed;

import io.personalive.torch.Device;
import io.personalive.torch.NativeRuntime;
import io.personalive.torch.Scope;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/**
 * Processes joined by libtorch's Gloo over TCP. The first of them listens, and all find one another through it. A
 * process that ends closes its connections, which the others see at once; one that only keeps silent is given up after
 * a time. What lies on an NVIDIA card is exchanged by NCCL, in builds for such cards.
 */
public final class GlooPeers implements Peers {
    private final int rank, count;
    private final TCPStore store;
    private final ProcessGroupGloo group;
    private final Optional<Backend> betweenCards;

    private GlooPeers(int rank, int count, TCPStore store, ProcessGroupGloo group, Optional<Backend> betweenCards) {
        this.rank = rank;
        this.count = count;
        this.store = store;
        this.group = group;
        this.betweenCards = betweenCards;
    }

    /**
     * Waits until all processes are there.
     *
     * @param host  of the first process, as the others reach it
     * @param port  that the first process listens on
     * @param rank  this process's number, from 0
     * @param count how many processes there are
     * @param patience how long others may keep silent
     * @param device where this process computes, a card of its own or the processor
     * @throws PeerLostException if they don't come together in that time
     */
    public static GlooPeers join(String host, int port, int rank, int count, Duration patience, Device device)
            throws PeerLostException {
        NativeRuntime.start();
        TCPStore store = null;
        try (Scope scope = new Scope()) {
            Milliseconds timeout = new Milliseconds(patience.toMillis());
            TCPStoreOptions options = new TCPStoreOptions().port((short) port).isServer(rank == 0).waitWorkers(false)
                    .timeout(timeout);
            store = Scope.own(new TCPStore(host, options));
            ProcessGroupGloo.Options gloo = ProcessGroupGloo.Options.create(timeout);
            gloo.devices(new GlooDeviceVector(network(host)));
            ProcessGroupGloo group = Scope.own(new ProcessGroupGloo(store, rank, count, gloo));
            return new GlooPeers(rank, count, store, group,
                    device.cuda() ? NcclBackend.join(store, rank, count) : Optional.empty());
        } catch (RuntimeException apart) {
            Scope.release(store);
            throw new PeerLostException("process " + rank + " of " + count + " finds no others through " + host + ":" + port
                    + " (" + firstLine(apart) + "): start all of them with the same address and number", apart);
        }
    }

    /** On one machine the loopback, so that neither names nor other networks matter. */
    private static org.bytedeco.pytorch.gloo.Device network(String host) {
        boolean here = host.equals("localhost") || host.startsWith("127.");
        return here ? ProcessGroupGloo.createDeviceForHostname("127.0.0.1") : ProcessGroupGloo.createDefaultDevice();
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void mean(Tensor tensor) throws PeerLostException {
        try (Scope scope = new Scope()) {
            Backend backend = tensor.is_cuda() ? betweenCards.orElse(group) : group;
            Work work = backend.allreduce(new TensorVector(tensor));
            work._wait();
            Scope.withoutGradient(() -> tensor.mul_(new Scalar(1.0 / count)));
        } catch (RuntimeException lost) {
            throw new PeerLostException("another process of this training has ended or doesn't answer (" + firstLine(lost)
                    + "): this one ends too. The last checkpoint is whole: go on with --resume", lost);
        }
    }

    /** @return without the place in the library's source files that it begins with */
    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").replaceFirst("^\\[[^\\]]*:\\d+\\] ", "");
    }

    @Override
    public void close() {
        betweenCards.ifPresent(Scope::release);
        Scope.release(group);
        Scope.release(store);
    }
}
