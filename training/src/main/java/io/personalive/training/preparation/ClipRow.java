package io.personalive.training.preparation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.personalive.media.video.FrameRate;
import io.personalive.training.data.FaceLabels;
import java.awt.Rectangle;
import java.util.List;

/**
 * A clip that was made, as the index has it.
 *
 * @param id     its name
 * @param source the video that it is a piece of
 * @param first  its first frame in that video, at the clip's rate
 * @param rate   frames per second
 * @param side   of its frames, pixels
 * @param window what was cut out of the video's frames, pixels
 * @param faces  one a frame, in pixels of the clip
 */
record ClipRow(String id, SourceVideo source, int first, FrameRate rate, int side, Rectangle window, List<FaceLabels> faces) {
    /** The iris centres, the tip of the nose, the mouth's corners; right and left are the person's own. */
    private static final int[] KEYPOINTS = {0, 5, 106, 62, 72};

    /** One line of the index. Numbers a frame: box x, y, width, height; keypoints x, y of five; pitch, yaw, roll in degrees. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id).put("file", "clips/" + id + ".mp4").put("source", source.name()).put("person", source.person())
                .put("split", source.split()).put("first_frame", first).put("frames", faces.size()).put("frame_rate", rate.toString())
                .put("side", side);
        ArrayNode cut = json.putArray("window");
        cut.add(window.x).add(window.y).add(window.width);
        ArrayNode valid = json.putArray("valid"), boxes = json.putArray("face_boxes"), keypoints = json.putArray("keypoints"),
                pose = json.putArray("pose");
        for (FaceLabels face : faces) {
            valid.add(face.valid() ? 1 : 0);
            addBox(boxes.addArray(), face.landmarks());
            ArrayNode points = keypoints.addArray();
            for (int point : KEYPOINTS) {
                points.add(tenth(face.landmarks()[2 * point])).add(tenth(face.landmarks()[2 * point + 1]));
            }
            pose.addArray().add(tenth(face.pose()[0])).add(tenth(face.pose()[1])).add(tenth(face.pose()[2]));
        }
        return json;
    }

    private static void addBox(ArrayNode box, float[] landmarks) {
        float left = Float.POSITIVE_INFINITY, top = left, right = Float.NEGATIVE_INFINITY, bottom = right;
        for (int i = 0; i < landmarks.length; i += 2) {
            left = Math.min(left, landmarks[i]);
            right = Math.max(right, landmarks[i]);
            top = Math.min(top, landmarks[i + 1]);
            bottom = Math.max(bottom, landmarks[i + 1]);
        }
        box.add(tenth(left)).add(tenth(top)).add(tenth(right - left)).add(tenth(bottom - top));
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
