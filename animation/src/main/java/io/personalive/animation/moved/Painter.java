package io.personalive.animation.moved;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import org.bytedeco.pytorch.Tensor;

/** Paints what a warp can't bring: teeth, the eye behind a lid, the side of the head that was hidden. */
interface Painter {
    /** Paints nothing. */
    Painter NONE = (portrait, face, pose) -> (flow, expressed, to) -> flow.sample(portrait);

    /** What is painted over one portrait, whatever its motion. Closing it frees what was computed for it. */
    @FunctionalInterface
    interface Canvas extends AutoCloseable {
        /**
         * @param flow      where each pixel of the frame comes from in the portrait, led through the landmarks
         * @param expressed (1, 129, 3), the face to show, in the head frame
         * @param to        the pose to show
         * @return (1, 3, s, s) in [-1, 1], the finished frame
         */
        Tensor paint(Flow flow, Tensor expressed, HeadPose to);

        @Override
        default void close() {
            // nothing was computed
        }
    }

    /**
     * @param portrait (1, 3, s, s) in [-1, 1]; lives until the canvas is closed
     * @param face     (1, 129, 3), the portrait's face in the head frame; lives as long
     * @param pose     its pose; lives as long
     */
    Canvas on(Tensor portrait, Tensor face, HeadPose pose);
}
