package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.warmgate.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A purge on its way to the pods.
 *
 * @param id names it for good: applying or appending it twice is once
 * @param logged where it stands in the log; null where it could not be appended yet
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
public record PurgeOrder(String id, PurgeRequest request, @Nullable PurgeReceipt logged)
    implements Order {
  public PurgeOrder {
    if (id == null || id.isBlank()) {
      throw new ConfigException("id", "is missing");
    }
    if (request == null) {
      throw new ConfigException("request", "is missing");
    }
  }

  @Override
  public PurgeOrder at(@Nullable PurgeReceipt receipt) {
    return new PurgeOrder(id, request, receipt);
  }
}
