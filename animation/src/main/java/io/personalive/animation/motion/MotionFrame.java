package io.personalive.animation.motion;

/**
 * What the model takes of one driving frame: no picture, no face shape.
 *
 * @param tokens      motion tokens (expression), row-major
 * @param pitch       head angle about the x axis, degrees
 * @param yaw         head angle about the y axis, degrees
 * @param roll        head angle about the z axis, degrees
 * @param translation x, y, z of the head, relative to the driver's first frame, in half pictures
 * @param residual    what moves otherwise than the head since the driver's first frame, as a model that moves portraits
 *                    reads it; empty where it is not known
 */
public record MotionFrame(float[] tokens, float pitch, float yaw, float roll, float[] translation, float[] residual) {
    private static final float[] UNKNOWN = {};

    public MotionFrame {
        if (tokens.length == 0 || translation.length != 3) {
            throw new IllegalArgumentException("a motion frame has numbers of motion tokens and 3 of translation, not "
                    + tokens.length + " and " + translation.length);
        }
    }

    /** Of which it isn't known what moves otherwise than the head. */
    public MotionFrame(float[] tokens, float pitch, float yaw, float roll, float[] translation) {
        this(tokens, pitch, yaw, roll, translation, UNKNOWN);
    }

    /**
     * The motion between a frame of rest and this one, or beyond.
     *
     * @param rest       usually the portrait's own motion
     * @param expression weight of this frame's tokens: 0 is at rest, 1 this frame, more exaggerates
     * @param head       weight of this frame's angles and translation, and of what else moves
     */
    public MotionFrame scaled(MotionFrame rest, float expression, float head) {
        return new MotionFrame(mix(rest.tokens, tokens, expression), mix(rest.pitch, pitch, head),
                mix(rest.yaw, yaw, head), mix(rest.roll, roll, head), mix(rest.translation, translation, head),
                mix(new float[residual.length], residual, head));
    }

    /** @return the same frame, its movement counted from another place */
    MotionFrame movedFrom(float[] origin) {
        float[] moved = new float[translation.length];
        for (int axis = 0; axis < moved.length; axis++) {
            moved[axis] = translation[axis] - origin[axis];
        }
        return new MotionFrame(tokens, pitch, yaw, roll, moved, residual);
    }

    /** @return the same frame, with what moves otherwise than the head */
    public MotionFrame withResidual(float[] moves) {
        return new MotionFrame(tokens, pitch, yaw, roll, translation, moves);
    }

    /** @return the L2 distance of two frames' motion tokens, over all their numbers */
    public static double distance(float[] tokens, float[] others) {
        double sum = 0;
        for (int i = 0; i < tokens.length; i++) {
            double difference = (double) tokens[i] - others[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private static float mix(float from, float to, float weight) {
        return weight == 1 ? to : from + weight * (to - from);
    }

    private static float[] mix(float[] from, float[] to, float weight) {
        float[] mixed = new float[to.length];
        for (int i = 0; i < to.length; i++) {
            mixed[i] = mix(from[i], to[i], weight);
        }
        return mixed;
    }
}
