package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.RedisCache;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Everything that matters for one {@code RedisCache}, as it was at one moment.
 *
 * @param secrets by name: the minted one of a Standalone server, those that an External one names
 * @param gateways names of those whose {@code sharedRef} names it
 * @param server what is known of the server
 * @param image what a Standalone server runs where the user names no image
 */
public record RedisSnapshot(
    RedisCache redis,
    Map<String, SecretLookup> secrets,
    NavigableSet<String> gateways,
    RedisServer server,
    String image) {
  public RedisSnapshot {
    secrets = Map.copyOf(secrets);
    gateways = new TreeSet<>(gateways);
  }

  /** With the password; {@code Missing} also where none is named. */
  public SecretLookup secret() {
    return RedisNames.secret(redis).map(this::secret).orElseGet(SecretLookup.Missing::new);
  }

  /** What became of looking for the Secret. */
  public SecretLookup secret(String name) {
    return secrets.getOrDefault(name, new SecretLookup.Missing());
  }

  /** The names of the gateways, in order. */
  public List<String> gatewayNames() {
    return List.copyOf(gateways);
  }
}
