package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Several streams of one model that advance together: one pass of the denoising UNet for all of them. Each gives what
 * it would give alone, but for sums in another order; one that fails harms no other. Which streams meet in a push may
 * change from one to the next.
 */
public final class StreamGroup {
    private StreamGroup() {}

    /**
     * A stream and what drives it.
     *
     * @param driving a micro-chunk's frames of motion, in order
     */
    public record Driven(AnimationStream stream, List<MotionFrame> driving) {}

    /** What became of one stream's micro-chunk: finished frames, or a failure that left that stream as it was. */
    public static final class Outcome {
        private final Chunk chunk;
        private final RuntimeException failure;

        private Outcome(Chunk chunk, RuntimeException failure) {
            this.chunk = chunk;
            this.failure = failure;
        }

        /** Why there is no chunk; null where there is one. */
        public RuntimeException failure() {
            return failure;
        }

        /** @return the finished frames, which the caller closes; throws the failure where there are none */
        public Chunk chunk() {
            if (failure != null) {
                throw failure;
            }
            return chunk;
        }
    }

    /** A stream's push and its place in the group. */
    private record Member(int place, StreamPush push) {}

    /**
     * Advances each stream by one micro-chunk.
     *
     * @param sessions streams of one model and one window's shape, each once
     * @return an outcome for each, in their order
     * @throws IllegalArgumentException if they are of different models or shapes
     */
    public static List<Outcome> push(List<Driven> sessions) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        AnimationStream first = sessions.get(0).stream();
        for (Driven session : sessions) {
            if (session.stream().networks() != first.networks() || !session.stream().window().equals(first.window())) {
                throw new IllegalArgumentException("streams of different models or windows can't be computed together");
            }
        }
        // the turn before anything is held: nobody waits for a turn with something in hand that another must close
        try (Turn turn = Turn.on(first.networks().device())) {
            return Scope.withoutGradient(() -> pushInTurn(sessions, first.networks()));
        }
    }

    private static List<Outcome> pushInTurn(List<Driven> sessions, Networks networks) {
        Outcome[] outcomes = new Outcome[sessions.size()];
        List<Member> members = new ArrayList<>();
        try (Scope scope = new Scope()) {
            for (int place = 0; place < outcomes.length; place++) {
                Driven session = sessions.get(place);
                try {
                    members.add(new Member(place, session.stream().begin(session.driving())));
                } catch (RuntimeException refused) {
                    outcomes[place] = new Outcome(null, refused);
                }
            }
            if (!members.isEmpty()) {
                together(members, networks, outcomes);
            }
            return Arrays.asList(outcomes);
        } catch (Error fatal) {
            Arrays.stream(outcomes).filter(outcome -> outcome != null && outcome.chunk != null)
                    .forEach(outcome -> outcome.chunk.close());
            throw fatal;
        } finally {
            members.forEach(member -> member.push().close());
        }
    }

    /** One pass; where it fails, each by itself, so that only those fail that can't be computed. */
    private static void together(List<Member> members, Networks networks, Outcome[] outcomes) {
        List<DenoisingWindow.Step> steps;
        try (Scope scope = new Scope()) {
            steps = steps(members, networks);
        } catch (RuntimeException failed) {
            if (members.size() == 1) {
                outcomes[members.get(0).place()] = new Outcome(null, failed);
            } else {
                members.forEach(member -> together(List.of(member), networks, outcomes));
            }
            return;
        }
        try {
            for (int i = 0; i < steps.size(); i++) {
                Member member = members.get(i);
                try {
                    outcomes[member.place()] = new Outcome(member.push().finish(steps.get(i)), null);
                } catch (RuntimeException failed) {
                    outcomes[member.place()] = new Outcome(null, failed);
                }
            }
        } finally {
            steps.forEach(DenoisingWindow.Step::close);
        }
    }

    private static List<DenoisingWindow.Step> steps(List<Member> members, Networks networks) {
        Tensor pictures = Tensors.cat(0, members.stream().map(member -> member.push().pictures()).toList());
        Tensor poseFeatures = networks.poseGuider().forward(pictures);
        List<DenoisingWindow> windows = new ArrayList<>();
        List<WindowFrames> entering = new ArrayList<>();
        List<ReferenceReading> references = new ArrayList<>();
        long from = 0;
        for (Member member : members) {
            long frames = member.push().pictures().size(0);
            windows.add(member.push().window());
            entering.add(member.push().entering(poseFeatures.narrow(0, from, frames)));
            references.add(member.push().reference());
            from += frames;
        }
        return DenoisingWindow.steps(windows, entering, references);
    }
}
