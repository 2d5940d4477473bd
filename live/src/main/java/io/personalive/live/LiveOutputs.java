package io.personalive.live;

import io.personalive.media.video.VideoWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The places that a session's frames go to: files, servers, virtual cameras. Where one fails, the others go on. */
public final class LiveOutputs implements FrameSink, AutoCloseable {
    private final List<LiveOutput> outputs = new CopyOnWriteArrayList<>();
    private final Consumer<String> notices;

    /** @param notices is told what became of each */
    public LiveOutputs(Consumer<String> notices) {
        this.notices = notices;
    }

    /** @param writer takes frames with the driver's times; closed with this */
    public void add(String name, VideoWriter writer) {
        outputs.add(new LiveOutput(name, writer));
    }

    /** Never waits. @throws RuntimeException what went wrong, if no place is left */
    @Override
    public void accept(AnimatedFrame frame) {
        for (LiveOutput output : outputs) {
            try {
                output.accept(frame);
            } catch (RuntimeException failed) {
                end(output);
                if (outputs.isEmpty()) {
                    throw failed;
                }
            }
        }
    }

    private void end(LiveOutput output) {
        outputs.remove(output);
        try {
            long frames = output.finish();
            notices.accept(frames == 0 ? output.name() + ": there was no frame; nothing was written"
                    : output.name() + ": " + frames + (frames == 1 ? " frame" : " frames"));
        } catch (RuntimeException failed) {
            notices.accept("ended early: " + failed.getMessage());
        }
    }

    /** Completes them all. */
    @Override
    public void close() {
        outputs.forEach(this::end);
    }
}
