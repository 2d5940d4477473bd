package io.personalive.animation.moved;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.networks.warp.MeanFace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Performances that nobody gave: curves of blinks, smiles, speech and head turns. What landmarks do under each was
 * averaged over many people ({@code expressions.csv}: for each of the 129 landmarks, head units a unit of the expression).
 * Each ends as it begins.
 */
public enum ComposedPerformance {
    /** A look around, a smile, a few words. */
    GREETING(10) {
        @Override
        Moment at(double t) {
            double words = between(t, 5.2, 8.4, 0.4);
            double smile = between(t, 1.2, 5.4, 0.6) + 0.8 * between(t, 8.2, 9.5, 0.4);
            double look = wave(t, 10) * (1 - 0.7 * words);
            return new Moment(blink(t, 0.7, 3.1, 5.0, 7.3, 9.2), 0.16 * between(t, 2.2, 3.6, 0.25) - 0.16 * between(t, 3.9, 4.8, 0.25), 0,
                    speech(t) * words, 0.10 * smile + 0.05 * words * wave(t, 0.43), 0.055 * smile,
                    0.05 * between(t, 5.1, 6.0, 0.3) + 0.04 * between(t, 7.4, 8.2, 0.3),
                    -3 * between(t, 4.9, 5.5, 0.25) + 2.5 * words * wave(t, 1.1) + 1.5 * wave(t, 5),
                    14 * look - 9 * between(t, 3.8, 4.9, 0.4), 7 * wave(t, 5) * (1 - 0.4 * words));
        }
    },
    /** Speech with small nods. */
    SPEECH(8) {
        @Override
        Moment at(double t) {
            double words = between(t, 0.3, 3.4, 0.3) + between(t, 4.1, 7.6, 0.3);
            return new Moment(blink(t, 1.3, 3.7, 6.1), 0, 0, speech(t) * words, 0.05 * words * wave(t, 0.51), 0.02 * words,
                    0.05 * between(t, 0.9, 1.7, 0.3) + 0.06 * between(t, 4.6, 5.4, 0.3), 3 * words * wave(t, 1) + 1.5 * wave(t, 4),
                    8 * wave(t, 8) + 3 * wave(t, 2), 3 * wave(t, 4));
        }
    },
    /** Slow turns of the head, the eyes leading. */
    TURNS(8) {
        @Override
        Moment at(double t) {
            double yaw = 18 * wave(t, 8);
            return new Moment(blink(t, 0.2, 3.9, 6.3), 0.15 * wave(t + 0.3, 8), 0, 0, 0.06 * between(t, 2, 6, 1),
                    0.03 * between(t, 2, 6, 1), 0, 8 * wave(t, 4), yaw, 5 * wave(t + 1, 8));
        }
    };

    /** Frames in a second. */
    public static final int FRAME_RATE = 25;

    private static final String FILE = "expressions.csv";
    private static final double[][] DIRECTIONS = directions();
    /** Where the head turns about: the neck lies below and behind the head's origin, in head units. */
    private static final double NECK_DOWN = 1.6, NECK_BACK = 0.3;
    /** Half pictures a head unit, as portraits are framed. */
    private static final double SCALE = 0.34;

    private final int seconds;

    ComposedPerformance(int seconds) {
        this.seconds = seconds;
    }

    /**
     * @param eyes      1 open, 0 shut
     * @param gazeX     to the picture's right, in half eye widths, as all of these against the face at rest
     * @param gazeY     down
     * @param mouth     gap between the lips, in distances between the eyes
     * @param width     of the mouth, in the same unit
     * @param smile     height of the mouth's corners
     * @param brows     how far they are raised
     * @param pitch     degrees
     * @param yaw       degrees, positive to the picture's right
     * @param roll      degrees
     */
    record Moment(double eyes, double gazeX, double gazeY, double mouth, double width, double smile, double brows,
            double pitch, double yaw, double roll) {
        private MotionFrame frame() {
            double[] weights = {0.25 * (eyes - 1), gazeX, gazeY, mouth, width, smile, brows};
            float[] tokens = new float[FaceMotion.TOKENS * FaceMotion.TOKEN_WIDTH];
            for (int point = 0; point < MeanFace.POINTS; point++) {
                for (int axis = 0; axis < 2; axis++) {
                    double offset = 0;
                    for (int k = 0; k < weights.length; k++) {
                        offset += weights[k] * DIRECTIONS[point][2 * k + axis];
                    }
                    tokens[3 * point + axis] = (float) offset;
                }
            }
            int openings = 3 * MeanFace.POINTS;
            tokens[openings] = (float) eyes;
            tokens[openings + 1] = (float) eyes;
            tokens[openings + 2] = (float) mouth;
            double x = SCALE * (NECK_DOWN * Math.sin(Math.toRadians(roll)) + NECK_BACK * Math.sin(Math.toRadians(yaw)));
            double y = SCALE * NECK_DOWN * (1 - Math.cos(Math.toRadians(roll))) + SCALE * NECK_BACK * Math.sin(Math.toRadians(pitch));
            return new MotionFrame(tokens, (float) pitch, (float) -yaw, (float) roll, new float[] {(float) x, (float) y, 0});
        }
    }

    /** @param t seconds */
    abstract Moment at(double t);

    /** Its motion, for models that move portraits. */
    public List<MotionFrame> frames() {
        List<MotionFrame> frames = new ArrayList<>();
        for (int i = 0; i < seconds * FRAME_RATE; i++) {
            frames.add(at((double) i / FRAME_RATE).frame());
        }
        return frames;
    }

    /** A sine that begins at 0. @param period seconds */
    static double wave(double t, double period) {
        return Math.sin(2 * Math.PI * t / period);
    }

    /** 1 between two moments, 0 elsewhere, with soft edges. */
    static double between(double t, double from, double to, double edge) {
        return soft((t - from) / edge) * soft((to - t) / edge);
    }

    private static double soft(double x) {
        double clamped = Math.max(0, Math.min(1, x));
        return clamped * clamped * (3 - 2 * clamped);
    }

    /** How open the eyes are. @param moments when they are shut, seconds */
    static double blink(double t, double... moments) {
        double open = 1;
        for (double moment : moments) {
            double since = t - moment;
            open = Math.min(open, since < 0 ? soft(-since / 0.12) : soft((since - 0.04) / 0.2));
        }
        return open;
    }

    /** Syllables: about five a second, no two alike. */
    static double speech(double t) {
        double syllable = Math.max(0, Math.sin(2 * Math.PI * (2.6 * t + 0.25 * Math.sin(2 * Math.PI * 0.7 * t))));
        return 0.20 * Math.pow(syllable, 0.8) * (0.65 + 0.35 * Math.sin(2 * Math.PI * 0.9 * t + 1)) + 0.015;
    }

    private static double[][] directions() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ComposedPerformance.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                    .toArray(double[][]::new);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
