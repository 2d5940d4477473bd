package io.personalive.media.image;

import java.awt.image.BufferedImage;

/**
 * The eight ways in which a picture can lie in its file, numbered as in EXIF. A camera held upright stores
 * its rows sideways and says so; {@link #upright} turns the pixels.
 */
public enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    QUARTER_TURN_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    QUARTER_TURN_LEFT(true, true, false);

    /** Where an upright pixel (x, y) is read: coordinates exchanged first, then flipped within the stored picture. */
    private final boolean exchanged;
    private final boolean fromRight;
    private final boolean fromBottom;

    Orientation(boolean exchanged, boolean fromRight, boolean fromBottom) {
        this.exchanged = exchanged;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** @param value EXIF's orientation, 1 to 8; anything else counts as upright, as viewers do */
    public static Orientation ofExif(int value) {
        return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
    }

    /**
     * The orientation that a display matrix asks for, rounded to quarter turns: a stored point (x, y) is shown
     * at (a x + c y, b x + d y), y down.
     */
    public static Orientation ofMatrix(double a, double b, double c, double d) {
        boolean exchanged = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
        for (Orientation each : values()) {
            boolean right = exchanged ? b < 0 : a < 0;
            boolean bottom = exchanged ? c < 0 : d < 0;
            if (each.exchanged == exchanged && each.fromRight == right && each.fromBottom == bottom) {
                return each;
            }
        }
        throw new AssertionError("eight cases cover all signs");
    }

    /** Whether width and height change places. */
    public boolean exchangesSides() {
        return exchanged;
    }

    /** @return the picture as it is meant to be seen; the picture itself if it is upright already */
    public BufferedImage upright(BufferedImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int storedWidth = stored.getWidth();
        int storedHeight = stored.getHeight();
        BufferedImage upright = exchanged ? Bgr.blank(storedHeight, storedWidth) : Bgr.blank(storedWidth, storedHeight);
        byte[] from = Bgr.bytes(stored);
        byte[] to = Bgr.bytes(upright);
        int at = 0;
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < upright.getWidth(); x++) {
                int column = exchanged ? y : x;
                int row = exchanged ? x : y;
                int source = ((fromBottom ? storedHeight - 1 - row : row) * storedWidth
                        + (fromRight ? storedWidth - 1 - column : column)) * 3;
                to[at++] = from[source];
                to[at++] = from[source + 1];
                to[at++] = from[source + 2];
            }
        }
        return upright;
    }
}
