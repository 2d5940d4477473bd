package io.personalive.cli.network;

import static io.personalive.cli.network.Inputs.ANY;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.Chunk;
import io.personalive.animation.stream.Noise;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.cli.console.UserError;
import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The whole streaming loop with given noise; every micro-chunk is emitted, the run-in included. */
final class StreamRun implements NetworkRun {
    @Override
    public Map<String, Tensor> run(Inputs inputs, Setting setting) {
        if (setting.weights() == null) {
            throw new UserError("stream needs --weights: a folder or synthetic:NAME");
        }
        Tensor driving = inputs.bytes("driving", ANY, ANY, ANY, 3);
        try (AnimationModel model = AnimationModel.load(
                ModelSource.parse(setting.weights()), setting.device(), setting.precision(), false)) {
            int size = model.frameSize();
            WindowShape window = model.networks().config().window();
            int chunkFrames = window.chunkFrames();
            if (driving.size(1) != size || driving.size(2) != size || driving.size(0) % chunkFrames != 0) {
                throw new UserError("the input 'driving' is " + Tensors.describe(Tensors.shape(driving)) + ", expected a multiple of "
                        + chunkFrames + " frames of " + size + "x" + size + " pixels");
            }
            long chunks = driving.size(0) / chunkFrames;
            int side = model.networks().config().latentSize();
            int channels = model.networks().config().unet().latentChannels();
            // a window of a single noise level has no run-in, and draws no noise for one
            Tensor initial = window.earlierFrames() == 0 ? null
                    : inputs.floats("noise.initial", 1, channels, window.earlierFrames(), side, side);
            Tensor fresh = inputs.floats("noise.chunks", chunks, channels, chunkFrames, side, side);
            StreamOptions options = new StreamOptions(Noise.recorded(initial, fresh), 1, 1,
                    model.networks().config().keyframes().with(inputs.metadata()));
            BufferedImage picture = Frames.toImage(inputs.bytes("portrait", ANY, ANY, 3));

            List<Tensor> latents = new ArrayList<>(), frames = new ArrayList<>();
            long[] keyframes = new long[(int) chunks];
            try (Portrait portrait = model.portrait(picture); AnimationStream stream = model.stream(portrait, options)) {
                MotionReader driver = model.driver(portrait.faceBox());
                for (int i = 0; i < chunks; i++) {
                    Tensor pictures = driving.narrow(0, (long) i * chunkFrames, chunkFrames);
                    try (Chunk chunk = stream.push(driver.read(Frames.signed(pictures)))) {
                        latents.add(Tensors.to(chunk.latents(), ScalarType.Float).clone().unsqueeze(0));
                        chunk.frames().forEach(frame -> frames.add(Frames.toBytes(frame).unsqueeze(0)));
                    }
                    keyframes[i] = stream.keyframes() - Arrays.stream(keyframes).sum();
                }
            }
            return Map.of("latents", Tensors.cat(0, latents), "frames", Tensors.cat(0, frames),
                    "keyframes_added", Tensors.of(keyframes, chunks));
        }
    }
}
