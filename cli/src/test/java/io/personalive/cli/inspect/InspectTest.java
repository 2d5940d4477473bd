package io.personalive.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionTemplate;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.cli.PersonaLive;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Requirements;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    private static final NetworkWeights MICRO = NetworkWeights.parse("synthetic:micro");

    @TempDir
    private Path folder;

    /** Writes zeros in the shapes that a network asks for. */
    private static Path zeros(Path file, Map<String, long[]> shapes) throws IOException {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            shapes.forEach((name, shape) -> tensors.put(name, Tensors.zeros(ScalarType.Half, shape)));
            SafetensorsWriter.write(file, tensors);
        }
        return file;
    }

    private static Map<String, long[]> needs(NetworkName network) {
        return new LinkedHashMap<>(NetworkType.of(network).requirements(MICRO).tensors());
    }

    private static String inspect(Path path) {
        Result result = CommandLineTesting.run("inspect", path.toString());
        assertEquals(0, result.exitCode(), result.err());
        return result.out();
    }

    @Test
    void listsTensorsAndNamesTheNetwork() throws IOException {
        String out = inspect(zeros(folder.resolve("some.safetensors"), needs(NetworkName.POSE_GUIDER)));
        assertTrue(out.startsWith("conv_in.weight"), out);
        assertTrue(out.contains("F16   (32, 256, 3, 3)"), out);
        assertTrue(out.contains("16 tensors, 422,640 parameters, 845.3 kB"), out);
        assertTrue(out.contains("fits: pose guider, all 16 tensors"), out);
    }

    @Test
    void theClosestNetworkIsNamedWithWhatIsWrong() throws IOException {
        Map<String, long[]> shapes = needs(NetworkName.POSE_GUIDER);
        shapes.remove("conv_in.bias");
        shapes.put("blocks.0.bias", new long[] {17});
        shapes.put("surplus", new long[] {1});
        String out = inspect(zeros(folder.resolve("broken.safetensors"), shapes));
        assertTrue(out.contains("fits: pose guider is closest, but of its tensors 1 are missing and 1 misshapen, and 1 others are too many"), out);
    }

    @Test
    void partsOfTheDenoisingUNetAreToldApart() throws IOException {
        Map<String, long[]> all = needs(NetworkName.DENOISING_UNET), temporal = new LinkedHashMap<>(all),
                spatial = new LinkedHashMap<>(all), base = new LinkedHashMap<>(all);
        temporal.keySet().removeIf(name -> !name.contains("temporal_modules"));
        spatial.keySet().removeIf(name -> name.contains("temporal_modules"));
        base.keySet().removeIf(name -> name.contains("_modules"));
        assertEquals("denoising UNet, all " + all.size() + " tensors", FileReport.fit(zeros(folder.resolve("all"), all)));
        assertTrue(FileReport.fit(zeros(folder.resolve("temporal"), temporal)).startsWith("temporal modules of the denoising UNet, all"));
        assertTrue(FileReport.fit(zeros(folder.resolve("spatial"), spatial)).startsWith("denoising UNet without temporal modules, all"));
        assertTrue(FileReport.fit(zeros(folder.resolve("base"), base)).startsWith("base UNet (Stable Diffusion 1.x), all"));
    }

    @Test
    void motionAndStrangersAreKnown() throws IOException {
        MotionFrame still = new MotionFrame(new float[32 * 16], 0, 0, 0, new float[3]);
        Path motion = folder.resolve("motion.safetensors");
        new MotionTemplate(List.of(still, still), 16, 30_000, 1001, "0123").write(motion);
        assertTrue(inspect(motion).contains("fits: motion template, 2 frames at 30000/1001 frames/s"));
        Path other = zeros(folder.resolve("other.safetensors"), Map.of("x", new long[] {2}));
        assertTrue(inspect(other).contains("fits: no network or motion template of PersonaLive"));
    }

    @Test
    void aFolderIsReportedFileByFile() throws IOException {
        zeros(Files.createDirectories(folder.resolve("personalive")).resolve("pose_guider.safetensors"), needs(NetworkName.POSE_GUIDER));
        Files.write(folder.resolve("broken.pth"), new byte[0]);
        String out = inspect(folder);
        assertTrue(out.contains("fits: pose guider, all 16 tensors"), out);
        assertTrue(out.contains("broken.pth: is empty"), out);
        assertTrue(out.contains("The model is not complete:") && out.contains("personalive/motion_encoder.pth"), out);
    }

    @Test
    void aCheckpointInPartsIsKnownByItsIndex() throws IOException {
        Map<String, long[]> whole = needs(NetworkName.POSE_GUIDER), first = new LinkedHashMap<>(whole), second = new LinkedHashMap<>(whole);
        first.keySet().removeIf(name -> name.startsWith("blocks"));
        second.keySet().removeAll(first.keySet());
        zeros(folder.resolve("a-1.safetensors"), first);
        zeros(folder.resolve("a-2.safetensors"), second);
        Map<String, String> places = new LinkedHashMap<>();
        whole.keySet().forEach(name -> places.put(name, first.containsKey(name) ? "a-1.safetensors" : "a-2.safetensors"));
        Path index = folder.resolve("a.safetensors.index.json");
        new ObjectMapper().writeValue(index.toFile(), Map.of("weight_map", places));

        String out = inspect(index);
        assertTrue(out.contains("F16   (32, 256, 3, 3)") && out.contains("16 tensors, 422,640 parameters, 845.3 kB"), out);
        assertTrue(out.contains("fits: pose guider, all 16 tensors"), out);
        String all = inspect(folder);
        assertTrue(all.contains("a.safetensors.index.json") && !all.contains("a-1.safetensors") && all.contains("fits: pose guider, all 16 tensors"), all);
        Files.delete(folder.resolve("a-2.safetensors"));
        assertTrue(inspect(folder).contains("a-2.safetensors, which it names, is not there"), "of a broken index the parts are told too");
    }

    @Test
    void aWholeModelIsKnown() throws IOException {
        Path micro = Path.of("..", "..", "shared", "goldens", "checkpoints", "micro");
        Assumptions.assumeTrue(Files.isDirectory(micro), "no checkpoints in ../shared/goldens");
        try (Stream<Path> files = Files.walk(micro)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(micro.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        zeros(folder.resolve("personalive/motion_encoder.safetensors"), needs(NetworkName.MOTION_ENCODER));
        Path extractor = zeros(folder.resolve("personalive/motion_extractor.safetensors"), needs(NetworkName.MOTION_EXTRACTOR));
        assertTrue(inspect(folder).contains("The model is complete: use it with --model " + folder));

        Map<String, long[]> shapes = needs(NetworkName.MOTION_EXTRACTOR);
        shapes.remove("detector.fc_scale.bias");
        zeros(extractor, shapes);
        String out = inspect(folder);
        assertTrue(out.contains("The model is not complete:\n" + extractor + ": motion extractor is closest"), out);
    }

    @Test
    void aMissingFileIsOneLine() {
        Result result = CommandLineTesting.run("inspect", folder.resolve("nothing.pth").toString());
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("there is no such file"), result.err());
    }

    @Test
    void theNetworksAskForWhatTheAuthorsFilesHold() throws IOException {
        Path manifests = Path.of("..", "..", "shared", "spec", "manifests");
        Assumptions.assumeTrue(Files.isDirectory(manifests), "no manifests in ../shared/spec");
        NetworkWeights official = NetworkWeights.of(ModelSource.parse("synthetic:personalive"));
        for (NetworkName network : NetworkName.values()) {
            Requirements needs = NetworkType.of(network).requirements(official);
            Map<String, long[]> held = new LinkedHashMap<>();
            for (Path file : files(network)) {
                JsonNode tensors = new ObjectMapper().readTree(manifests.resolve(file).toFile()).get("tensors");
                tensors.properties().forEach(tensor -> held.put(tensor.getKey(),
                        new ObjectMapper().convertValue(tensor.getValue(), long[].class)));
            }
            needs.tensors().forEach((name, shape) -> assertArrayEquals(held.get(name), shape, name));
            Set<String> surplus = new TreeSet<>(held.keySet());
            surplus.removeAll(needs.tensors().keySet());
            assertTrue(needs.ignored().containsAll(surplus), network + ": " + surplus);
        }
    }

    private static List<Path> files(NetworkName network) {
        return Stream.of(switch (network) {
            case AUTOENCODER -> new String[] {"sd-vae-ft-mse.diffusion_pytorch_model"};
            case TINY_AUTOENCODER -> new String[] {"taesd.diffusion_pytorch_model"};
            case IMAGE_ENCODER -> new String[] {"sd-image-variations-diffusers.image_encoder.pytorch_model"};
            case REFERENCE_UNET -> new String[] {"personalive.reference_unet"};
            case DENOISING_UNET -> new String[] {"personalive.denoising_unet", "personalive.temporal_module"};
            case MOTION_ENCODER -> new String[] {"personalive.motion_encoder"};
            case MOTION_EXTRACTOR -> new String[] {"personalive.motion_extractor"};
            case POSE_GUIDER -> new String[] {"personalive.pose_guider"};
        }).map(name -> Path.of(name + ".json")).toList();
    }
}
