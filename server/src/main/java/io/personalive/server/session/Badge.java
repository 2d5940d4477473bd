package io.personalive.server.session;

import io.personalive.live.AnimatedFrame;
import io.personalive.media.image.Bgr;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** What tells people that a picture is made by AI, laid over its lower left corner. */
final class Badge {
    /** A picture, as drawing letters takes fonts that a server may lack. */
    private static final BufferedImage BADGE = load();
    /** Its width and its distance from the edges, in widths of the picture it is laid over. */
    private static final double WIDTH = 0.3, MARGIN = 0.02;

    private Badge() {}

    private static BufferedImage load() {
        try {
            return ImageIO.read(Badge.class.getResource("badge.png"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** @return the same moment, with the badge in a copy of the picture */
    static AnimatedFrame on(AnimatedFrame frame) {
        BufferedImage picture = Bgr.copyOf(frame.picture());
        int width = (int) Math.round(picture.getWidth() * WIDTH);
        int height = width * BADGE.getHeight() / BADGE.getWidth();
        int margin = (int) Math.round(picture.getWidth() * MARGIN);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(BADGE, margin, picture.getHeight() - height - margin, width, height, null);
        graphics.dispose();
        return new AnimatedFrame(picture, frame.driving());
    }
}
