package io.personalive.media.video;

/**
 * Frames per second as an exact fraction: 30000/1001 is television's 29.97.
 *
 * @param numerator   frames, positive
 * @param denominator in so many seconds, positive
 */
public record FrameRate(int numerator, int denominator) {
    /** What a folder of pictures plays at unless something else is asked for, and what live models are trained at. */
    public static final FrameRate DEFAULT = new FrameRate(25, 1);

    public FrameRate {
        if (numerator <= 0 || denominator <= 0) {
            throw new IllegalArgumentException("a frame rate is a positive fraction, not " + numerator + "/" + denominator);
        }
    }

    /**
     * @param text {@code 25}, {@code 29.97} (taken for 30000/1001, likewise 23.976 and 59.94) or {@code 30000/1001}
     * @throws IllegalArgumentException if it is no rate from 1 to 240 frames per second
     */
    public static FrameRate parse(String text) {
        FrameRate rate;
        if (text.matches("\\d{1,9}/\\d{1,9}")) {
            String[] parts = text.split("/");
            rate = new FrameRate(Integer.parseInt(parts[0]), Math.max(1, Integer.parseInt(parts[1])));
        } else if (text.matches("\\d{1,3}(\\.\\d{1,6})?")) {
            rate = near(Math.max(1e-3, Double.parseDouble(text)));
        } else {
            throw new IllegalArgumentException("frame rate '" + text + "': write 25, 29.97 or 30000/1001");
        }
        if (rate.perSecond() < 1 || rate.perSecond() > 240) {
            throw new IllegalArgumentException("frame rate '" + text + "': from 1 to 240 frames per second are possible");
        }
        return rate;
    }

    /** The usual rate within a thousandth of this one, else this one to a thousandth of a frame per second. */
    static FrameRate near(double perSecond) {
        long whole = Math.round(perSecond);
        if (Math.abs(perSecond - whole) < 2e-4 * perSecond && whole > 0) {
            return new FrameRate((int) whole, 1);
        }
        long film = Math.round(perSecond * 1.001);
        if (Math.abs(perSecond * 1.001 - film) < 2e-4 * perSecond && film > 0 && (film % 24 == 0 || film % 30 == 0)) {
            return new FrameRate((int) film * 1000, 1001);
        }
        return new FrameRate((int) Math.max(1, Math.round(perSecond * 1000)), 1000);
    }

    public double perSecond() {
        return (double) numerator / denominator;
    }

    /** How long so many frames last, seconds. */
    public double seconds(long frames) {
        return (double) frames * denominator / numerator;
    }

    /** The number of frames nearest to so many seconds. */
    public long frames(double seconds) {
        return Math.round(seconds * numerator / denominator);
    }

    @Override
    public String toString() {
        return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
    }
}
