package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.warmgate.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a revision takes away, on its way ahead of it. It holds for requests that are answered by an
 * older revision; a pod forgets it when it serves {@code below} or a newer one, which says itself
 * who is known.
 *
 * @param id names it for good: obeying or appending it twice is once
 * @param below number of the revision that takes it away
 * @param logged where it stands in the log; null where it could not be appended yet
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
public record RevokeOrder(String id, Revocation revoked, long below, @Nullable PurgeReceipt logged)
    implements Order {
  public RevokeOrder {
    if (id == null || id.isBlank()) {
      throw new ConfigException("id", "is missing");
    }
    if (revoked == null) {
      throw new ConfigException("revoked", "is missing");
    }
    if (below < 1) {
      throw new ConfigException("below", "is no revision: " + below);
    }
  }

  @Override
  public RevokeOrder at(@Nullable PurgeReceipt receipt) {
    return new RevokeOrder(id, revoked, below, receipt);
  }
}
