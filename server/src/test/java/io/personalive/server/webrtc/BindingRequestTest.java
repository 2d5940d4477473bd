package io.personalive.server.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BindingRequestTest {
    /** RFC 5769, 2.1: a request with PRIORITY, signed with this password. */
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final byte[] REQUEST = HexFormat.of().parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74" + "002400046e0001ff" + "80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020" + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" + "80280004e57a3bcf");

    @Test
    void aRequestWithItsPriorityStaysAsItIs() {
        assertSame(REQUEST, BindingRequest.complete(REQUEST, PASSWORD));
    }

    @Test
    void aRequestWithoutGetsOneAndIsSignedAnew() {
        byte[] without = without(REQUEST, 40, 48);
        byte[] complete = BindingRequest.complete(without, PASSWORD);
        assertArrayEquals(complete, BindingRequest.complete(without(complete, 68, 76), PASSWORD));
        assertArrayEquals(HexFormat.of().parseHex("002400046effffff"), Arrays.copyOfRange(complete, 68, 76));
    }

    @Test
    void anythingElseIsHandedOn() {
        byte[] media = {(byte) 0x80, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        assertSame(media, BindingRequest.complete(media, PASSWORD));
        byte[] text = "000100582112a442 not a request at all".getBytes(StandardCharsets.US_ASCII);
        assertSame(text, BindingRequest.complete(text, PASSWORD));
        byte[] cut = Arrays.copyOf(REQUEST, 60);
        assertSame(cut, BindingRequest.complete(cut, PASSWORD));
    }

    /** A request without some of its bytes; its signature is then wrong. */
    private static byte[] without(byte[] request, int from, int to) {
        byte[] left = new byte[request.length - (to - from)];
        System.arraycopy(request, 0, left, 0, from);
        System.arraycopy(request, to, left, from, request.length - to);
        left[3] = (byte) (left.length - 20);
        return left;
    }
}
