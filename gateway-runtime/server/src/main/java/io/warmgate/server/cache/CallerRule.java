package io.warmgate.server.cache;

import io.warmgate.config.AccessRule;
import io.warmgate.config.CacheRule;
import io.warmgate.config.KeyParts.CallerPartition;
import io.warmgate.config.Rule;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.key.PartitionRule;
import io.warmgate.server.exchange.Caller;
import io.warmgate.server.filter.CallerFields;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What who was verified is to a rule's answers.
 *
 * @param partition each caller has answers of its own; null: not
 * @param hasUnkeyedClaims whether the backend is told something of callers that tells one from
 *     another and that no key has, a claim, a field of the user's service or an API key: who asks
 *     first would choose the answer for all
 * @param hidesCredentials whether a credential that is keyed is kept from the backend
 * @param keysAuthorization whether the key has all that {@code Authorization} may change in an
 *     answer, so that RFC 9111 §3.5 has nobody to protect: each caller has its own answers, and the
 *     backend does not get the field
 */
record CallerRule(
    @Nullable CallerPartition partition,
    boolean hasUnkeyedClaims,
    boolean hidesCredentials,
    boolean keysAuthorization) {
  private static final Pass NO_CALLER = new Pass(Reason.NO_CALLER, Reason.NO_CALLER);
  private static final Pass UNKEYED = new Pass(Reason.UNKEYED_CLAIM, Reason.UNKEYED_CLAIM);

  private static final String AUTHORIZATION = "authorization";

  static CallerRule of(Rule rule, CacheRule cache) {
    AccessRule access = rule.access();
    CallerPartition partition = cache.options().keyParts().callers();
    if (rule.asksModels()) {
      // A provider gets the gateway's own credential, and nothing that tells callers apart.
      return new CallerRule(partition, false, true, true);
    }
    if (access == null) {
      return new CallerRule(partition, false, false, false);
    }
    List<String> credentials = cache.options().keyParts().credentialHeaders();
    return new CallerRule(
        partition,
        tellsUnkeyed(access, cache, partition),
        credentials.stream().anyMatch(name -> CallerFields.isStripped(access, name)),
        partition != null && CallerFields.isStripped(access, AUTHORIZATION));
  }

  private static boolean tellsUnkeyed(
      AccessRule access, CacheRule cache, @Nullable CallerPartition partition) {
    // A claim's field among the credentials would be keyed as the client sent it.
    boolean claims =
        access.claimHeaders().entrySet().stream()
            .filter(told -> partition == null || !told.getValue().equals(partition.claim()))
            .anyMatch(told -> !cache.headers().contains(told.getKey().toLowerCase(Locale.ROOT)));
    // What a service says of a caller is its own to choose: no partition stands for it.
    boolean taken =
        access.external() != null && !cache.headers().containsAll(access.external().takeHeaders());
    Set<String> keyed = new HashSet<>(cache.headers());
    keyed.addAll(cache.options().keyParts().credentialHeaders());
    // To Authorization RFC 9111 §3.5 looks; to a key in a field of its own nobody else does.
    boolean keys =
        access.forwardCredentials()
            && partition == null
            && access.keyHeaders().stream()
                .anyMatch(name -> !name.equals(AUTHORIZATION) && !keyed.contains(name));
    return claims || taken || keys;
  }

  /** Why a request of that caller is none for the cache; null: it may be one. */
  @Nullable Pass beforeLookup(Caller caller) {
    if (hasUnkeyedClaims) {
      return UNKEYED;
    }
    return partition != null && value(caller) == null ? NO_CALLER : null;
  }

  /** Whose the answers are, as a digest. Of a caller that {@link #beforeLookup} lets through. */
  String of(Caller caller) {
    CallerPartition by = Objects.requireNonNull(partition, "callers are told apart");
    String value = Objects.requireNonNull(value(caller), "the caller is known");
    String claim = by.claim();
    return claim == null
        ? PartitionRule.ofCaller("consumer", List.of(value))
        : PartitionRule.ofCaller("claim", List.of(caller.authority(), claim, value));
  }

  private @Nullable String value(Caller caller) {
    CallerPartition by = partition;
    if (by != null && by.claim() != null) {
      return caller.claims().get(by.claim());
    }
    return caller.consumer() == null ? null : caller.consumer().id();
  }
}
