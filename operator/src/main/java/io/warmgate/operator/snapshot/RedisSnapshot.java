package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.RedisCache;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Everything that matters for one {@code RedisCache}, as it was at one moment.
 *
 * @param secret with the password: the minted one of a Standalone server, the user's of an External
 *     one; {@code Missing} also where none is named
 * @param gateways names of those whose {@code sharedRef} names it
 * @param server what is known of the server
 * @param image what a Standalone server runs where the user names no image
 */
public record RedisSnapshot(
    RedisCache redis,
    SecretLookup secret,
    NavigableSet<String> gateways,
    RedisServer server,
    String image) {
  public RedisSnapshot {
    gateways = new TreeSet<>(gateways);
  }

  /** The names of the gateways, in order. */
  public List<String> gatewayNames() {
    return List.copyOf(gateways);
  }
}
