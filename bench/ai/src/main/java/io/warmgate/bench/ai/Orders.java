package io.warmgate.bench.ai;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Orders on the standard input, a line of JSON each, and what came of each on the standard output.
 * The collector runs before each of them; {@code "collections"} of an answer says how often it ran
 * meanwhile, which times of answers would be longer by, and {@code "busy"} for which share of the
 * time it had a core.
 */
final class Orders {
  private Orders() {}

  /** Until the standard input ends. */
  static void follow(Function<JsonObject, Future<JsonObject>> work) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      System.gc();
      long before = collections();
      long began = System.nanoTime();
      long cpu = cpuNanos();
      JsonObject answer = work.apply(new JsonObject(line)).await();
      double busy = (double) (cpuNanos() - cpu) / (System.nanoTime() - began);
      System.out.println(
          answer.put("collections", collections() - before).put("busy", busy).encode());
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
