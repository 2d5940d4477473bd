package io.personalive.server.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the library and a peer whose requests for an answer lack their priority ({@link BindingRequest}): a port
 * of its own that the peer is told of, from which everything is handed on, both ways.
 */
final class PriorityRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PriorityRelay.class);
    private static final Pattern ADDRESS = Pattern.compile("(?m)^(a=candidate:\\S+ 1 udp \\d+ )([\\d.]+) (\\d+)( typ host.*)$");
    private static final Pattern PASSWORD = Pattern.compile("(?m)^a=ice-pwd:(\\S+)");
    private static final int MOST_BYTES = 65_535;

    private final String password;
    private final InetSocketAddress library;
    private final Selector selector;
    private final DatagramChannel outside;
    private final DatagramChannel inside;
    private final Thread thread = new Thread(this::run, "webrtc-relay");
    private InetSocketAddress peer;

    private PriorityRelay(String password, InetSocketAddress library) throws IOException {
        this.password = password;
        this.library = library;
        selector = Selector.open();
        outside = DatagramChannel.open();
        inside = DatagramChannel.open();
        for (DatagramChannel channel : new DatagramChannel[] {outside, inside}) {
            channel.bind(new InetSocketAddress(library.getAddress(), 0)).configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }
        thread.setDaemon(true);
    }

    /** Whether an offer is of a client that needs it: one that names itself, and has no address of its own. */
    static boolean isNeeded(String offer) {
        return offer.contains("o=FFmpeg") && !offer.contains("a=candidate:");
    }

    /** An answer that leads through a relay, which the caller closes; the answer itself and null if it has no address to stand for. */
    record Relayed(String answer, PriorityRelay relay) {}

    /** @param answer of the library, with its addresses */
    static Relayed of(String answer) throws IOException {
        Matcher address = ADDRESS.matcher(answer);
        Matcher password = PASSWORD.matcher(answer);
        if (!address.find() || !password.find()) {
            return new Relayed(answer, null);
        }
        PriorityRelay relay = new PriorityRelay(password.group(1), new InetSocketAddress(address.group(2), Integer.parseInt(address.group(3))));
        relay.thread.start();
        String led = answer.substring(0, address.start()) + address.group(1) + address.group(2) + " "
                + ((InetSocketAddress) relay.outside.getLocalAddress()).getPort() + address.group(4) + answer.substring(address.end());
        return new Relayed(led, relay);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    handOn((DatagramChannel) key.channel(), buffer.clear());
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedChannelException | ClosedSelectorException closed) {
            // that is its end
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("a relay of WebRTC failed");
        }
    }

    private void handOn(DatagramChannel from, ByteBuffer buffer) throws IOException {
        InetSocketAddress sender = (InetSocketAddress) from.receive(buffer);
        if (sender == null) {
            return;
        }
        byte[] packet = new byte[buffer.flip().remaining()];
        buffer.get(packet);
        if (from == inside) {
            if (peer != null && sender.equals(library)) {
                outside.send(ByteBuffer.wrap(packet), peer);
            }
            return;
        }
        // whoever isn't the peer can't sign: the library leaves what comes from there unanswered
        peer = peer == null ? sender : peer;
        if (sender.equals(peer)) {
            inside.send(ByteBuffer.wrap(BindingRequest.complete(packet, password)), library);
        }
    }

    @Override
    public void close() {
        try (selector; outside; inside) {
            selector.wakeup();
        } catch (IOException alreadyGone) {
            LOG.debug("closing a relay", alreadyGone);
        }
    }
}
