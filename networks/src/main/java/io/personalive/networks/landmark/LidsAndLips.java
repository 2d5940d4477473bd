package io.personalive.networks.landmark;

/**
 * How far eyes and mouth of a face are open. These are kept apart from the rest of an expression: the difference of two
 * people's lids would close neither's eyes, or turn lids inside out.
 */
public final class LidsAndLips {
    /** Numbers that tell it: right eye, left eye, mouth. */
    public static final int OPENINGS = 3;

    /** A ring of points: corner, upper edge to the other corner, lower edge back. */
    private record Ring(int first, int count) {
        int upper(int pair) {
            return first + pair;
        }

        int lower(int pair) {
            return first + count - pair;
        }

        int pairs() {
            return count / 2 - 1;
        }

        int farCorner() {
            return first + count / 2;
        }
    }

    private static final Ring RIGHT_EYE = new Ring(10, 16), LEFT_EYE = new Ring(26, 16);
    private static final Ring INNER_LIPS = new Ring(82, 20), OUTER_LIPS = new Ring(62, 20);
    /** Eyes at rest are taken to be open at least this far, in eye widths: a blink in the first frame is none. */
    private static final double LEAST_OPEN = 0.17;
    /** Below this part of the rest's opening an eye is shut: landmarks of shut lids lie apart by as much. */
    private static final double SHUT = 0.3;
    private static final double WIDEST = 1.4;
    /** Lips that are this near, in head units, are closed. */
    private static final double CLOSED = 0.02;

    private LidsAndLips() {}

    /**
     * @param face (129 * 3), in the head frame
     * @param rest (129 * 3), the same face at rest
     * @return right eye's and left eye's opening, 0 shut, 1 as at rest; the mean gap between the lips in head units
     */
    public static float[] openings(float[] face, float[] rest) {
        return new float[] {eye(face, rest, RIGHT_EYE), eye(face, rest, LEFT_EYE), (float) Math.max(0, gap(face, INNER_LIPS))};
    }

    private static float eye(float[] face, float[] rest, Ring eye) {
        return (float) (openness(face, eye) / restOpenness(rest, eye));
    }

    private static double restOpenness(float[] rest, Ring eye) {
        return Math.max(LEAST_OPEN, openness(rest, eye));
    }

    /** Mean gap between the edges, in widths. */
    private static double openness(float[] face, Ring ring) {
        return gap(face, ring) / Math.max(1e-3, Math.hypot(x(face, ring.first()) - x(face, ring.farCorner()),
                y(face, ring.first()) - y(face, ring.farCorner())));
    }

    private static double gap(float[] face, Ring ring) {
        double sum = 0;
        for (int pair = 1; pair <= ring.pairs(); pair++) {
            sum += y(face, ring.lower(pair)) - y(face, ring.upper(pair));
        }
        return sum / ring.pairs();
    }

    /**
     * Opens and shuts eyes and mouth.
     *
     * @param face     (129 * 3), changed in place
     * @param rest     (129 * 3), the same person's face at rest
     * @param openings as {@link #openings} gives them
     */
    public static void set(float[] face, float[] rest, float[] openings) {
        setEye(face, rest, RIGHT_EYE, openings[0]);
        setEye(face, rest, LEFT_EYE, openings[1]);
        setMouth(face, openings[2]);
    }

    /** The lower lid stays, the upper one comes down to it. */
    private static void setEye(float[] face, float[] rest, Ring eye, float opening) {
        double shown = opening >= 1 ? Math.min(opening, WIDEST) : Math.max(0, (opening - SHUT) / (1 - SHUT));
        double scale = shown * restOpenness(rest, eye) / Math.max(LEAST_OPEN / 2, openness(rest, eye));
        for (int pair = 1; pair <= eye.pairs(); pair++) {
            for (int axis = 0; axis < 2; axis++) {
                double gap = rest[3 * eye.lower(pair) + axis] - rest[3 * eye.upper(pair) + axis];
                face[3 * eye.upper(pair) + axis] = (float) (face[3 * eye.lower(pair) + axis] - scale * gap);
            }
        }
    }

    /**
     * Opens or shuts the mouth alone. The gap keeps its profile; the outer lips move along, so that lips stay as thick as
     * they are.
     *
     * @param face    (129 * 3), changed in place
     * @param opening mean gap between the lips in head units
     */
    public static void setMouth(float[] face, float opening) {
        double wanted = opening < CLOSED ? 0 : opening;
        int pairs = INNER_LIPS.pairs();
        double[] profile = new double[pairs + 1];
        double sum = 0;
        for (int pair = 1; pair <= pairs; pair++) {
            double gap = y(face, INNER_LIPS.lower(pair)) - y(face, INNER_LIPS.upper(pair));
            profile[pair] = Math.max(0, gap) + CLOSED * Math.sin(Math.PI * pair / (pairs + 1));
            sum += profile[pair];
        }
        for (int pair = 1; pair <= pairs; pair++) {
            int upper = 3 * INNER_LIPS.upper(pair) + 1, lower = 3 * INNER_LIPS.lower(pair) + 1;
            double change = wanted * pairs * profile[pair] / sum - (face[lower] - face[upper]);
            face[upper] -= (float) (change / 2);
            face[lower] += (float) (change / 2);
            face[3 * OUTER_LIPS.upper(pair) + 1] -= (float) (change / 2);
            face[3 * OUTER_LIPS.lower(pair) + 1] += (float) (change / 2);
        }
    }

    private static double x(float[] face, int point) {
        return face[3 * point];
    }

    private static double y(float[] face, int point) {
        return face[3 * point + 1];
    }
}
