package io.personalive.server.webrtc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A peer's question whether it is heard: a STUN binding request (RFC 8489). Every one has a PRIORITY (RFC 8445, 7.1.1), but
 * some clients' lack it, FFmpeg's among them, and the library then doesn't answer; here it is added.
 */
final class BindingRequest {
    private static final int REQUEST = 0x0001, COOKIE = 0x2112A442, HEADER_BYTES = 20;
    private static final int PRIORITY = 0x0024, INTEGRITY = 0x0008, FINGERPRINT = 0x8028;
    private static final int INTEGRITY_BYTES = 4 + 20, FINGERPRINT_BYTES = 4 + 4, PRIORITY_BYTES = 4 + 4;
    private static final int FINGERPRINT_MASK = 0x5354554E;
    /** Of a peer reflexive address on its only network: 110, 65535, component 1. */
    private static final int USUAL_PRIORITY = 110 << 24 | 65_535 << 8 | 255;

    private BindingRequest() {}

    /**
     * @param packet   any datagram
     * @param password of the side that is asked, which signs the request
     * @return a request that lacks its priority with it, signed anew; anything else as it is
     */
    static byte[] complete(byte[] packet, String password) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        if (packet.length < HEADER_BYTES || bytes.getShort(0) != REQUEST || bytes.getInt(4) != COOKIE
                || HEADER_BYTES + (bytes.getShort(2) & 0xFFFF) != packet.length) {
            return packet;
        }
        int at = HEADER_BYTES;
        while (at + 4 <= packet.length) {
            int type = bytes.getShort(at) & 0xFFFF;
            if (type == PRIORITY) {
                return packet;
            } else if (type == INTEGRITY) {
                return signed(packet, at, password);
            }
            at += 4 + ((bytes.getShort(at + 2) & 0xFFFF) + 3) / 4 * 4;
        }
        return packet;
    }

    /** @param end where the attributes that are kept end */
    private static byte[] signed(byte[] packet, int end, String password) {
        int size = end + PRIORITY_BYTES + INTEGRITY_BYTES + FINGERPRINT_BYTES;
        ByteBuffer complete = ByteBuffer.allocate(size).put(packet, 0, end)
                .putShort((short) PRIORITY).putShort((short) 4).putInt(USUAL_PRIORITY);
        // the length that is signed reaches to the end of the signature itself, and then of the fingerprint
        complete.putShort(2, (short) (size - FINGERPRINT_BYTES - HEADER_BYTES));
        byte[] signature = signature(Arrays.copyOf(complete.array(), complete.position()), password);
        complete.putShort((short) INTEGRITY).putShort((short) signature.length).put(signature);
        complete.putShort(2, (short) (size - HEADER_BYTES));
        CRC32 check = new CRC32();
        check.update(complete.array(), 0, complete.position());
        return complete.putShort((short) FINGERPRINT).putShort((short) 4).putInt((int) check.getValue() ^ FINGERPRINT_MASK).array();
    }

    private static byte[] signature(byte[] bytes, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA1", impossible);
        }
    }
}
