package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.snapshot.RedisNames;

/**
 * Where a RedisCache is reached.
 *
 * @param host an IPv6 address without brackets
 */
public record RedisAddress(String host, int port) {

  public static RedisAddress of(RedisCache redis) {
    return switch (redis.getSpec().mode()) {
      case STANDALONE ->
          new RedisAddress(
              RedisNames.objects(redis) + "." + redis.getMetadata().getNamespace() + ".svc",
              RedisNames.PORT);
      case EXTERNAL ->
          redis.getSpec().external() == null
              ? new RedisAddress("", 0)
              : parse(redis.getSpec().external().endpoint());
    };
  }

  private static RedisAddress parse(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = endpoint.substring(0, colon).replaceAll("^\\[|]$", "");
    return new RedisAddress(host, Integer.parseInt(endpoint.substring(colon + 1)));
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
