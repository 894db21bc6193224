package io.warmgate.config;

/**
 * The {@code ApiGateway} that a configuration was compiled for.
 *
 * @param uid names the gateway's keys in Redis, so that a gateway made again under an old name
 *     starts with an empty cache
 */
public record GatewayRef(String namespace, String name, String uid) {
  public GatewayRef {
    Check.text("namespace", namespace);
    Check.text("name", name);
    Check.text("uid", uid);
  }
}
