package io.personalive.training.stages;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.portrait.ClipPreprocess;
import io.personalive.animation.portrait.Frames;
import io.personalive.networks.autoencoder.ImageAutoencoder;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.motion.HeadMotion;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.training.GradientPass;
import io.personalive.torch.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The networks that no stage of an animation model trains, and what they say of pictures: latents, image tokens, head
 * motion. Of pictures that come back unchanged it can be kept on disk. Each picture is read by itself, so that what is said
 * of it doesn't depend on which others are read with it, nor on whether it was kept.
 */
final class FrozenReadings implements AutoCloseable {
    private static final int AXES = 3;

    private final ModelConfig config;
    private final Device device;
    private final List<Weights.Loaded<?>> loaded = new ArrayList<>();
    private final ImageAutoencoder autoencoder;
    private final Optional<ImageEncoder> imageEncoder;
    private final MotionExtractor motionExtractor;
    private Optional<TensorCache> latentCache = Optional.empty(), tokenCache = Optional.empty(), headCache = Optional.empty();

    FrozenReadings(StartModel start) {
        config = start.config();
        device = start.device();
        try {
            autoencoder = load(start, NetworkType.autoencoder(config));
            imageEncoder = config.imageEncoder().map(sizes -> load(start, NetworkType.IMAGE_ENCODER));
            motionExtractor = load(start, NetworkType.MOTION_EXTRACTOR);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private <T> T load(StartModel start, NetworkType<T> type) {
        Weights.Loaded<T> network = start.frozen(type);
        loaded.add(network);
        return network.network();
    }

    /** Keeps readings in a folder. See {@link Stage#cacheIn}. */
    void cacheIn(Path folder, String circumstances, long bytes) throws IOException {
        long size = config.latentSize();
        long[] latent = {1, config.latents().channels(), size, size}, token = {1, 1, config.unet().imageTokenWidth()};
        long[] head = {1, headNumbers()};
        long places = bytes / (TensorCache.recordBytes(latent) + TensorCache.recordBytes(token) + TensorCache.recordBytes(head));
        if (places == 0) {
            return;
        }
        byte[] stamp = stamp(circumstances);
        latentCache = Optional.of(new TensorCache(folder.resolve("latents.bin"), stamp, places, device, latent));
        headCache = Optional.of(new TensorCache(folder.resolve("heads.bin"), stamp, places, device, head));
        if (imageEncoder.isPresent()) {
            tokenCache = Optional.of(new TensorCache(folder.resolve("tokens.bin"), stamp, places, device, token));
        }
    }

    /** Of the networks' sizes and weights, where they compute, and the circumstances. */
    private byte[] stamp(String circumstances) {
        try (Scope scope = new Scope()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((config + " " + device + " " + circumstances).getBytes(StandardCharsets.UTF_8));
            for (Weights.Loaded<?> network : loaded) {
                for (Map.Entry<String, Tensor> tensor : network.tensors().entrySet()) {
                    digest.update(tensor.getKey().getBytes(StandardCharsets.UTF_8));
                    float[] values = Tensors.floats(tensor.getValue());
                    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
                    bytes.asFloatBuffer().put(values);
                    digest.update(bytes);
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java has it
        }
    }

    /**
     * @param pictures  (n, 3, s, s) in [-1, 1], on the device
     * @param originals of each its number among the unchanged pictures, or below 0. See {@link io.personalive.training.data.Batch}
     * @return (n, c, h, w), scaled, float32; no gradients
     */
    Tensor latents(Tensor pictures, long[] originals) {
        return each(pictures, originals, latentCache, autoencoder::encode);
    }

    /** @return (n, 1, width), float32, of pictures as {@link #latents} takes them; empty where there is no image encoder */
    Optional<Tensor> imageTokens(Tensor pictures, long[] originals) {
        return imageEncoder.map(encoder -> each(pictures, originals, tokenCache, picture ->
                encoder.forward(Tensors.to(ClipPreprocess.pixels(Frames.toImages(picture).get(0), encoder.imageSize()), device, ScalarType.Float))));
    }

    /** @return of n pictures as {@link #latents} takes them, the tensors in the caller's scope */
    HeadMotion heads(Tensor pictures, long[] originals) {
        int seen = config.motionExtractor().imageSize();
        Tensor numbers = each(pictures, originals, headCache, picture ->
                packed(motionExtractor.forward(Pictures.resized(picture, seen).mul(new Scalar(0.5)).add(new Scalar(0.5)))));
        long points = (long) AXES * config.motionExtractor().keypoints();
        return new HeadMotion(numbers.narrow(1, 0, points).unflatten(1, -1, AXES), numbers.select(1, points), numbers.select(1, points + 1),
                numbers.select(1, points + 2), numbers.narrow(1, points + 3, AXES), numbers.select(1, points + 3 + AXES));
    }

    private long headNumbers() {
        return (long) AXES * config.motionExtractor().keypoints() + 3 + AXES + 1;
    }

    /** @return (n, numbers): canonical keypoints, pitch, yaw, roll, translation, scale */
    private static Tensor packed(HeadMotion heads) {
        return Tensors.cat(1, heads.canonical().flatten(1, 2), heads.pitch().unsqueeze(1), heads.yaw().unsqueeze(1), heads.roll().unsqueeze(1),
                heads.translation(), heads.scale().unsqueeze(1));
    }

    private static Tensor each(Tensor pictures, long[] originals, Optional<TensorCache> cache, UnaryOperator<Tensor> reading) {
        return Scope.inference(() -> {
            List<Tensor> all = new ArrayList<>();
            for (int i = 0; i < originals.length; i++) {
                Tensor picture = pictures.narrow(0, i, 1);
                all.add(cache.isPresent() && originals[i] >= 0 ? cache.get().get(originals[i], () -> read(picture, reading)) : read(picture, reading));
            }
            return Tensors.cat(0, all);
        });
    }

    private static Tensor read(Tensor picture, UnaryOperator<Tensor> reading) {
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.to(reading.apply(picture), ScalarType.Float));
        }
    }

    /** @param latents (n, c, h, w), scaled. @return (n, 3, s, s), one after the other: together they would take n times the memory */
    Tensor decode(Tensor latents) {
        try (Scope scope = new Scope()) {
            Tensor all = GradientPass.joint(latents);
            List<Tensor> pictures = new ArrayList<>();
            for (long i = 0; i < all.size(0); i++) {
                pictures.add(autoencoder.decode(all.narrow(0, i, 1)));
            }
            return scope.keep(Tensors.cat(0, pictures));
        }
    }

    @Override
    public void close() {
        latentCache.ifPresent(TensorCache::close);
        tokenCache.ifPresent(TensorCache::close);
        headCache.ifPresent(TensorCache::close);
        loaded.forEach(Weights.Loaded::close);
    }
}
