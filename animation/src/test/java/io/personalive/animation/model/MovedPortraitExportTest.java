package io.personalive.animation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedPortraitExportTest {
    private static final PaintConfig SIZES = new PaintConfig(4, 8, 8, 8, 4);

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsAWholeModel() throws IOException {
        Path target = folder.resolve("model");
        Files.createDirectories(target.resolve("of-before"));
        MovedPortraitSource nano = (MovedPortraitSource) ModelSource.parse("nano");
        try (Scope scope = new Scope();
                var painter = Weights.buildTrainable(new FreshTensors(1, name -> false), Device.CPU, at -> new PaintNetwork(at, SIZES))) {
            Map<String, Tensor> half = new LinkedHashMap<>();
            painter.parameters().forEach((name, tensor) -> half.put(name, Tensors.to(tensor.detach(), ScalarType.Half)));

            MovedPortraitExport.write(target, nano, "painter", SIZES, MovedPortraitSource.PAINTER, half);

            MovedPortraitSource written = (MovedPortraitSource) ModelSource.parse(target.toString());
            assertEquals(nano.frameSize(), written.frameSize());
            assertEquals(nano.landmarks(), written.landmarks());
            assertEquals(SIZES, written.painter().orElseThrow());
            assertSame(nano.file(MovedPortraitSource.LANDMARKS), written.file(MovedPortraitSource.LANDMARKS));
            assertSame(nano.file(MovedPortraitSource.REST_FACE), written.file(MovedPortraitSource.REST_FACE));
            Weights.build(written.file(MovedPortraitSource.PAINTER), Device.CPU, ScalarType.Float, at -> new PaintNetwork(at, SIZES)).close();
            assertFalse(Files.exists(target.resolve("of-before")));
        }
    }

    private static void assertSame(TensorSource expected, TensorSource found) {
        try (expected; found) {
            assertEquals(expected.names(), found.names());
            for (String name : expected.names()) {
                long[] shape = expected.shape(name, null);
                assertEquals(expected.type(name).intern(), found.type(name).intern(), name);
                assertArrayEquals(Tensors.floats(expected.read(name, shape, Device.CPU, ScalarType.Float)),
                        Tensors.floats(found.read(name, shape, Device.CPU, ScalarType.Float)), name);
            }
        }
    }
}
