package io.personalive.training.recipe;

/**
 * How weights begin. Patterns choose by {@code network/tensor}; see {@link io.personalive.torch.training.NamePattern}.
 *
 * @param fresh      what begins anew instead of as the start model has it; empty for nothing
 * @param silent     what of it begins at zero, such as the last layer of a new module; empty for nothing
 * @param trained    what is trained; empty for what the stage trains by itself
 * @param batchNorms {@code frozen}, or {@code learned}: running statistics follow the batches
 * @param seed       of fresh weights, of the order of the data, of noise
 */
public record StartOptions(String fresh, String silent, String trained, String batchNorms, long seed) {
    public StartOptions {
        if (!batchNorms.equals("frozen") && !batchNorms.equals("learned")) {
            throw new IllegalArgumentException("batch_norms is '" + batchNorms + "', expected frozen or learned");
        }
    }

    public static StartOptions usual() {
        return new StartOptions("", "", "", "frozen", 0);
    }
}
