package io.personalive.cli.console;

import java.lang.reflect.Proxy;

/**
 * Lets another Ctrl-C end the process at once while the first is being obeyed; Java by itself would let it pass. The
 * signal's class is in every JDK but no part of Java, so it is looked up: without it, everything else works.
 */
final class SecondInterrupt {
    private SecondInterrupt() {}

    /** To be called when the first Ctrl-C has come. */
    static void endsTheProcess(int exitCode) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object end = Proxy.newProxyInstance(SecondInterrupt.class.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            Runtime.getRuntime().halt(exitCode);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance("INT"), end);
        } catch (ReflectiveOperationException | IllegalArgumentException absent) {
            // then the process waits for the verb, as it was asked to
        }
    }
}
