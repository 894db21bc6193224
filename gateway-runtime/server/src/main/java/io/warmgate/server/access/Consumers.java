package io.warmgate.server.access;

import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.server.exchange.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Consumers by what shows them, made once for a revision. */
final class Consumers {
  private final Map<Digest, Key> keys = new HashMap<>();
  private final Map<String, Identity> certificates = new HashMap<>();

  /** By issuer, name and value of the first claim that a consumer asks for. */
  private final Map<Claim, List<Claims>> tokens = new HashMap<>();

  private final Map<String, List<String>> first = new HashMap<>();

  /**
   * @param expiresMillis from when it is none
   */
  record Key(Identity identity, long expiresMillis) {}

  private record Claim(String issuer, String name, String value) {}

  private record Claims(
      Map<String, String> wanted, Consumer consumer, Map<String, Grant.State> grants) {}

  Consumers(List<Consumer> consumers) {
    consumers.forEach(this::add);
  }

  private void add(Consumer consumer) {
    Map<String, Grant.State> grants = new HashMap<>();
    consumer.grants().forEach(grant -> grants.put(grant.route(), grant.state()));
    Map<String, Grant.State> kept = Map.copyOf(grants);
    Caller caller = new Caller(consumer, consumer.id(), Map.of());
    for (Consumer.Key key : consumer.keys()) {
      long expires = key.expiresMillis() == null ? Long.MAX_VALUE : key.expiresMillis();
      keys.put(
          Digest.ofHex(key.sha256()), new Key(new Identity(caller, kept, key.sha256()), expires));
    }
    for (String certificate : consumer.certificates()) {
      certificates.put(certificate, new Identity(caller, kept, certificate));
    }
    for (Consumer.Token token : consumer.tokens()) {
      Map.Entry<String, String> claim = new TreeMap<>(token.claims()).entrySet().iterator().next();
      List<String> names = first.computeIfAbsent(token.issuer(), _ -> new ArrayList<>());
      if (!names.contains(claim.getKey())) {
        names.add(claim.getKey());
      }
      tokens
          .computeIfAbsent(
              new Claim(token.issuer(), claim.getKey(), claim.getValue()), _ -> new ArrayList<>())
          .add(new Claims(token.claims(), consumer, kept));
    }
  }

  /** The key whose value has this digest; null: there is none. */
  @Nullable Key key(Digest value) {
    return keys.get(value);
  }

  /**
   * @param sha256 of the certificate (DER), hexadecimal
   * @return null: nobody's
   */
  @Nullable Identity certificate(String sha256) {
    return certificates.get(sha256);
  }

  /**
   * Whom the claims of a verified token show: each consumer that they fit.
   *
   * @param issuer the issuer's name in the configuration
   * @param subject tells its holder from every other
   * @param authority whose word its claims are
   * @return never empty; one identity without a consumer where they fit none
   */
  List<Identity> token(
      String issuer, String subject, String authority, Map<String, String> claims) {
    Map<String, Identity> found = new TreeMap<>();
    for (String name : first.getOrDefault(issuer, List.of())) {
      String value = claims.get(name);
      List<Claims> candidates =
          value == null
              ? List.of()
              : tokens.getOrDefault(new Claim(issuer, name, value), List.of());
      for (Claims candidate : candidates) {
        if (claims.entrySet().containsAll(candidate.wanted.entrySet())) {
          found.put(
              candidate.consumer.id(),
              new Identity(
                  new Caller(candidate.consumer, subject, claims, authority, Map.of()),
                  candidate.grants,
                  null));
        }
      }
    }
    return found.isEmpty()
        ? List.of(
            new Identity(new Caller(null, subject, claims, authority, Map.of()), Map.of(), null))
        : List.copyOf(found.values());
  }
}
