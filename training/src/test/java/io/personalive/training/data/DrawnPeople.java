package io.personalive.training.data;

import io.personalive.media.image.Bgr;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Packed data for tests: heads of one colour each that turn and move, with the labels of that pose. */
public final class DrawnPeople {
    private static final int SIDE = 64, FRAMES = 24;
    private static final Color[] SKIN = {new Color(220, 180, 150), new Color(120, 80, 60), new Color(180, 150, 90)};

    private DrawnPeople() {}

    /** How large heads are drawn, and before what. */
    private enum Scene {
        CLOSE(14) {
            @Override
            void draw(Graphics2D pen, int x, int y) {
                pen.setColor(new Color(60, 90, 110));
                pen.fillRect(0, 0, SIDE, SIDE);
            }
        },
        FAR(4) {
            @Override
            void draw(Graphics2D pen, int x, int y) {
                for (int i = 0; i * STRIPE < SIDE; i++) {
                    pen.setColor(i % 2 == 0 ? new Color(30, 60, 90) : new Color(200, 210, 220));
                    pen.fillRect(i * STRIPE, 0, STRIPE, SIDE);
                }
            }
        };

        private static final int STRIPE = 4;
        /** Pixels of a head unit. */
        private final int unit;

        Scene(int unit) {
            this.unit = unit;
        }

        /** Draws what is behind a head whose middle is at (x, y). */
        abstract void draw(Graphics2D pen, int x, int y);
    }

    /** @return the folder: two clips in train, one in val */
    public static Path pack(Path folder) throws IOException {
        return pack(folder, Scene.CLOSE);
    }

    /** The same people, smaller, before stripes that stand still. */
    public static Path packBeforeStripes(Path folder) throws IOException {
        return pack(folder, Scene.FAR);
    }

    private static Path pack(Path folder, Scene scene) throws IOException {
        Files.createDirectories(folder);
        try (Scope scope = new Scope(); PackedDatasetWriter packed = new PackedDatasetWriter(folder, SIDE)) {
            float[] face = Tensors.floats(MeanFace.points());
            for (int person = 0; person < SKIN.length; person++) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    double turn = Math.sin(frame * 0.5 + person), nod = Math.cos(frame * 0.4);
                    float[] pose = {(float) (8 * nod), (float) (20 * turn), (float) (5 * turn), 32 + 4 * (float) turn,
                        30 + 3 * (float) nod, scene.unit};
                    packed.add(picture(scene, SKIN[person], pose, frame), labels(face, pose, frame));
                }
                packed.addShots(List.of(new Shot("clip" + person, "person" + person, person < 2 ? "train" : "val",
                        person * FRAMES, FRAMES)));
            }
            packed.finish("drawn people");
        }
        return folder;
    }

    private static BufferedImage picture(Scene scene, Color skin, float[] pose, int frame) {
        BufferedImage picture = Bgr.blank(SIDE, SIDE);
        Graphics2D pen = picture.createGraphics();
        int x = Math.round(pose[3]), y = Math.round(pose[4]), aside = Math.round(pose[1] / 5);
        scene.draw(pen, x, y);
        pen.translate(x, y);
        pen.scale(scene.unit / 14.0, scene.unit / 14.0);
        pen.setColor(skin);
        pen.fillOval(-16, -20, 32, 42);
        pen.setColor(Color.BLACK);
        pen.fillOval(-9 + aside, -6, 5, 4);
        pen.fillOval(4 + aside, -6, 5, 4);
        pen.fillOval(-5 + aside, 8, 10, 2 + frame % 5);
        pen.dispose();
        return picture;
    }

    private static FaceLabels labels(float[] face, float[] pose, int frame) {
        double pitch = Math.toRadians(pose[0]), yaw = Math.toRadians(-pose[1]), roll = Math.toRadians(pose[2]);
        float[] landmarks = new float[2 * FaceLabels.POINTS];
        for (int i = 0; i < FaceLabels.POINTS; i++) {
            double x = face[3 * i], y = face[3 * i + 1], z = face[3 * i + 2];
            double y1 = y * Math.cos(pitch) - z * Math.sin(pitch), z1 = y * Math.sin(pitch) + z * Math.cos(pitch);
            double x2 = x * Math.cos(yaw) + z1 * Math.sin(yaw);
            landmarks[2 * i] = (float) (pose[3] + pose[5] * (x2 * Math.cos(roll) - y1 * Math.sin(roll)));
            landmarks[2 * i + 1] = (float) (pose[4] + pose[5] * (x2 * Math.sin(roll) + y1 * Math.cos(roll)));
        }
        float[] expression = new float[FaceLabels.EXPRESSION];
        expression[6] = frame % 5 / 10f;
        return new FaceLabels(landmarks, pose, expression, true);
    }
}
