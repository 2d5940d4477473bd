package io.personalive.server.http;

/** Hands over the newest of what comes; what wasn't taken by then is forgotten. */
final class Latest<T> {
    private T newest;
    private boolean ended;

    synchronized void put(T item) {
        newest = item;
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for one that wasn't taken yet. @return null once nothing comes any more */
    synchronized T take() {
        try {
            while (newest == null && !ended) {
                wait();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        }
        T taken = newest;
        newest = null;
        return ended ? null : taken;
    }
}
