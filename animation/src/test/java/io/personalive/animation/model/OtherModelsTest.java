package io.personalive.animation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.Animator;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.networks.pose.FaceBox;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.TensorSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models beside the named ones: other sizes, others' files. */
class OtherModelsTest {
    @TempDir
    private Path folder;

    @Test
    void framesOfAnotherSize() throws IOException {
        ModelConfig micro = ModelConfig.named("micro");
        ConfigFolder.write(folder, ModelConfig.of(192, micro.unet(), micro.autoencoder(), micro.imageEncoder().orElseThrow()));

        for (BufferedImage frame : animated(ModelSource.parse("synthetic:" + folder))) {
            assertEquals(192, frame.getWidth());
            assertEquals(192, frame.getHeight());
        }
    }

    @Test
    void aPortraitWithoutAFaceIsTakenWhole() {
        ModelSource micro = ModelSource.parse("synthetic:micro");
        try (AnimationModel model = load(new Faceless(micro), false); Portrait portrait = model.portrait(noise(1, 100, 80))) {
            assertEquals(FaceBox.whole(128), portrait.faceBox());
        }
    }

    @Test
    void theTinyAutoencoderTakesThePlaceOfTheFullOne() {
        try (AnimationModel model = load(ModelSource.parse("synthetic:micro"), true);
                Portrait portrait = model.portrait(noise(1, 128, 128)); Scope scope = new Scope()) {
            assertArrayEquals(new long[] {1, 4, 16, 16}, Tensors.shape(portrait.latent()));
        }
    }

    @Test
    void aModelThatMovesPortraitsSaysWhatLoadsIt() {
        String message = assertThrows(IllegalArgumentException.class, () -> AnimationModel.load("nano")).getMessage();
        assertTrue(message.startsWith("nano moves portraits") && message.contains("MovedPortraitNetworks.load")
                && message.contains("AvatarModel.load"), message);
    }

    @Test
    void theAuthorsFolderWithMotionNetworksOfTheFormula() throws IOException {
        Path authors = Goldens.find("checkpoints/micro");
        Path made = folder.resolve("made"), merged = folder.resolve("merged");
        SyntheticFolder.write(made, ModelConfig.named("micro"));
        link(authors, merged);
        for (String network : List.of("motion_encoder", "motion_extractor")) {
            Files.createLink(merged.resolve("personalive/" + network + ".safetensors"),
                    made.resolve("personalive/" + network + ".safetensors"));
        }

        assertEquals(4, animated(ModelSource.parse(merged.toString())).size());
    }

    @Test
    void oldNamesOfTheAutoencodersAttention() {
        Path old = Goldens.find("checkpoints/vae-old-names");
        try (TensorSource renamed = NetworkFile.open(old.resolve("diffusion_pytorch_model.bin"), NetworkName.AUTOENCODER);
                TensorSource plain = NetworkFile.open(
                        Goldens.find("checkpoints/micro/sd-vae-ft-mse/diffusion_pytorch_model.safetensors"),
                        NetworkName.AUTOENCODER);
                Scope scope = new Scope()) {
            assertEquals(plain.names(), renamed.names());
            String name = "decoder.mid_block.attentions.0.to_out.0.weight";
            Tensor expected = plain.read(name, plain.shape(name, null), Device.CPU, ScalarType.Float);
            Tensor found = renamed.read(name, plain.shape(name, null), Device.CPU, ScalarType.Float);
            assertTrue(Comparison.relativeError(found, expected) < 1e-7);
        }
    }

    /** The first micro-chunk's frames, driven by pictures of noise. */
    private static List<BufferedImage> animated(ModelSource source) {
        try (AnimationModel model = load(source, false); Portrait portrait = model.portrait(noise(1, 100, 80));
                Animator animator = model.animate(portrait, StreamOptions.seeded(1))) {
            List<BufferedImage> frames = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                assertTrue(frames.isEmpty());
                frames.addAll(animator.push(noise(2 + i, 90, 90)));
            }
            assertEquals(4, frames.size());
            return frames;
        }
    }

    private static AnimationModel load(ModelSource source, boolean tiny) {
        return AnimationModel.load(source, Device.CPU, Precision.FLOAT32, tiny);
    }

    private static BufferedImage noise(long seed, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bytes = new byte[3 * width * height];
        new Random(seed).nextBytes(bytes);
        image.getRaster().setDataElements(0, 0, width, height, bytes);
        return image;
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.createSymbolicLink(copy, file.toAbsolutePath());
            }
        }
    }

    /** A model whose motion extractor puts all keypoints on one point. */
    private record Faceless(ModelSource whole) implements ModelSource {
        @Override
        public String description() {
            return "faceless";
        }

        @Override
        public ModelConfig config() {
            return whole.config();
        }

        @Override
        public boolean has(NetworkName network) {
            return true;
        }

        @Override
        public TensorSource open(NetworkName network) {
            return network == NetworkName.MOTION_EXTRACTOR ? new WithoutKeypoints() : whole.open(network);
        }
    }

    private static final class WithoutKeypoints implements TensorSource {
        private final TensorSource whole = new SyntheticTensors("motion-extractor2");

        @Override
        public String description() {
            return whole.description();
        }

        @Override
        public Set<String> names() {
            return whole.names();
        }

        @Override
        public long[] shape(String name, long[] expected) {
            return expected;
        }

        @Override
        public Tensor read(String name, long[] shape, Device device, ScalarType type) {
            return name.contains("fc_kp") ? Tensors.zeros(type, shape) : whole.read(name, shape, device, type);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
