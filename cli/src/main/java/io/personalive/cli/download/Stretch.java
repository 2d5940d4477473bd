package io.personalive.cli.download;

/**
 * A part of a file.
 *
 * @param from first byte, from 0
 * @param to   byte after the last
 */
record Stretch(long from, long to) {
    /** In bytes. */
    long length() {
        return to - from;
    }
}
