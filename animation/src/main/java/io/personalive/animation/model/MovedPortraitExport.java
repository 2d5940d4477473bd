package io.personalive.animation.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.SafetensorsWriter;
import io.personalive.torch.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Writes a model that moves portraits as a folder that {@link ModelSource#parse} reads, with another network in it. */
public final class MovedPortraitExport {
    private static final ObjectMapper JSON = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT).build();

    private MovedPortraitExport() {}

    /**
     * The folder appears when it is complete.
     *
     * @param folder  replaced where it is there
     * @param model   whose other networks are written as they are
     * @param field   of the description, {@code painter} or {@code layers}, that tells the other network's sizes
     * @param sizes   of the other network
     * @param file    that holds it
     * @param tensors of it by name, in the number format that they are to have
     */
    public static void write(Path folder, MovedPortraitSource model, String field, Record sizes, String file,
            Map<String, Tensor> tensors) throws IOException {
        ModelExport.replace(folder, partial -> {
            Files.createDirectories(partial);
            Files.write(partial.resolve(ModelFile.NAME), JSON.writeValueAsBytes(description(model, field, sizes)));
            for (String other : model.files()) {
                if (!other.equals(file)) {
                    copy(model, other, partial);
                }
            }
            SafetensorsWriter.write(partial.resolve(file), tensors);
        });
    }

    private static ObjectNode description(MovedPortraitSource model, String field, Record sizes) {
        ObjectNode json = JSON.createObjectNode().put("kind", MovedPortraitSource.KIND).put("frame_size", model.frameSize());
        ObjectNode landmarks = JSON.valueToTree(model.landmarks());
        landmarks.remove("points"); // as many as the mean face has, whatever the model
        json.set("landmarks", landmarks);
        model.painter().ifPresent(painter -> json.set("painter", JSON.valueToTree(painter)));
        model.layers().ifPresent(layers -> json.set("layers", JSON.valueToTree(layers)));
        json.set(field, JSON.valueToTree(sizes));
        return json;
    }

    private static void copy(MovedPortraitSource model, String file, Path folder) throws IOException {
        try (Scope scope = new Scope(); TensorSource source = model.file(file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            source.names().forEach(name ->
                    tensors.put(name, source.read(name, source.shape(name, null), Device.CPU, source.type(name))));
            SafetensorsWriter.write(folder.resolve(file), tensors);
        }
    }
}
