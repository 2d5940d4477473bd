/** WebRTC: standard WHIP (RFC 9725) for what drives a session, and WHEP for who watches it. */
package io.personalive.server.webrtc;
