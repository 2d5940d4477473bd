package io.personalive.training.run;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Rows of pictures as one picture. */
final class SampleSheet {
    private SampleSheet() {}

    /** @param rows of pictures of one size, at least one */
    static BufferedImage of(List<List<BufferedImage>> rows) {
        BufferedImage first = rows.get(0).get(0);
        int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
        BufferedImage sheet = new BufferedImage(columns * first.getWidth(), rows.size() * first.getHeight(),
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = sheet.createGraphics();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                graphics.drawImage(rows.get(row).get(column), column * first.getWidth(), row * first.getHeight(), null);
            }
        }
        graphics.dispose();
        return sheet;
    }
}
