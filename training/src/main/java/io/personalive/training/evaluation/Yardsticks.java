package io.personalive.training.evaluation;

import io.personalive.training.data.FaceMeasure;
import io.personalive.training.identity.FaceRecognition;
import io.personalive.training.losses.Lpips;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that pictures are measured by. Used by one thread.
 *
 * @param faces    reads expression and pose, and finds faces where there are no labels
 * @param lpips    where the user has its weights
 * @param identity where the user has such a network
 */
public record Yardsticks(FaceMeasure faces, Optional<Lpips> lpips, Optional<FaceRecognition> identity) implements AutoCloseable {
    /** @return what isn't measured, by the metric's name in reports, and what it would take */
    public Map<String, String> missing() {
        Map<String, String> missing = new LinkedHashMap<>();
        if (lpips.isEmpty()) {
            String files = "--lpips names the weights of AlexNet or VGG-16 and of LPIPS's linear layers";
            missing.put(Metric.LPIPS.key(), "not measured: " + files);
            missing.put(Metric.TLP.key(), "not measured: " + files);
        }
        if (identity.isEmpty()) {
            missing.put(Metric.ID_SIM.key(), "not measured: --identity names a face-recognition network");
        }
        missing.put("fvd", "not measured: it needs the weights of I3D, which aren't read");
        return missing;
    }

    /** @return who is in a picture, by what was taken for the face; empty where there is no such network */
    Optional<float[]> identity(BufferedImage picture, Motion seen) {
        return identity.map(network -> network.embed(picture, seen.face()));
    }

    @Override
    public void close() {
        faces.close();
        lpips.ifPresent(Lpips::close);
        identity.ifPresent(FaceRecognition::close);
    }
}
