package io.personalive.torch.weights;

import io.personalive.torch.Tensors;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The zip that PyTorch saves since version 1.6: {@code data.pkl} describes the tensors, {@code data/…} hold them. */
final class StateDict {
    private static final String PICKLE = "data.pkl";
    private static final int LONGEST_BYTEORDER = 16;

    private final CheckpointFile file;
    private final ZipDirectory directory;
    private final String folder;
    private final Map<String, ZipDirectory.Place> storages = new HashMap<>();

    private StateDict(CheckpointFile file, ZipDirectory directory) {
        this.file = file;
        this.directory = directory;
        this.folder = folder();
    }

    static Checkpoint.Contents read(CheckpointFile file) {
        StateDict dict = new StateDict(file, ZipDirectory.read(file));
        dict.checkByteOrder();
        return new Checkpoint.Contents(dict.tensors(), Map.of());
    }

    private String folder() {
        for (String name : directory.names()) {
            if (name.equals(PICKLE) || name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/')) {
                return name.substring(0, name.length() - PICKLE.length());
            }
        }
        throw file.refuse("is a zip without " + PICKLE + ", not one saved by PyTorch. Check that this is the file you mean");
    }

    private void checkByteOrder() {
        ZipDirectory.Place place = directory.find(folder + "byteorder");
        if (place == null) {
            return;
        }
        int length = (int) Math.min(place.length(), LONGEST_BYTEORDER);
        String order = new String(file.read(place.position(), length).array(), StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw file.refuse("its numbers are stored in byte order '" + order
                    + "', only little is read. Save it again on a little-endian machine");
        }
    }

    private Map<String, TensorEntry> tensors() {
        ZipDirectory.Place place = directory.find(folder + PICKLE);
        if (place.length() > Pickle.LARGEST) {
            throw file.refuse("its " + PICKLE + " of " + place.length() + " bytes is larger than any state dict's. "
                    + TorchObjects.SAVE_TENSORS_ONLY);
        }
        Map<?, ?> dict = new SavedByTraining(file).stateDict(Pickle.read(file.read(place.position(), (int) place.length()), file));
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        dict.forEach((name, value) -> {
            if (name instanceof String && value instanceof TorchObjects.StoredTensor) {
                tensors.put((String) name, entry((String) name, (TorchObjects.StoredTensor) value));
            }
        });
        return tensors;
    }

    private TensorEntry entry(String name, TorchObjects.StoredTensor tensor) {
        TorchObjects.Storage storage = tensor.storage();
        ZipDirectory.Place place = storages.computeIfAbsent(storage.key(), key -> directory.find(folder + "data/" + key));
        if (place == null) {
            throw refuse(name, "lies in data/" + storage.key() + ", which the file lacks");
        }
        int bytes = storage.type().bytes();
        if (storage.elements() > place.length() / bytes) {
            throw refuse(name, "lies in data/" + storage.key() + ", which claims " + storage.elements()
                    + " elements and has " + place.length() / bytes);
        }
        long reach;
        try {
            reach = Math.addExact(tensor.offset(), TensorEntry.reach(tensor.shape(), tensor.strides()));
        } catch (ArithmeticException overflow) {
            throw refuse(name, "has a shape with more elements than any file can hold");
        }
        // repeated elements (a stride of 0) could claim any size: a tensor is never larger than what it lies in
        if (reach > storage.elements() || TensorEntry.elements(tensor.shape()) > storage.elements()) {
            throw refuse(name, Tensors.describe(tensor.shape()) + " reaches beyond the " + storage.elements()
                    + " elements of data/" + storage.key());
        }
        return new TensorEntry(storage.type(), tensor.shape(), tensor.strides(),
                place.position() + tensor.offset() * bytes);
    }

    private CheckpointException refuse(String name, String problem) {
        return file.refuse("tensor " + name + " " + problem + ". " + CheckpointFile.DOWNLOAD_AGAIN);
    }
}
