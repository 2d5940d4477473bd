package io.personalive.torch.distributed;

import io.personalive.torch.Scope;
import java.util.Optional;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NVIDIA's exchange between cards, which builds for such cards have. */
final class NcclBackend {
    private static final Logger log = LoggerFactory.getLogger(NcclBackend.class);

    private NcclBackend() {}

    /** @return empty where this build has none; the caller frees it */
    static Optional<Backend> join(Store store, int rank, int count) {
        try (Scope scope = new Scope()) {
            return Optional.of(Scope.own(new ProcessGroupNCCL(new PrefixStore("nccl", store), rank, count)));
        } catch (LinkageError absent) {
            log.info("this build has no NCCL ({}): gradients go over Gloo, through the processor's memory", absent.toString());
            return Optional.empty();
        }
    }
}
