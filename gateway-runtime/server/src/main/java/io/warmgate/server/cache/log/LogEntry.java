package io.warmgate.server.cache.log;

import io.vertx.redis.client.Response;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log's stream. Pods append one field {@code order}, an {@link Order}; applications
 * one field {@code purge}, a {@link PurgeRequest}, which the entry's id in the stream names for
 * good.
 */
final class LogEntry {
  private LogEntry() {}

  /**
   * @param id milliseconds-sequence
   * @param fields name, value, name, value
   * @throws ConfigException where it is neither
   */
  static Order read(String id, Response fields) {
    byte[] order = field(fields, "order");
    if (order != null) {
      return Json.read(order, Order.class);
    }
    byte[] purge = field(fields, "purge");
    if (purge != null) {
      return new PurgeOrder(
          "stream:" + id, KeyedForm.of(Json.read(purge, PurgeRequest.class)), null);
    }
    throw new ConfigException("", "has neither a field 'order' nor a field 'purge'");
  }

  private static byte @Nullable [] field(Response fields, String name) {
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      if (fields.get(i).toString().equals(name)) {
        return fields.get(i + 1).toBytes();
      }
    }
    return null;
  }
}
