package io.personalive.server;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.live.Avatar;
import io.personalive.live.MotionSight;
import io.personalive.media.image.Bgr;
import io.personalive.server.session.LiveModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A model without networks: its frames have the colour of the portrait's middle, and a bright stripe that stands where the
 * driver's picture is brightest, so that a test sees whose portrait moved and by whom.
 */
public final class DrawnModel implements LiveModel {
    static final int SIDE = 128;
    private static final MotionFrame STILL =
            new MotionFrame(new float[4 * 8], 0, 0, 0, new float[3]);

    private final long frameMilliseconds;
    private final AtomicInteger open = new AtomicInteger();

    /** @param frameMilliseconds what a frame takes */
    public DrawnModel(long frameMilliseconds) {
        this.frameMilliseconds = frameMilliseconds;
    }

    @Override
    public String name() {
        return "drawn";
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public int frameSize() {
        return SIDE;
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Avatars that weren't closed. */
    public int open() {
        return open.get();
    }

    @Override
    public Avatar avatar(BufferedImage portrait) {
        open.incrementAndGet();
        Color colour = new Color(portrait.getRGB(portrait.getWidth() / 2, portrait.getHeight() / 2));
        return new DrawnAvatar(colour);
    }

    private final class DrawnAvatar implements Avatar {
        private final Color colour;

        DrawnAvatar(Color colour) {
            this.colour = colour;
        }

        @Override
        public WindowShape window() {
            return new WindowShape(2, List.of(0, 500));
        }

        @Override
        public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(frameMilliseconds * driving.size()));
            return driving.stream().map(frame -> frame(frame.translation()[0])).toList();
        }

        private BufferedImage frame(float place) {
            BufferedImage picture = Bgr.blank(SIDE, SIDE);
            Graphics2D graphics = picture.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(0, 0, SIDE, SIDE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(Math.round(place * (SIDE - 8)), SIDE - 16, 8, 16);
            graphics.dispose();
            return picture;
        }

        @Override
        public MotionSight sight() {
            return pictures -> pictures.stream().map(DrawnAvatar::motion).toList();
        }

        private static MotionFrame motion(BufferedImage picture) {
            int brightest = 0;
            int at = 0;
            for (int x = 0; x < picture.getWidth(); x++) {
                int green = picture.getRGB(x, picture.getHeight() / 2) >> 8 & 0xFF;
                if (green > brightest) {
                    brightest = green;
                    at = x;
                }
            }
            return new MotionFrame(STILL.tokens(), 0, 0, 0, new float[] {at / (0.95F * picture.getWidth()), 0, 0});
        }

        @Override
        public MotionFrame rest() {
            return STILL;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
