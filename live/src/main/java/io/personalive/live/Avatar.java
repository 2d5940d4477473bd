package io.personalive.live;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.moved.MovedPortrait;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.MicroChunks;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.torch.ComputeThreads;
import java.awt.image.BufferedImage;
import java.util.List;

/** A portrait that is being animated. May be made by any thread; used by one. */
public interface Avatar extends MicroChunks, AutoCloseable {
    /** What reads a new driver for it, who is at rest in the first frame; it goes on with other portraits of the model. */
    MotionSight sight();

    /** Whether a driver is better read by another thread, beside the one that moves the portrait: where each takes one processor. */
    default boolean readsBeside() {
        return false;
    }

    /** The portrait's own expression and pose. */
    MotionFrame rest();

    @Override
    void close();

    /** Encodes a portrait and begins its stream. @param picture square, the face framed as in a video call */
    static Avatar of(AnimationModel model, BufferedImage picture, StreamOptions options) {
        Portrait portrait = model.portrait(picture);
        try {
            return new Streamed(model, portrait, model.stream(portrait, options));
        } catch (RuntimeException | Error failed) {
            portrait.close();
            throw failed;
        }
    }

    /** With a model's networks. */
    record Streamed(AnimationModel model, Portrait portrait, AnimationStream stream) implements Avatar {
        @Override
        public WindowShape window() {
            return stream.window();
        }

        @Override
        public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
            return MicroChunks.of(stream).push(driving, shown);
        }

        @Override
        public MotionSight sight() {
            return MotionSight.of(model.driver(portrait.faceBox()));
        }

        @Override
        public MotionFrame rest() {
            return portrait.motion();
        }

        @Override
        public void close() {
            stream.close();
            portrait.close();
        }
    }

    /** A portrait that is moved itself, frame by frame. */
    record Moved(MovedPortrait portrait, StreamOptions options, MovedPortraitNetworks networks) implements Avatar {
        @Override
        public WindowShape window() {
            return networks.window();
        }

        @Override
        public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
            return !shown ? List.of() : driving.stream().map(frame -> portrait.moved(
                    frame.scaled(rest(), options.expressionStrength(), options.headStrength()))).toList();
        }

        @Override
        public MotionSight sight() {
            return MotionSight.of(networks.driver());
        }

        @Override
        public boolean readsBeside() {
            return ComputeThreads.count() > 1;
        }

        @Override
        public MotionFrame rest() {
            return portrait.motion();
        }

        @Override
        public void close() {
            portrait.close();
        }
    }
}
