package io.personalive.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
    @TempDir
    Path folder;

    @Test
    void viewsOfOneStorageAreReadInRowMajorOrder() throws IOException {
        Path path = saved().raw("}(").tensor("plain", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
                .tensor("turned", "0", 6, 0, new int[] {3, 2}, new int[] {1, 3})
                .tensor("tail", "0", 6, 4, new int[] {2}, new int[] {1}).raw("u.")
                .floats("0", 1, 2, 3, 4, 5, 6).write(folder.resolve("a.pth"));
        try (Scope scope = new Scope(); Checkpoint file = Checkpoint.open(path)) {
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Tensors.floats(file.read("plain")));
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, Tensors.floats(file.read("turned")));
            assertArrayEquals(new float[] {5, 6}, Tensors.floats(file.read("tail")));
            assertTrue(file.metadata().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict", "model", "module", "ema", "params_ema", "generator"})
    void aNestedStateDictIsUnwrapped(String wrapper) throws IOException {
        Path path = saved().raw("}(").text("epoch").number(3).text(wrapper).raw("}(")
                .tensor("a", "0", 1, 0, new int[] {1}, new int[] {1}).raw("uu.").floats("0", 8).write(folder.resolve("a.pth"));
        try (Checkpoint file = Checkpoint.open(path)) {
            assertEquals(Set.of("a"), file.names());
        }
    }

    /** {"optimizer": {"state": {0: {"exp_avg": …}}}, "model": {…}, "ema": {…}}, as trainers keep it to go on from. */
    @Test
    void averagedWeightsAreTakenAndAnOptimisersAreNot() throws IOException {
        int[] one = {1};
        Path path = saved().raw("}(").text("optimizer").raw("}(").text("state").raw("}(").number(0).raw("}(")
                .tensor("exp_avg", "0", 1, 0, one, one).raw("uuu").text("model").raw("}(").tensor("a", "1", 1, 0, one, one).raw("u")
                .text("ema").raw("}(").tensor("a", "2", 1, 0, one, one).raw("uu.")
                .floats("0", 1).floats("1", 2).floats("2", 3).write(folder.resolve("a.pth"));
        try (Scope scope = new Scope(); Checkpoint file = Checkpoint.open(path)) {
            assertEquals(Set.of("a"), file.names());
            assertArrayEquals(new float[] {3}, Tensors.floats(file.read("a")));
        }
    }

    /** {"device": torch.device("cuda", 0), "size": torch.Size((1,)), "dtype": torch.float32, "model": {…}} */
    @Test
    void settingsOfTheTrainingAreLeftOut() throws IOException {
        int[] one = {1};
        Path path = saved().raw("}(").text("device").raw("ctorch\ndevice\n").text("cuda").raw("K\u0000\u0086R")
                .text("size").raw("ctorch\nSize\nK\u0001\u0085\u0085R").text("dtype").raw("ctorch\nfloat32\n")
                .text("model").raw("}(").tensor("a", "0", 1, 0, one, one).raw("uu.").floats("0", 8).write(folder.resolve("a.pth"));
        try (Checkpoint file = Checkpoint.open(path)) {
            assertEquals(Set.of("a"), file.names());
        }
    }

    @Test
    void severalNetworksInOneFileAreNamed() throws IOException {
        int[] one = {1};
        assertRefused("holds several networks: painter, critic", saved().raw("}(").text("painter").raw("}(").tensor("a", "0", 1, 0, one, one)
                .raw("u").text("critic").raw("}(").tensor("a", "0", 1, 0, one, one).raw("uu.").floats("0", 1));
    }

    /** What wrappers of networks put before all names: data parallel, compiled, averaged. */
    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "model.", "module._orig_mod.", "_orig_mod.module.", "ema_model.module.",
            "_fsdp_wrapped_module.", "_fsdp_wrapped_module._checkpoint_wrapped_module.", "state_dict."})
    void prefixesOfTrainingAreLeftOut(String prefix) throws IOException {
        int[] one = {1};
        Path path = saved().raw("}(").tensor(prefix + "conv.weight", "0", 2, 0, one, one).tensor(prefix + "conv.bias", "0", 2, 1, one, one)
                .tensor("n_averaged", "0", 2, 0, one, one).raw("u.").floats("0", 4, 5).write(folder.resolve("a.pth"));
        try (Scope scope = new Scope(); Checkpoint file = Checkpoint.open(path)) {
            assertTrue(file.names().containsAll(Set.of("conv.weight", "conv.bias")), file.names().toString());
            assertArrayEquals(new float[] {5}, Tensors.floats(file.read("conv.bias")));
        }
    }

    @Test
    void aNetworksOwnNamesAreKept() throws IOException {
        int[] one = {1};
        Path path = saved().raw("}(").tensor("module.weight", "0", 2, 0, one, one).tensor("other.weight", "0", 2, 1, one, one)
                .raw("u.").floats("0", 4, 5).write(folder.resolve("a.pth"));
        try (Checkpoint file = Checkpoint.open(path)) {
            assertEquals(Set.of("module.weight", "other.weight"), file.names());
        }
    }

    @Test
    void noOtherNameIsLookedUp() throws IOException {
        assertRefused("names os.system", saved().raw("cos\nsystem\n(").text("rm").raw("tR."));
        assertRefused("names builtins.eval", saved().text("builtins").text("eval").raw("\u0093."));
        assertRefused("names torch.CharStorage", saved().raw("ctorch\nCharStorage\n."));
        assertRefused("names torch._utils.FloatStorage", saved().raw("ctorch._utils\nFloatStorage\n."));
    }

    @Test
    void instructionsBeyondAStateDictsAreRefused() throws IOException {
        assertRefused("instruction 0x69", saved().raw("(ios\nsystem\n."));
        assertRefused("instruction 0x81", saved().raw(")\u0081."));
        assertRefused("sets the state", saved().raw("}}b."));
        assertRefused("malformed", saved().raw("}("));
        assertRefused("malformed", saved().raw("u."));
        assertRefused("malformed", saved().raw("X\u00ff\u00ff\u00ff\u007f."));
        assertRefused("holds no state dict", saved().raw("]."));
    }

    @Test
    void aDictThatHoldsItselfEnds() throws IOException {
        assertRefused("holds no state dict", saved().raw("}q\u0000").text("model").raw("h\u0000s."));
    }

    @Test
    void aValueIsRememberedOnce() throws IOException {
        assertRefused("remembers more values than it holds", new SavedZip().raw("}" + "\u0094".repeat(1 << 20) + "."));
    }

    /** A thousand bytes of memory for five of the file, if nobody counted. */
    @Test
    void sizesThatAreRepeatedAreCounted() throws IOException {
        SavedZip zip = saved().raw("ctorch._utils\n_rebuild_tensor_v2\nq\u0000").raw("(").raw("(").text("storage").raw("ctorch\nFloatStorage\n")
                .text("0").text("cpu").number(1).raw("tQ").number(0).raw("(" + "K\u0001".repeat(64) + "tq\u0001h\u0001tq\u0002");
        assertRefused("holds more values than any state dict", zip.raw("h\u0000h\u0002R".repeat(100_000)).raw("."));
    }

    @Test
    void whatIsCutOffIsRefusedWherever() throws IOException {
        Path path = dict("0", 2, 0, new int[] {2}, new int[] {1}).write(folder.resolve("cut.pth"));
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            String message = assertThrows(CheckpointException.class, () -> Checkpoint.open(path)).getMessage();
            assertTrue(message.startsWith(path.toString()) && message.lines().count() == 1, message);
        }
    }

    @Test
    void tensorsBeyondTheirStorageAreRefused() throws IOException {
        int[] one = {1};
        assertRefused("claims 1000000000 elements and has 2", dict("0", 1000000000, 0, new int[] {2}, one));
        assertRefused("reaches beyond", dict("0", 2, 1, new int[] {2}, one));
        assertRefused("reaches beyond", dict("0", 2, 0, new int[] {2}, new int[] {2}));
        assertRefused("reaches beyond", dict("0", 2, 0, new int[] {1 << 30}, new int[] {0}));
        int most = Integer.MAX_VALUE;
        assertRefused("more elements than any file", dict("0", 2, 0, new int[] {most, most, most}, new int[] {most, most, most}));
        assertRefused("in a way PyTorch doesn't", dict("0", 2, 0, new int[] {-2}, one));
        assertRefused("in a way PyTorch doesn't", dict("0", 2, 0, new int[] {2}, new int[] {1, 1}));
        assertRefused("data/7, which the file lacks", dict("7", 2, 0, new int[] {2}, one));
    }

    @Test
    void bigEndianAndCompressedFilesAreRefused() throws IOException {
        assertRefused("byte order 'big'", dict("0", 2, 0, new int[] {2}, new int[] {1})
                .entry("byteorder", "big".getBytes(StandardCharsets.US_ASCII)));
        assertRefused("is compressed", dict("0", 2, 0, new int[] {2}, new int[] {1}).compressed());
    }

    private static SavedZip saved() {
        return new SavedZip().raw("\u0080\u0002");
    }

    private static SavedZip dict(String key, int claimed, int offset, int[] shape, int[] strides) {
        return saved().raw("}(").tensor("a", key, claimed, offset, shape, strides).raw("u.").floats("0", 1, 2);
    }

    private void assertRefused(String reason, SavedZip zip) throws IOException {
        Path path = zip.write(folder.resolve("refused.pth"));
        String message = assertThrows(CheckpointException.class, () -> Checkpoint.open(path)).getMessage();
        assertTrue(message.startsWith(path.toString()) && message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }
}
