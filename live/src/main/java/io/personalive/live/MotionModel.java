package io.personalive.live;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MotionNetworks;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.model.Placement;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.networks.pose.FaceBox;

/** As much of a model, of any kind, as reads drivers. Closed last. */
public interface MotionModel extends AutoCloseable {
    /** What reads a new driver. */
    MotionSight sight();

    /** Numbers in one of its motion tokens. */
    int tokenWidth();

    @Override
    void close();

    /** @param placement where and in what networks compute, where their kind leaves a choice */
    static MotionModel load(ModelSource source, Placement placement) {
        return source instanceof MovedPortraitSource moved ? new Moving(MovedPortraitNetworks.load(moved, placement.device()))
                : new Generating(MotionNetworks.load(source, placement.device(), placement.precision()));
    }

    /** No portrait is known: until a face is found, the whole frame counts as one. */
    record Generating(MotionNetworks networks) implements MotionModel {
        @Override
        public MotionSight sight() {
            return MotionSight.of(new MotionReader(networks, FaceBox.whole(networks.frameSize())));
        }

        @Override
        public int tokenWidth() {
            return networks.config().motionEncoder().tokenWidth();
        }

        @Override
        public void close() {
            networks.close();
        }
    }

    /** Of a model that moves portraits. */
    record Moving(MovedPortraitNetworks networks) implements MotionModel {
        @Override
        public MotionSight sight() {
            return networks.driver()::read;
        }

        @Override
        public int tokenWidth() {
            return MovedPortraitNetworks.TOKEN_WIDTH;
        }

        @Override
        public void close() {
            networks.close();
        }
    }
}
