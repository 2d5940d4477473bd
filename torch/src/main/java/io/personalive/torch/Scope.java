package io.personalive.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import java.util.function.Supplier;

/**
 * A block of code that owns the native memory of its temporaries: what is created inside is freed when the scope
 * closes, except what {@link #keep} hands to the enclosing scope. Scopes nest and belong to the thread that opened them.
 *
 * <pre>{@code
 * try (Scope scope = new Scope()) {
 *     Tensor hidden = norm.forward(x);
 *     return scope.keep(project.forward(hidden));   // hidden is freed here
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
    static {
        NativeRuntime.start();
    }

    private final PointerScope outer = PointerScope.getInnerScope();
    private final PointerScope inner = new PointerScope();

    /** Hands a tensor to the enclosing scope, or to the garbage collector where there is none. */
    public <T extends Pointer> T keep(T pointer) {
        if (outer != null) {
            outer.attach(pointer);
        } else {
            pointer.retainReference();
        }
        return pointer;
    }

    /**
     * Frees one of this scope's tensors before the scope ends, because another took its place.
     *
     * @return {@code next}
     */
    public <T extends Pointer> T replace(Pointer previous, T next) {
        if (previous != next) {
            inner.detach(previous);
        }
        return next;
    }

    /** Takes a tensor out of every scope: whoever calls this frees it, with {@link #release}. */
    public static <T extends Pointer> T own(T pointer) {
        return pointer.retainReference();
    }

    /** Frees what {@link #own} took; null is let pass. */
    public static void release(Pointer pointer) {
        if (pointer != null) {
            pointer.releaseReference();
        }
    }

    /** Runs a computation without recording gradients, its temporaries freed, its result kept. */
    public static <T extends Pointer> T inference(Supplier<T> computation) {
        try (Scope scope = new Scope()) {
            return withoutGradient(() -> scope.keep(computation.get()));
        }
    }

    /** Runs a computation without recording gradients for a backward pass. */
    public static <T> T withoutGradient(Supplier<T> computation) {
        return Pass.INFERENCE.run(computation);
    }

    @Override
    public void close() {
        inner.close();
    }
}
