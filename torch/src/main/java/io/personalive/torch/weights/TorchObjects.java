package io.personalive.torch.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** The few objects of PyTorch that state dicts are made of, as plain records. */
final class TorchObjects {
    static final String SAVE_TENSORS_ONLY = "Use a file you trust, or save its tensors alone:"
            + " torch.save(model.state_dict(), 'weights.pth')";
    private static final int MOST_DIMENSIONS = 64;

    /** The functions a state dict may name. */
    private enum Rebuild { ORDERED_DICT, TENSOR, PARAMETER, LEFT_OUT }

    /** A named block of elements in the zip; {@code elements} is what the file claims. */
    record Storage(ElementType type, String key, long elements) {}

    /** A view of a storage; offset and strides count elements. */
    record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {}

    private static final class OrderedDict extends LinkedHashMap<Object, Object> {}

    private TorchObjects() {}

    /** What a name in a pickle stands for; never looked up in anything but this list. */
    static Object global(CheckpointFile file, String module, String name) {
        switch (module + "." + name) {
            case "collections.OrderedDict":
                return Rebuild.ORDERED_DICT;
            case "torch._utils._rebuild_tensor_v2":
                return Rebuild.TENSOR;
            case "torch._utils._rebuild_parameter":
                return Rebuild.PARAMETER;
            case "torch.device", "torch.Size": // training programs keep their settings beside the weights
                return Rebuild.LEFT_OUT;
            case "torch.float32", "torch.float16", "torch.bfloat16":
                return Pickle.NONE;
            default:
                ElementType type = module.equals("torch") ? ElementType.ofStorage(name) : null;
                if (type == null) {
                    throw file.refuse("its data.pkl names " + module + "." + name + ", which a state dict never needs;"
                            + " nothing was run. " + SAVE_TENSORS_ONLY);
                }
                return type;
        }
    }

    /** The persistent id ('storage', type, key, device, element count). */
    static Storage storage(CheckpointFile file, Object[] id) {
        if (id.length != 5 || !"storage".equals(id[0]) || (long) id[4] < 0) {
            throw damaged(file, "a storage");
        }
        return new Storage((ElementType) id[1], (String) id[2], (long) id[4]);
    }

    static Object rebuild(CheckpointFile file, Object function, Object[] arguments) {
        if (function == Rebuild.ORDERED_DICT && arguments.length == 0) {
            return new OrderedDict();
        }
        if (function == Rebuild.LEFT_OUT) {
            return Pickle.NONE;
        }
        if (function == Rebuild.PARAMETER && arguments.length >= 1) {
            return (StoredTensor) arguments[0];
        }
        if (function == Rebuild.TENSOR && arguments.length >= 4) {
            long[] shape = numbers(file, arguments[2]);
            long[] strides = numbers(file, arguments[3]);
            if (shape.length != strides.length || (long) arguments[1] < 0) {
                throw damaged(file, "a tensor");
            }
            return new StoredTensor((Storage) arguments[0], (long) arguments[1], shape, strides);
        }
        throw damaged(file, "an object");
    }

    /** A module's ordered dict carries its {@code _metadata}, dicts of version numbers: checked and left. */
    static void checkState(CheckpointFile file, Object target, Object state) {
        boolean plain = target instanceof OrderedDict && state instanceof Map
                && ((Map<?, ?>) state).values().stream().allMatch(value -> value instanceof Map);
        if (!plain) {
            throw file.refuse("its data.pkl sets the state of something other than a state dict; nothing was run. "
                    + SAVE_TENSORS_ONLY);
        }
    }

    private static long[] numbers(CheckpointFile file, Object tuple) {
        Object[] items = (Object[]) tuple;
        if (items.length > MOST_DIMENSIONS) {
            throw damaged(file, "a tensor");
        }
        long[] numbers = new long[items.length];
        for (int i = 0; i < items.length; i++) {
            numbers[i] = (long) items[i];
            if (numbers[i] < 0) {
                throw damaged(file, "a tensor");
            }
        }
        return numbers;
    }

    private static CheckpointException damaged(CheckpointFile file, String what) {
        return file.refuse("its data.pkl describes " + what + " in a way PyTorch doesn't. " + CheckpointFile.DOWNLOAD_AGAIN);
    }
}
