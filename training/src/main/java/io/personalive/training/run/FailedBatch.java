package io.personalive.training.run;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.SafetensorsWriter;
import io.personalive.training.data.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Keeps a batch that a run failed on, so that somebody can look at it. */
final class FailedBatch {
    private FailedBatch() {}

    /** Writes pictures and labels as a .safetensors file. */
    static void write(Path file, Batch batch) throws IOException {
        long samples = batch.samples(), frames = batch.frames(), side = batch.side();
        long count = samples * frames;
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("pictures", Tensors.of(batch.pictures(), samples, frames, 3, side, side));
            tensors.put("landmarks", Tensors.of(batch.landmarks(), samples, frames, batch.landmarks().length / count / 2, 2));
            tensors.put("pose", Tensors.of(batch.pose(), samples, frames, batch.pose().length / count));
            tensors.put("expression", Tensors.of(batch.expression(), samples, frames, batch.expression().length / count));
            tensors.put("valid", Tensors.of(batch.valid(), samples, frames));
            tensors.put("stills", Tensors.of(batch.stills(), samples));
            SafetensorsWriter.write(file, tensors, Map.of("position", Long.toString(batch.position())));
        }
    }
}
