package io.personalive.spark;

import io.personalive.torch.ComputeThreads;
import io.personalive.training.preparation.PreparationWorkers;
import io.personalive.training.preparation.VideoCollection;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * The executors of a Spark application, one of which this machine is with a local master. They write the parts of videos
 * themselves, to the folder that all see; only names and sizes go through Spark.
 */
final class SparkWorkers implements PreparationWorkers {
    /** So that a core that got long videos leaves the others to the rest. */
    private static final int TASKS_A_CORE = 8;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** How long the tasks have to notice that they are to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JavaSparkContext spark;

    SparkWorkers(String master) {
        SparkConf configuration = new SparkConf().setMaster(master).setAppName("PersonaLive: prepare")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0")
                // or Spark says 1, and sums come out otherwise in their last bit than on this machine
                .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(ComputeThreads.count()))
                // two tasks with the same video would write the same files
                .set("spark.speculation", "false");
        if (!master.startsWith("local")) {
            configuration.setJars(ProgramLibraries.forExecutors());
        }
        try {
            spark = new JavaSparkContext(configuration);
        } catch (Exception unusable) { // Spark's are checked, but Scala doesn't declare them
            throw new IllegalArgumentException("Spark can't work with the master '" + master + "': " + unusable.getMessage()
                    + ". Name one such as local[*], local[4], spark://HOST:7077 or yarn", unusable);
        }
    }

    @Override
    public void prepare(VideoCollection collection, LongConsumer progress, BooleanSupplier stop) throws IOException, InterruptedException {
        List<String> names = collection.names();
        int tasks = Math.min(names.size(), TASKS_A_CORE * spark.defaultParallelism());
        LongAccumulator bytes = spark.sc().longAccumulator("bytes of videos");
        JavaFutureAction<Void> job = spark.parallelize(names, tasks).foreachPartitionAsync(new PartsTask(collection, bytes));
        try {
            boolean done = false;
            for (long told = 0; !done;) {
                done = finished(job);
                long now = bytes.value();
                if (now > told) {
                    progress.accept(now - told);
                    told = now;
                }
                if (!done && stop.getAsBoolean()) {
                    job.cancel(true);
                    awaitTasks();
                    return;
                }
            }
        } catch (ExecutionException failed) {
            if (!stop.getAsBoolean()) { // Ctrl-C ends Spark too
                throw new IOException(reason(failed), failed);
            }
        }
    }

    private static boolean finished(JavaFutureAction<Void> job) throws ExecutionException, InterruptedException {
        try {
            job.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        }
    }

    /** Waits until nobody writes any more. */
    private void awaitTasks() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && Arrays.stream(spark.statusTracker().getExecutorInfos()).anyMatch(SparkWorkers::works)) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    private static boolean works(SparkExecutorInfo executor) {
        return executor.numRunningTasks() > 0;
    }

    /** What went wrong first, which Spark wraps several times. */
    private static String reason(Throwable failed) {
        Throwable first = failed;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getMessage() == null ? first.toString() : first.getMessage();
    }

    @Override
    public void close() {
        spark.close();
    }
}
