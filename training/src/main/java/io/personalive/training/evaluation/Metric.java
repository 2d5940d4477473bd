package io.personalive.training.evaluation;

/** What is measured, a number a frame. */
public enum Metric {
    /** Mean absolute difference of pixels in [0, 1]. */
    L1("l1", "L1", 4),
    /** Decibels. */
    PSNR("psnr", "PSNR", 2),
    /** Structural similarity, 1 for equal pictures. */
    SSIM("ssim", "SSIM", 3),
    /** Mean absolute difference of the numbers that describe the expression. */
    EXPRESSION("expression", "expression", 4),
    /** Mean absolute difference of pitch, yaw and roll, degrees. */
    POSE_DEGREES("pose_degrees", "pose (degrees)", 2),
    /** How differently the picture and the truth change from the frame before, in L1. */
    TEMPORAL("temporal", "temporal", 4),
    /** How different a picture looks, by a classifier's features; see {@link io.personalive.training.losses.Lpips}. */
    LPIPS("lpips", "LPIPS", 4),
    /** How differently the picture and the truth change from the frame before, in LPIPS. */
    TLP("tlp", "tLP", 4),
    /** Cosine of a face-recognition network's embeddings of the picture and of the portrait. */
    ID_SIM("id_sim", "ID-SIM", 3);

    private final String key;
    private final String title;
    private final int digits;

    Metric(String key, String title, int digits) {
        this.key = key;
        this.title = title;
        this.digits = digits;
    }

    /** Whether it is measured in the boxes of mouth and eyes as well as in the whole picture. */
    boolean inParts() {
        return this != LPIPS && this != TLP && this != ID_SIM;
    }

    /** Its name in a report. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Digits behind the point that mean something. */
    public int digits() {
        return digits;
    }
}
