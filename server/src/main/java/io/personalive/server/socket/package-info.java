/**
 * The WebSocket of a session: JPEG frames in, JPEG frames out, JSON for everything else.
 *
 * <p>A binary message is a {@link io.personalive.server.socket.FramePacket}, in both directions. Text messages are JSON
 * objects with a {@code type}: {@code settings} and {@code neutral} in; {@code hello}, {@code status}, {@code settings},
 * {@code error} and {@code ended} out.
 */
package io.personalive.server.socket;
