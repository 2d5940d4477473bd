package io.personalive.live;

import java.util.Deque;
import java.util.Iterator;

/**
 * Leaves out driving frames that come faster than they can be used, evenly: a frame is let in when one is due at the
 * rate that is sustained. Where more come all the same, as after a pause of the machine, those that wait are thinned to
 * the most even few of them, the newest included. Nobody ever waits.
 */
final class Thinning implements Handover.Crowding<DrivingFrame> {
    private final Pace pace;
    private long came;
    private long dropped;
    /** On this machine's clock: the last frame that came, that was taken, and when the next is due. */
    private long last = Long.MIN_VALUE;
    private long taken = Long.MIN_VALUE;
    private long due = Long.MIN_VALUE;

    Thinning(Pace pace) {
        this.pace = pace;
    }

    @Override
    public synchronized boolean admit(Deque<DrivingFrame> waiting, int capacity, DrivingFrame newcomer) {
        came++;
        if (!isDue(newcomer.arrived())) {
            dropped++;
            return true;
        }
        waiting.add(newcomer);
        if (waiting.size() > capacity) {
            removeMostCrowded(waiting);
            dropped++;
        }
        return true;
    }

    private boolean isDue(long now) {
        long period = pace.nanosecondsPerFrame();
        long sinceLast = last == Long.MIN_VALUE ? period : Math.max(0, now - last);
        last = now;
        if (due == Long.MIN_VALUE) {
            due = now;
        }
        // the nearest of the frames that come is taken for the one that is due
        if (now < due - Math.min(sinceLast, period) / 2) {
            return false;
        }
        due = Math.max(due, now - period) + period;
        return true;
    }

    /** Removes the frame, other than the newest, whose neighbours are closest to each other. */
    private void removeMostCrowded(Deque<DrivingFrame> waiting) {
        DrivingFrame crowded = null;
        long smallest = Long.MAX_VALUE;
        Iterator<DrivingFrame> frames = waiting.iterator();
        DrivingFrame frame = frames.next();
        long before = taken == Long.MIN_VALUE ? frame.arrived() : taken;
        while (frames.hasNext()) {
            DrivingFrame next = frames.next();
            long gap = next.arrived() - before;
            if (gap < smallest) {
                smallest = gap;
                crowded = frame;
            }
            before = frame.arrived();
            frame = next;
        }
        waiting.remove(crowded);
    }

    @Override
    public synchronized void taken(DrivingFrame frame) {
        taken = frame.arrived();
    }

    /** Frames that came. */
    synchronized long came() {
        return came;
    }

    /** Of these, frames that were left out. */
    synchronized long dropped() {
        return dropped;
    }
}
