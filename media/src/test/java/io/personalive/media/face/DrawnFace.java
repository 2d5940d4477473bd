package io.personalive.media.face;

import io.personalive.media.image.Bgr;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;

/** Faces that are nobody's, drawn so that the detector takes them for faces. */
final class DrawnFace {
    private DrawnFace() {
    }

    /** An empty wall. */
    static BufferedImage wall(int width, int height) {
        BufferedImage wall = Bgr.blank(width, height);
        java.util.Arrays.fill(Bgr.bytes(wall), (byte) 150);
        return wall;
    }

    /** @param x middle of the face, pixels; y likewise. @param size from the brows to the chin, about, pixels */
    static void draw(BufferedImage picture, double x, double y, double size) {
        Graphics2D paint = picture.createGraphics();
        paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        paint.translate(x, y);
        paint.scale(size, size);
        fill(paint, new Color(60, 45, 40), 0, -0.1, 0.98, 1.5); // hair
        fill(paint, new Color(190, 150, 130), 0, 0.55, 0.4, 0.6); // neck
        fill(paint, new Color(224, 184, 160), 0, 0.05, 0.82, 1.16);
        for (int side = -1; side <= 1; side += 2) {
            fill(paint, new Color(186, 146, 126), side * 0.19, -0.13, 0.28, 0.16); // sockets
            fill(paint, new Color(50, 36, 32), side * 0.19, -0.23, 0.26, 0.05); // brows
            fill(paint, Color.WHITE, side * 0.19, -0.12, 0.2, 0.09);
            fill(paint, new Color(30, 24, 22), side * 0.19, -0.12, 0.1, 0.1);
        }
        fill(paint, new Color(240, 206, 184), 0, 0.03, 0.09, 0.3); // the nose
        fill(paint, new Color(160, 115, 98), 0, 0.17, 0.18, 0.05);
        fill(paint, new Color(165, 80, 78), 0, 0.34, 0.32, 0.1); // the mouth
        paint.setStroke(new BasicStroke(0.02f));
        paint.setColor(new Color(100, 40, 40));
        paint.draw(new Arc2D.Double(-0.16, 0.27, 0.32, 0.12, 190, 160, Arc2D.OPEN));
        paint.dispose();
    }

    private static void fill(Graphics2D paint, Color colour, double x, double y, double width, double height) {
        paint.setColor(colour);
        paint.fill(new Ellipse2D.Double(x - width / 2, y - height / 2, width, height));
    }
}
