package io.personalive.animation.motion;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A performance without its performer: all that the model needs of a driving video, and no picture of anyone. Stored
 * as safetensors: {@code motion_tokens} (n, tokens, width), {@code pitch}, {@code yaw}, {@code roll} (n) in degrees,
 * {@code translation} (n, 3) relative to the first frame; where the model reads it, {@code residual} (n, k), what else
 * moves; all float32.
 *
 * @param frames         one for each driving frame, at least one
 * @param tokenWidth     numbers in a motion token
 * @param rateNumerator  frames in {@code rateDenominator} seconds
 * @param rateDenominator seconds
 * @param model          fingerprint of the motion networks that read it: others understand other tokens
 */
public record MotionTemplate(List<MotionFrame> frames, int tokenWidth, int rateNumerator, int rateDenominator, String model) {
    private static final String FORMAT = "personalive-motion-1";

    public MotionTemplate {
        frames = List.copyOf(frames);
        if (frames.isEmpty() || rateNumerator <= 0 || rateDenominator <= 0) {
            throw new IllegalArgumentException("a motion template needs at least one frame and a positive frame rate");
        }
        for (MotionFrame frame : frames) {
            if (tokenWidth < 1 || frame.tokens().length % tokenWidth != 0
                    || frame.tokens().length != frames.get(0).tokens().length
                    || frame.residual().length != frames.get(0).residual().length) {
                throw new IllegalArgumentException("a motion template has frames of equally many motion tokens of width "
                        + tokenWidth + ", not of " + frame.tokens().length + " numbers and " + frame.residual().length + " of what else moves");
            }
        }
    }

    /**
     * A part of the performance, as if it began there: movement is counted from its first frame.
     *
     * @param first number of its first frame, from 0
     * @param most  frames it has at most, at least one
     */
    public List<MotionFrame> part(int first, int most) {
        float[] origin = frames.get(first).translation();
        return frames.subList(first, (int) Math.min(frames.size(), (long) first + most)).stream()
                .map(frame -> frame.movedFrom(origin)).toList();
    }

    /** Writes the template; an existing file is replaced once the new one is whole. */
    public void write(Path file) throws IOException {
        int count = frames.size();
        int width = frames.get(0).tokens().length;
        float[] tokens = new float[count * width], translation = new float[3 * count];
        float[] pitch = new float[count], yaw = new float[count], roll = new float[count];
        for (int i = 0; i < count; i++) {
            MotionFrame frame = frames.get(i);
            System.arraycopy(frame.tokens(), 0, tokens, i * width, width);
            System.arraycopy(frame.translation(), 0, translation, 3 * i, 3);
            pitch[i] = frame.pitch();
            yaw[i] = frame.yaw();
            roll[i] = frame.roll();
        }
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("motion_tokens", Tensors.of(tokens, count, width / tokenWidth, tokenWidth));
            tensors.put("pitch", Tensors.of(pitch, count));
            tensors.put("yaw", Tensors.of(yaw, count));
            tensors.put("roll", Tensors.of(roll, count));
            tensors.put("translation", Tensors.of(translation, count, 3));
            int known = frames.get(0).residual().length;
            if (known > 0) {
                float[] residual = new float[count * known];
                for (int i = 0; i < count; i++) {
                    System.arraycopy(frames.get(i).residual(), 0, residual, i * known, known);
                }
                tensors.put("residual", Tensors.of(residual, count, known));
            }
            SafetensorsWriter.write(file, tensors, Map.of("format", FORMAT, "model", model,
                    "frame_rate", rateNumerator + "/" + rateDenominator));
        }
    }

    /**
     * @param file written by {@link #write}
     * @throws CheckpointException if it is no motion template
     */
    public static MotionTemplate read(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file); Scope scope = new Scope()) {
            Map<String, String> metadata = checkpoint.metadata();
            String[] rate = metadata.getOrDefault("frame_rate", "").split("/");
            if (!FORMAT.equals(metadata.get("format")) || rate.length != 2
                    || !rate[0].matches("\\d{1,9}") || !rate[1].matches("\\d{1,9}")) {
                throw new CheckpointException(file + " is no motion template: make one with ./personalive extract-motion");
            }
            long[] pitchShape = checkpoint.shape("pitch", null);
            long count = pitchShape == null ? 0 : pitchShape[0];
            long[] shape = checkpoint.shape("motion_tokens", null);
            if (shape == null || shape.length != 3 || shape[1] < 1 || shape[2] < 1) {
                throw new CheckpointException(file + " is no motion template: motion_tokens is "
                        + (shape == null ? "missing" : Tensors.describe(shape)) + ", expected (frames, tokens, width)");
            }
            int width = Math.toIntExact(shape[1] * shape[2]);
            float[] tokens = floats(checkpoint, file, "motion_tokens", count, shape[1], shape[2]);
            float[] pitch = floats(checkpoint, file, "pitch", count);
            float[] yaw = floats(checkpoint, file, "yaw", count);
            float[] roll = floats(checkpoint, file, "roll", count);
            float[] translation = floats(checkpoint, file, "translation", count, 3);
            long[] residualShape = checkpoint.shape("residual", null);
            int known = residualShape == null || residualShape.length != 2 ? 0 : Math.toIntExact(residualShape[1]);
            float[] residual = known == 0 ? new float[0] : floats(checkpoint, file, "residual", count, known);
            List<MotionFrame> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                frames.add(new MotionFrame(Arrays.copyOfRange(tokens, i * width, (i + 1) * width), pitch[i], yaw[i],
                        roll[i], Arrays.copyOfRange(translation, 3 * i, 3 * i + 3),
                        Arrays.copyOfRange(residual, i * known, (i + 1) * known)));
            }
            return new MotionTemplate(frames, (int) shape[2], Integer.parseInt(rate[0]), Integer.parseInt(rate[1]),
                    metadata.getOrDefault("model", ""));
        } catch (IllegalArgumentException wrong) {
            throw new CheckpointException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static float[] floats(Checkpoint checkpoint, Path file, String name, long... shape) {
        long[] found = checkpoint.shape(name, shape);
        if (found == null || !Arrays.equals(found, shape)) {
            throw new CheckpointException(file + " is no motion template: " + name + " is "
                    + (found == null ? "missing" : Tensors.describe(found)) + ", expected " + Tensors.describe(shape));
        }
        return Tensors.floats(checkpoint.read(name, shape, Device.CPU, ScalarType.Float));
    }
}
