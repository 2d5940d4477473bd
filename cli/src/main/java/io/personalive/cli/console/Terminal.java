package io.personalive.cli.console;

import java.io.Console;
import java.lang.reflect.Method;

/** What the error stream goes to, on which progress is shown. */
public final class Terminal {
    /** Set by the launcher script, which can ask about the error stream itself. */
    private static final String TOLD = "personalive.terminal";
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /** True where a person watches, so that a line may be drawn over itself. */
    public static boolean isWatched() {
        String told = System.getProperty(TOLD);
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        return told != null ? Boolean.parseBoolean(told) : hasConsole();
    }

    /** The terminal's width in characters. */
    public static int columns() {
        String columns = System.getProperty("personalive.columns", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }

    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // from JDK 22 on a console may be there without a terminal, and says so
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
