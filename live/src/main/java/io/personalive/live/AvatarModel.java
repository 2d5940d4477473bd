package io.personalive.live;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.model.Placement;
import io.personalive.animation.moved.MovedPortrait;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.animation.stream.StreamOptions;
import java.awt.image.BufferedImage;

/** A loaded model of any kind: what makes avatars. Threads may share it; closed last. */
public interface AvatarModel extends AutoCloseable {
    /** Side of its square frames, in pixels. */
    int frameSize();

    /** Begins to animate a portrait. @param picture square, the face framed as in a video call */
    Avatar avatar(BufferedImage picture, StreamOptions options);

    @Override
    void close();

    /**
     * @param placement where and in what it computes, where its kind leaves a choice
     * @param tiny      whether the tiny autoencoder takes the place of the full one, where there is one
     */
    static AvatarModel load(ModelSource source, Placement placement, boolean tiny) {
        return source instanceof MovedPortraitSource moved ? new Moving(MovedPortraitNetworks.load(moved, placement.device()))
                : new Generating(AnimationModel.load(source, placement.device(), placement.precision(), tiny));
    }

    /** Networks generate every frame. */
    record Generating(AnimationModel model) implements AvatarModel {
        @Override
        public int frameSize() {
            return model.frameSize();
        }

        @Override
        public Avatar avatar(BufferedImage picture, StreamOptions options) {
            return Avatar.of(model, picture, options);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** The portrait itself is moved. */
    record Moving(MovedPortraitNetworks networks) implements AvatarModel {
        @Override
        public int frameSize() {
            return networks.frameSize();
        }

        @Override
        public Avatar avatar(BufferedImage picture, StreamOptions options) {
            return new Avatar.Moved(MovedPortrait.of(picture, networks), options, networks);
        }

        @Override
        public void close() {
            networks.close();
        }
    }
}
