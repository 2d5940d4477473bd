package io.personalive.cli.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** Something like a face, a little different each time: pictures to measure with. */
final class DrawnFace {
    private DrawnFace() {}

    /** @return {@code count} pictures in a row, the first of number {@code turn} */
    static List<BufferedImage> several(int size, int turn, int count) {
        return IntStream.range(turn, turn + count).mapToObj(each -> of(size, each)).toList();
    }

    /** @param size side in pixels */
    static BufferedImage of(int size, int turn) {
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = picture.createGraphics();
        pen.scale(size / 100.0, size / 100.0);
        pen.setColor(new Color(70, 90, 110));
        pen.fillRect(0, 0, 100, 100);
        pen.setColor(new Color(224, 180, 150));
        pen.fillOval(25 + turn % 3, 15, 50, 65);
        pen.setColor(Color.DARK_GRAY);
        pen.fillOval(37 + turn % 3, 38, 7, 4);
        pen.fillOval(57 + turn % 3, 38, 7, 4);
        pen.setColor(new Color(150, 60, 60));
        pen.fillOval(42 + turn % 3, 60, 17, 3 + turn % 5);
        pen.dispose();
        return picture;
    }
}
