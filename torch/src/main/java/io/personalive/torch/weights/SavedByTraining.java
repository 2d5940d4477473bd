package io.personalive.torch.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds a network's tensors in what training programs save: below other names, beside an optimiser's state, under prefixes. */
final class SavedByTraining {
    /** Under these names stands what is meant for use, the averaged weights first. */
    private static final List<String> USUAL = List.of("ema", "ema_state_dict", "model_ema", "ema_model", "params_ema", "shadow",
            "state_dict", "model_state_dict", "model", "module", "params", "net", "network", "weights");
    /** Names that begin so belong to the training. */
    private static final List<String> OF_TRAINING = List.of("optim", "scheduler", "lr_", "scaler", "grad");
    /** What a wrapper of a network puts before all of its names. */
    private static final List<String> PREFIXES = List.of("module.", "model.", "ema.", "ema_model.", "net.", "network.", "state_dict.");
    /** Put between names where a part was compiled, sharded or computed anew for its gradients. */
    private static final List<String> BETWEEN = List.of("_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.");
    private static final int DEEPEST = 4;

    private final CheckpointFile file;
    private final Set<Map<?, ?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    SavedByTraining(CheckpointFile file) {
        this.file = file;
    }

    /**
     * @param saved as unpickled
     * @return the dict that holds the tensors of one network
     */
    Map<?, ?> stateDict(Object saved) {
        Map<?, ?> found = find(saved, 0);
        if (found == null) {
            throw file.refuse("holds no state dict. Save one: torch.save(model.state_dict(), 'weights.pth')");
        }
        return found;
    }

    private Map<?, ?> find(Object saved, int depth) {
        // a dict may hold itself
        if (!(saved instanceof Map<?, ?> dict) || depth > DEEPEST || !seen.add(dict)) {
            return null;
        }
        for (String name : USUAL) {
            Map<?, ?> found = find(dict.get(name), depth + 1);
            if (found != null) {
                return found;
            }
        }
        if (dict.values().stream().anyMatch(TorchObjects.StoredTensor.class::isInstance)) {
            return dict;
        }
        Map<String, Map<?, ?>> others = new LinkedHashMap<>();
        dict.forEach((name, value) -> {
            if (name instanceof String text && OF_TRAINING.stream().noneMatch(text::startsWith)) {
                Map<?, ?> found = find(value, depth + 1);
                if (found != null) {
                    others.put(text, found);
                }
            }
        });
        if (others.size() > 1) {
            throw file.refuse("holds several networks: " + String.join(", ", others.keySet()) + ". Save the one that is wanted alone: "
                    + "torch.save(torch.load('" + file.path().getFileName() + "')['" + others.keySet().iterator().next() + "'], 'weights.pth')");
        }
        return others.isEmpty() ? null : others.values().iterator().next();
    }

    /** The tensors by the names that the network itself gives them. */
    static Map<String, TensorEntry> withoutPrefixes(Map<String, TensorEntry> tensors) {
        Map<String, TensorEntry> plain = tensors;
        for (String wrapper : BETWEEN) {
            if (plain.keySet().stream().anyMatch(name -> name.contains(wrapper))) {
                plain = renamed(plain, name -> name.replace(wrapper, ""));
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String prefix : PREFIXES) {
                List<String> dotted = new ArrayList<>(plain.keySet());
                dotted.removeIf(name -> name.indexOf('.') < 0); // counters of the wrapper's own, such as n_averaged
                if (!dotted.isEmpty() && dotted.stream().allMatch(name -> name.startsWith(prefix) && name.length() > prefix.length())) {
                    plain = renamed(plain, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : null);
                    changed = true;
                }
            }
        }
        return plain;
    }

    private interface NewName {
        /** @return null for a tensor to leave out */
        String of(String name);
    }

    private static Map<String, TensorEntry> renamed(Map<String, TensorEntry> tensors, NewName newName) {
        Map<String, TensorEntry> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String plain = newName.of(name);
            if (plain != null && renamed.putIfAbsent(plain, tensor) != null) {
                renamed.put(name, tensor); // both names are there: the check of names says which is too many
            }
        });
        return renamed;
    }
}
