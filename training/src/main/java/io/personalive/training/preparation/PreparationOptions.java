package io.personalive.training.preparation;

import java.io.Serializable;

/**
 * How videos are prepared.
 *
 * @param packedSide side of the pictures to train from, pixels
 * @param clipSide   side of the clips at most, pixels: what is cut out is never enlarged
 * @param limits     what a piece must be like to be kept
 * @param val        part of the persons in the split {@code val}, 0 to 1
 * @param test       part of the persons in the split {@code test}, 0 to 1
 */
public record PreparationOptions(int packedSide, int clipSide, Limits limits, double val, double test) implements Serializable {
    public PreparationOptions {
        if (packedSide < 16 || packedSide > 4096 || clipSide < 16 || clipSide > 4096 || clipSide % 2 != 0) {
            throw new IllegalArgumentException("pictures of " + packedSide + " and clips of " + clipSide
                    + " pixels: from 16 to 4096 are possible, clips of an even number");
        }
        if (!(val >= 0 && test >= 0 && val + test < 1)) {
            throw new IllegalArgumentException("the splits val and test get " + val + " and " + test
                    + " of the persons: expected parts from 0, together less than 1");
        }
    }
}
