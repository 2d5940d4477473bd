package io.personalive.media.video;

/**
 * Brings frames with uneven times to a constant rate: each goes to the slot nearest to its time, the last one to
 * arrive keeps a slot that several want, and a frame is repeated over the slots that nobody wants.
 */
final class ConstantRate {
    /** A gap or step back beyond this is a broken clock and not a pause, seconds. */
    private static final double LONGEST_GAP = 10;

    private final FrameRate rate;
    private double shift;
    private double heldUntil;
    private long heldSlot;
    private long filled;
    private boolean holding;

    ConstantRate(FrameRate rate) {
        this.rate = rate;
    }

    /**
     * Takes note of a frame that arrives and is held from now on.
     *
     * @param seconds  its time from the start; before zero if it comes earlier
     * @param duration how long it lasts, seconds; 0 if unknown
     * @return how many times the frame held so far is to be given out first
     */
    long arrive(double seconds, double duration) {
        if (holding && (seconds + shift > heldUntil + LONGEST_GAP || seconds + shift < rate.seconds(heldSlot) - LONGEST_GAP)) {
            shift = rate.seconds(heldSlot + 1) - seconds;
        }
        long slot = rate.frames(seconds + shift);
        long due = holding ? Math.max(0, slot - filled) : 0;
        filled += due;
        heldSlot = slot;
        heldUntil = seconds + shift + Math.min(duration, LONGEST_GAP);
        holding = true;
        return due;
    }

    /** @return how many times the frame held last is to be given out */
    long finish() {
        if (!holding) {
            return 0;
        }
        holding = false;
        long due = Math.max(0, Math.max(heldSlot + 1, rate.frames(heldUntil)) - filled);
        filled += due;
        return due;
    }
}
