package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.Secret;
import io.warmgate.operator.snapshot.SecretLookup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Secrets out of their watches: those that users brought have one each, API keys that the operator
 * made one for all of a namespace.
 */
final class SecretReading {
  private final Watches watches;

  SecretReading(Watches watches) {
    this.watches = watches;
  }

  /**
   * What is to be read.
   *
   * @param brought looked up by name
   * @param made API keys: looked up by their label
   * @param unlabelled those of {@code made} that lack the label: looked up by name too
   */
  record Wanted(Set<GatewayKey> brought, Set<GatewayKey> made, Set<GatewayKey> unlabelled) {}

  /**
   * All of them, watched from now on, and nothing else for this referrer.
   *
   * @throws NotYetKnown where one could not be asked for
   */
  Map<GatewayKey, SecretLookup> read(Watches.Referrer referrer, Wanted wanted) {
    Set<GatewayKey> byName = new HashSet<>(wanted.made());
    byName.retainAll(wanted.unlabelled());
    byName.addAll(wanted.brought());
    watches.secrets.want(referrer, byName);
    watches.madeKeys.want(
        referrer, wanted.made().stream().map(GatewayKey::namespace).collect(Collectors.toSet()));
    Map<GatewayKey, SecretLookup> found = made(wanted.made());
    byName.forEach(name -> found.put(name, named(name)));
    return found;
  }

  private Map<GatewayKey, SecretLookup> made(Set<GatewayKey> names) {
    Map<GatewayKey, SecretLookup> found = new HashMap<>();
    names.stream()
        .collect(Collectors.groupingBy(GatewayKey::namespace))
        .forEach(
            (namespace, keys) -> {
              switch (watches.madeKeys.lookup(namespace)) {
                case Seen.Forbidden<Secret> _ ->
                    keys.forEach(key -> found.put(key, new SecretLookup.NotReadable()));
                case Seen.Objects<Secret>(var objects) -> {
                  keys.forEach(key -> found.put(key, new SecretLookup.Missing()));
                  objects.forEach(
                      secret ->
                          found.replace(
                              GatewayKey.of(secret),
                              new SecretLookup.Found(Gatherer.decoded(secret))));
                }
                case Seen.Unknown<Secret> _, Seen.NotServed<Secret> _ ->
                    throw new NotYetKnown("API keys in " + namespace);
              }
            });
    return found;
  }

  private SecretLookup named(GatewayKey name) {
    return switch (watches.secrets.lookup(name)) {
      case Seen.Forbidden<Secret> _ -> new SecretLookup.NotReadable();
      case Seen.Unknown<Secret> _, Seen.NotServed<Secret> _ ->
          throw new NotYetKnown("Secret " + name);
      case Seen.Objects<Secret>(var objects) ->
          objects.isEmpty()
              ? new SecretLookup.Missing()
              : new SecretLookup.Found(Gatherer.decoded(objects.getFirst()));
    };
  }
}
