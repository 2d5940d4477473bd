package io.personalive.cli.bench;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.StreamGroup;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.torch.Scope;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times a step of several sessions of one model, each with its own portrait and window: in one pass, and one after
 * another. Reading the drivers and decoding the frames costs the same both ways and is left out.
 */
final class SessionsBench {
    private static final String TOGETHER = "together", APART = "one by one";

    private final AnimationModel model;
    private final Stopwatch stopwatch;
    private final int sessions;

    SessionsBench(AnimationModel model, Stopwatch stopwatch, int sessions) {
        this.model = model;
        this.stopwatch = stopwatch;
        this.sessions = sessions;
    }

    /**
     * What was measured.
     *
     * @param together a micro-chunk of every session in one pass
     * @param apart    the same in a pass each
     */
    record Result(int sessions, Timing together, Timing apart) {
        /** Time together as a part of the time one after another. */
        double ratio() {
            return together.medianMs() / apart.medianMs();
        }
    }

    Result run() {
        Deque<Runnable> open = new ArrayDeque<>();
        try {
            List<StreamGroup.Driven> driven = new ArrayList<>();
            for (int session = 0; session < sessions; session++) {
                BufferedImage picture = DrawnFace.of(model.frameSize(), session);
                Portrait portrait = model.portrait(picture);
                open.push(portrait::close);
                AnimationStream stream = model.stream(portrait, StreamOptions.seeded(session));
                open.push(stream::close);
                driven.add(new StreamGroup.Driven(stream, motion(portrait, session, stream.window().chunkFrames())));
            }
            // the first fills the windows
            together(driven);
            Map<String, Runnable> ways = new LinkedHashMap<>();
            ways.put(TOGETHER, () -> together(driven));
            ways.put(APART, () -> driven.forEach(each -> together(List.of(each))));
            List<Timing> timings = stopwatch.alternately(ways);
            return new Result(sessions, timings.get(0), timings.get(1));
        } finally {
            open.forEach(Runnable::run);
        }
    }

    private List<MotionFrame> motion(Portrait portrait, int session, int frames) {
        try (Scope scope = new Scope()) {
            return model.driver(portrait.faceBox())
                    .read(Frames.toSigned(DrawnFace.several(model.frameSize(), session, frames)));
        }
    }

    private static void together(List<StreamGroup.Driven> sessions) {
        StreamGroup.push(sessions).forEach(outcome -> outcome.chunk().close());
    }
}
