package io.personalive.training.preparation;

import java.io.Serializable;

/**
 * What a piece of video must be like to be kept.
 *
 * @param smallestFace    width of the face in the source, from ear to ear, pixels
 * @param leastSharpness  of the face: variance of its Laplacian at 128 x 128 pixels
 * @param furthestTurn    of the head to either side, degrees
 * @param shortestSeconds of a clip
 * @param longestSeconds  of a clip: longer pieces become several
 */
public record Limits(double smallestFace, double leastSharpness, double furthestTurn, double shortestSeconds, double longestSeconds) implements Serializable {
    public static final Limits USUAL = new Limits(96, 20, 50, 1, 10);

    public Limits {
        if (!(smallestFace >= 0 && leastSharpness >= 0 && furthestTurn > 0 && shortestSeconds > 0 && longestSeconds >= 2 * shortestSeconds)) {
            throw new IllegalArgumentException("faces from " + smallestFace + " pixels, sharpness from " + leastSharpness + ", turns up to "
                    + furthestTurn + " degrees, clips of " + shortestSeconds + " to " + longestSeconds
                    + " s: nothing may be negative, and the longest clip must be twice the shortest at least");
        }
    }
}
