package io.personalive.training.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path folder;

    @Test
    void aScalarIsAFramedEvent() throws IOException {
        try (EventFile events = EventFile.begin(folder)) {
            events.scalar("loss", 300, 0.5);
        }
        List<byte[]> records = records();

        assertEquals(2, records.size());
        // wall time is 9 bytes; then step 300, and a summary of one value: tag "loss", number 0.5
        byte[] event = records.get(1);
        assertArrayEquals(HexFormat.of().parseHex("10ac02" + "2a0d" + "0a0b" + "0a046c6f7373" + "150000003f"),
                Arrays.copyOfRange(event, 9, event.length));
    }

    @Test
    void checksumsAreMaskedCastagnoli() {
        // 0xe3069283 is CRC-32C of the nine digits; rotated by 15 bits, 0xa282ead8 added
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertEquals(Integer.rotateRight(0xe3069283, 15) + 0xa282ead8, EventFile.maskedChecksum(digits, 9));
    }

    private List<byte[]> records() throws IOException {
        List<byte[]> records = new ArrayList<>();
        try (var files = Files.list(folder)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(files.findFirst().orElseThrow()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                byte[] length = new byte[8];
                bytes.get(bytes.position(), length);
                byte[] record = new byte[Math.toIntExact(bytes.getLong())];
                assertEquals(EventFile.maskedChecksum(length, 8), bytes.getInt());
                bytes.get(record);
                assertEquals(EventFile.maskedChecksum(record, record.length), bytes.getInt());
                records.add(record);
            }
        }
        return records;
    }
}
