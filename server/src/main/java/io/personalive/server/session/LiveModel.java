package io.personalive.server.session;

import io.personalive.animation.stream.StreamOptions;
import io.personalive.live.Avatar;
import io.personalive.live.AvatarModel;
import java.awt.image.BufferedImage;

/** What a server animates with. Any thread may ask for avatars; each avatar is then used by one. */
public interface LiveModel extends AutoCloseable {
    /** What people are told of it, such as {@code nano}. */
    String name();

    /** Where and how it computes, such as {@code cpu, float32}. */
    String device();

    /** Side of its square frames, pixels. */
    int frameSize();

    /** @param portrait framed; the caller closes the avatar */
    Avatar avatar(BufferedImage portrait);

    @Override
    void close();

    /**
     * @param model   closed with this
     * @param options with strengths of 1: those are for each session to set
     */
    static LiveModel of(AvatarModel model, String name, String device, StreamOptions options) {
        return new Loaded(model, name, device, options);
    }

    /** With a model's networks. */
    record Loaded(AvatarModel model, String name, String device, StreamOptions options) implements LiveModel {
        @Override
        public int frameSize() {
            return model.frameSize();
        }

        @Override
        public Avatar avatar(BufferedImage portrait) {
            return model.avatar(portrait, options);
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
