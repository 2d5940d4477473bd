package io.personalive.server.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the library will have done: its answers come in threads of its own. */
final class Promise implements CreateSessionDescriptionObserver, SetSessionDescriptionObserver {
    /** Far more than negotiating takes. */
    private static final long SECONDS = 10;

    private final CompletableFuture<RTCSessionDescription> done = new CompletableFuture<>();

    @Override
    public void onSuccess(RTCSessionDescription description) {
        done.complete(description);
    }

    @Override
    public void onSuccess() {
        done.complete(null);
    }

    @Override
    public void onFailure(String reason) {
        done.completeExceptionally(new RefusedException(reason));
    }

    /**
     * Waits for it.
     *
     * @return the description that was made; null where one was set
     * @throws RefusedException with the library's reason
     */
    RTCSessionDescription await() {
        try {
            return done.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RefusedException refused ? refused : new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("WebRTC did not answer within " + SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for WebRTC", interrupted);
        }
    }
}
