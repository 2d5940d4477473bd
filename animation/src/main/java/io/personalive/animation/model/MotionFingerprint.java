package io.personalive.animation.model;

import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.TensorSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Names a motion encoder by its last layer: motion tokens mean the same to models of equal fingerprint only. */
public final class MotionFingerprint {
    private static final String LAYER = "final_proj.weight";
    private static final int HEX_DIGITS = 16;

    private MotionFingerprint() {}

    /** @return 16 hexadecimal digits */
    public static String of(ModelSource source) {
        MotionEncoderConfig sizes = source.config().motionEncoder();
        try (TensorSource encoder = source.open(NetworkName.MOTION_ENCODER); Scope scope = new Scope()) {
            long[] shape = encoder.shape(LAYER, new long[] {(long) sizes.tokens() * sizes.tokenWidth(), sizes.features()});
            if (shape == null) {
                throw new CheckpointException(encoder.description() + " lacks " + LAYER);
            }
            float[] values = Tensors.floats(encoder.read(LAYER, shape, Device.CPU, ScalarType.Float));
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
            bytes.asFloatBuffer().put(values);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
