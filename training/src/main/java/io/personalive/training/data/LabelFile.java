package io.personalive.training.data;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Labels of clips on their way to a file, as {@link LabelRows} reads them. */
public final class LabelFile implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * @param prefix of the tensors' names, such as {@code 0001/}
     * @param faces  one a frame, in pixels of the clip
     */
    public void add(String prefix, List<FaceLabels> faces) {
        int count = faces.size();
        float[] landmarks = new float[count * 2 * FaceLabels.POINTS], pose = new float[count * FaceLabels.POSE];
        float[] expression = new float[count * FaceLabels.EXPRESSION];
        byte[] valid = new byte[count];
        for (int i = 0; i < count; i++) {
            FaceLabels face = faces.get(i);
            System.arraycopy(face.landmarks(), 0, landmarks, i * face.landmarks().length, face.landmarks().length);
            System.arraycopy(face.pose(), 0, pose, i * FaceLabels.POSE, FaceLabels.POSE);
            System.arraycopy(face.expression(), 0, expression, i * FaceLabels.EXPRESSION, FaceLabels.EXPRESSION);
            valid[i] = (byte) (face.valid() ? 1 : 0);
        }
        try (Scope scope = new Scope()) {
            Tensor points = Tensors.of(landmarks, count, FaceLabels.POINTS, 2).div(new Scalar(LabelRows.LANDMARK_UNIT)).round();
            put(prefix + "landmarks", points.to(ScalarType.Short));
            put(prefix + "pose", Tensors.of(pose, count, FaceLabels.POSE));
            put(prefix + "expression", Tensors.of(expression, count, FaceLabels.EXPRESSION).to(ScalarType.Half));
            put(prefix + "valid", Tensors.of(valid, count));
        }
    }

    private void put(String name, Tensor tensor) {
        tensors.put(name, Scope.own(tensor));
    }

    /** Writes all of them. */
    public void write(Path file) throws IOException {
        SafetensorsWriter.write(file, tensors);
    }

    @Override
    public void close() {
        tensors.values().forEach(Scope::release);
    }
}
