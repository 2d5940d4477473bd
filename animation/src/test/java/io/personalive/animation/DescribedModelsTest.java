package io.personalive.animation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.SyntheticFolder;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.animation.testing.SmallModel;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of a description written by hand: made as a folder, loaded from there, and animated. */
class DescribedModelsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "one noise level|'window': {'timesteps': [999]}",
        "micro-chunks of two|'window': {'chunk_frames': 2, 'timesteps': [0, 500, 999]}",
        "single frames|'window': {'chunk_frames': 1, 'timesteps': [400]}",
        "v prediction|'schedule': {'prediction': 'v_prediction'}",
        "sample prediction|'schedule': {'prediction': 'sample'}",
        "96 pixels|'frame_size': 96",
        "eight channels|'latents': {'channels': 8, 'mean': [0, 1, 2, 3, 0, 1, 2, 3]}",
        "factor 16 with 16 channels|'latents': {'factor': 16, 'channels': 16},"
            + " 'autoencoder': {'block_out_channels': [32, 32, 32, 32, 32], 'layers_per_block': 1},"
            + " 'pose_guider': {'widths': [8, 8, 8, 8, 8]}",
        "factor 4|'latents': {'factor': 4, 'channels': 4},"
            + " 'autoencoder': {'block_out_channels': [32, 32, 32], 'layers_per_block': 1}, 'pose_guider': {'widths': [8, 8, 8]}",
        "forty keypoints|'keypoint_picture': {'keypoints': [0, 39], 'radius': 2, 'colours': [[255, 0, 0], [0, 0, 255]]},"
            + " 'motion_extractor': {'image_size': 64, 'depths': [1, 1], 'widths': [8, 16], 'keypoints': 40}",
        "few motion tokens|'motion_encoder': {'image_size': 64, 'widths': [8, 32, 32], 'attention_width': 32,"
            + " 'attention_heads': 2, 'landmarks': 4, 'features': 16, 'tokens': 6, 'token_width': 8}",
        "a tiny autoencoder and no other|'autoencoder': {'kind': 'tiny'}, 'tiny_autoencoder': {'width': 8, 'blocks': 1}",
        "a narrow autoencoder|'autoencoder': {'block_out_channels': [8, 8, 12, 12], 'layers_per_block': 1, 'groups': 4}",
        "forty frames in the window|'window': {'chunk_frames': 20, 'timesteps': [0, 999]}",
        "smaller pictures for the image encoder|'image_encoder': {'hidden_size': 32, 'intermediate_size': 64,"
            + " 'num_hidden_layers': 1, 'num_attention_heads': 2, 'patch_size': 16, 'image_size': 48, 'projection_dim': 16}",
        "no image encoder|'image_encoder': null",
        "three levels, temporal attention at one|'unet': {'levels': ["
            + "{'channels': 32, 'layers': 1, 'attention': ['motion']},"
            + "{'channels': 32, 'layers': 1, 'attention': ['self', 'image', 'motion', 'temporal']},"
            + "{'channels': 64, 'layers': 1, 'attention': ['self', 'motion']}], 'middle': ['self']}",
        "no attention at all|'image_encoder': null, 'unet': {'levels': ["
            + "{'channels': 32, 'layers': 1, 'attention': []}], 'middle': []}",
    })
    void isMadeAsAFolderLoadedAndAnimated(String name, String fields) throws IOException {
        ModelSource synthetic = ModelSource.parse("synthetic:" + SmallModel.write(folder.resolve("some.json"), fields));
        Path model = folder.resolve("model");
        SyntheticFolder.writeDescribed(model, synthetic);
        ModelSource stored = ModelSource.parse(model.toString());
        assertEquals(synthetic.config(), stored.config());

        List<BufferedImage> frames = animate(stored);
        assertEquals(stored.config().frameSize(), frames.get(0).getWidth());
        assertTrue(frames.size() >= 2 * stored.config().window().chunkFrames());
        List<BufferedImage> same = animate(synthetic);
        for (int i = 0; i < frames.size(); i++) {
            assertArrayEquals(bytes(same.get(i)), bytes(frames.get(i)));
        }
    }

    private static List<BufferedImage> animate(ModelSource source) {
        List<BufferedImage> frames = new ArrayList<>();
        try (AnimationModel model = AnimationModel.load(source, Device.CPU, Precision.FLOAT32, false);
                Portrait portrait = model.portrait(face(0));
                Animator animator = model.animate(portrait, StreamOptions.seeded(1))) {
            for (int i = 0; i < 2 * source.config().window().chunkFrames(); i++) {
                frames.addAll(animator.push(face(i)));
            }
        }
        return frames;
    }

    private static BufferedImage face(int turn) {
        BufferedImage picture = new BufferedImage(80, 80, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(new Color(220, 180, 150));
        pen.fillOval(20 + turn, 12, 40, 52);
        pen.setColor(Color.DARK_GRAY);
        pen.fillOval(30 + turn, 30, 6, 4);
        pen.fillOval(46 + turn, 30, 6, 4);
        pen.dispose();
        return picture;
    }

    private static byte[] bytes(BufferedImage picture) {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }
}
