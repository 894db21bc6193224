package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;

/** What containers get where the user does not say. */
final class Memory {
  private static final long MIB = 1 << 20;

  private Memory() {}

  static long bytes(String quantity) {
    return new Quantity(quantity).getNumericalAmount().longValue();
  }

  /**
   * The JVM with its buffers, and the local cache with what its entries cost beside their bytes.
   */
  static ResourceRequirements forGateway(long localCacheBytes) {
    return resources("250m", 256 * MIB + localCacheBytes * 3 / 2);
  }

  /** The data, a quarter of it for fragmentation and clients' buffers, and the server itself. */
  static ResourceRequirements forRedis(long maxMemoryBytes) {
    return resources("100m", 64 * MIB + maxMemoryBytes * 5 / 4);
  }

  private static ResourceRequirements resources(String cpu, long bytes) {
    Quantity memory = new Quantity(Math.ceilDiv(bytes, MIB) + "Mi");
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", memory)
        .addToLimits("memory", memory)
        .build();
  }
}
