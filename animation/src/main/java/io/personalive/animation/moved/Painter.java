package io.personalive.animation.moved;

import org.bytedeco.pytorch.Tensor;

/** Paints what a warp can't bring: teeth, the eye behind a lid, the side of the head that was hidden. */
@FunctionalInterface
public interface Painter {
    /** Leaves the moved portrait as it is. */
    Painter NONE = Moved::picture;

    /**
     * A portrait moved to one driving frame.
     *
     * @param portrait (1, 3, s, s) in [-1, 1]
     * @param picture  (1, 3, s, s), the portrait, moved
     * @param validity (1, 2, s, s), how far that can be trusted: see {@link io.personalive.networks.warp.Flow#validity}
     * @param from     (1, 129, 2), the portrait's landmarks, in half pictures
     * @param to       (1, 129, 2), where they are to be
     */
    record Moved(Tensor portrait, Tensor picture, Tensor validity, Tensor from, Tensor to) {}

    /** @return (1, 3, s, s) in [-1, 1], the finished frame */
    Tensor paint(Moved moved);
}
