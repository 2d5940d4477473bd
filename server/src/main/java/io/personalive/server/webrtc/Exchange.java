package io.personalive.server.webrtc;

import io.personalive.server.session.Secret;
import io.personalive.server.session.Session;

/**
 * What an offer and its answer agreed on: the resource that WHIP and WHEP name by a Location.
 *
 * @param id         can't be guessed
 * @param etag       of the agreement on addresses
 * @param session    whose frames it carries
 * @param connection to the peer
 * @param peerFragment username fragment of the peer's ICE, as offered
 */
record Exchange(String id, String etag, Session session, Connection connection, String peerFragment) {
    static Exchange of(Session session, Connection connection, String offer) {
        return new Exchange(Secret.ofBytes(16), '"' + Secret.ofBytes(16) + '"', session, connection, SdpFragment.usernameFragment(offer));
    }
}
