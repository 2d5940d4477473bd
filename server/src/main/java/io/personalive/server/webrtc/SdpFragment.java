package io.personalive.server.webrtc;

import dev.onvoid.webrtc.RTCIceCandidate;
import java.util.ArrayList;
import java.util.List;

/**
 * Further addresses of a peer, as a PATCH carries them (RFC 8840).
 *
 * @param usernameFragment of the peer's ICE, null if it isn't said
 */
record SdpFragment(String usernameFragment, List<RTCIceCandidate> candidates) {
    private static final int MOST_CANDIDATES = 100;

    /** @throws IllegalArgumentException if it isn't one */
    static SdpFragment parse(String text) {
        String mid = null;
        List<RTCIceCandidate> candidates = new ArrayList<>();
        for (String line : text.split("\r?\n")) {
            if (line.startsWith("a=mid:")) {
                mid = value(line);
            } else if (line.startsWith("a=candidate:")) {
                if (mid == null) {
                    throw new IllegalArgumentException("a candidate stands before the a=mid line that says what it is for");
                }
                candidates.add(new RTCIceCandidate(mid, -1, line.substring(2)));
            } else if (!line.isBlank() && !line.matches("[a-z]=.*")) {
                throw new IllegalArgumentException("'" + line.substring(0, Math.min(40, line.length())) + "' is no line of an SDP fragment");
            }
        }
        if (candidates.size() > MOST_CANDIDATES) {
            throw new IllegalArgumentException(candidates.size() + " candidates: send " + MOST_CANDIDATES + " at most");
        }
        return new SdpFragment(usernameFragment(text), candidates);
    }

    /** @return that of the first medium of an offer, an answer or a fragment of one; null if there is none */
    static String usernameFragment(String sdp) {
        return sdp.lines().filter(line -> line.startsWith("a=ice-ufrag:")).map(SdpFragment::value).findFirst().orElse(null);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).trim();
    }
}
