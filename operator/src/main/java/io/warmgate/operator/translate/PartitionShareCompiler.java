package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.warmgate.config.CacheShare;
import io.warmgate.config.PartitionShares;
import io.warmgate.crd.v1alpha1.PartitionShare;
import org.jspecify.annotations.Nullable;

/** What one partition may take of the caches. */
final class PartitionShareCompiler {
  private PartitionShareCompiler() {}

  /**
   * @throws ArithmeticException where a quantity is too large
   * @throws io.warmgate.config.ConfigException where a share is out of bounds
   */
  static PartitionShares compile(@Nullable PartitionShare share) {
    return share == null
        ? PartitionShares.DEFAULT
        : new PartitionShares(
            share(share.memory(), PartitionShares.DEFAULT.memory()),
            share(share.redis(), PartitionShares.DEFAULT.redis()));
  }

  private static CacheShare share(@Nullable String said, CacheShare otherwise) {
    if (said == null) {
      return otherwise;
    }
    return said.endsWith("%")
        ? CacheShare.ofPercent(Integer.parseInt(said.substring(0, said.length() - 1)))
        : CacheShare.ofBytes(new Quantity(said).getNumericalAmount().longValueExact());
  }
}
