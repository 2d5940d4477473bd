package io.personalive.animation.stream;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Frames of a denoising window, on the networks' device and in their number format, oldest first.
 *
 * @param latents      (b, f, c, h, w), scaled, each frame at its noise level
 * @param motionTokens (b, f, tokens, width)
 * @param poseFeatures (b, f, first width of the UNet, h, w)
 */
public record WindowFrames(Tensor latents, Tensor motionTokens, Tensor poseFeatures) {
    /** How many sequences there are. */
    public long sequences() {
        return latents.size(0);
    }

    private List<Tensor> tensors() {
        return List.of(latents, motionTokens, poseFeatures);
    }

    /** @return the same of every tensor */
    WindowFrames each(UnaryOperator<Tensor> change) {
        return new WindowFrames(change.apply(latents), change.apply(motionTokens), change.apply(poseFeatures));
    }

    /** @return all frames of these sequences, joined as sequences of one batch */
    static WindowFrames batch(List<WindowFrames> sequences) {
        if (sequences.size() == 1) {
            return sequences.get(0);
        }
        return new WindowFrames(Tensors.cat(0, sequences.stream().map(WindowFrames::latents).toList()),
                Tensors.cat(0, sequences.stream().map(WindowFrames::motionTokens).toList()),
                Tensors.cat(0, sequences.stream().map(WindowFrames::poseFeatures).toList()));
    }

    /** Takes the tensors out of every scope; {@link #release} frees them. */
    WindowFrames own() {
        tensors().forEach(Scope::own);
        return this;
    }

    void release() {
        tensors().forEach(Scope::release);
    }

    /** @throws IllegalArgumentException unless all have {@code sequences} sequences and one of the numbers of frames */
    void expect(long sequences, long chunkFrames, long allFrames) {
        Stream.of(latents, motionTokens, poseFeatures).forEach(tensor -> {
            boolean fits = tensor.size(0) == sequences && (tensor.size(1) == chunkFrames || tensor.size(1) == allFrames);
            if (!fits) {
                throw new IllegalArgumentException("what enters the window is " + Tensors.describe(Tensors.shape(tensor))
                        + ", expected (" + sequences + ", " + chunkFrames + " frames of a micro-chunk"
                        + (allFrames == chunkFrames ? "" : " or all " + allFrames) + ", …)");
            }
        });
    }
}
