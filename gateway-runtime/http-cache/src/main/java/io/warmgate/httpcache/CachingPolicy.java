package io.warmgate.httpcache;

import io.warmgate.httpcache.key.CookieRule;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a route's owner decided about caching, as far as the rules ask.
 *
 * @param ttl how long responses are fresh
 * @param stale for responses that do not say themselves how long they may be used stale
 * @param clientDirectives what a request's {@code Cache-Control} can do
 * @param keyedFields names of request fields that every key contains, credentials that are keyed by
 *     their digest included; kept in lower case. What depends on one of them is never shared
 *     between its values
 * @param cookies which cookies every key contains, and which tell nobody from others
 */
public record CachingPolicy(
    TtlRule ttl,
    StaleWindows stale,
    ClientDirectives clientDirectives,
    Set<String> keyedFields,
    CookieRule cookies) {

  /**
   * RFC 9111 §5.2.1: request directives "are advisory; caches MAY implement them". For a gateway
   * the default is {@link #PROTECT_ORIGIN}, since a client that can force a fetch can load the
   * origin at will. In both, {@code no-store} keeps the response from being stored, and {@code
   * only-if-cached} is obeyed: neither costs the origin more than a miss.
   */
  public enum ClientDirectives {
    /**
     * {@code no-cache}, {@code max-age}, {@code min-fresh}, {@code max-stale} and {@code
     * stale-if-error} change nothing.
     */
    PROTECT_ORIGIN,
    /** All of RFC 9111 §5.2.1, and RFC 5861 §4. */
    HONOR
  }

  /** The origin's headers alone decide. */
  public static final CachingPolicy DEFAULT =
      new CachingPolicy(null, null, StaleWindows.NONE, ClientDirectives.PROTECT_ORIGIN, Set.of());

  public CachingPolicy {
    keyedFields =
        keyedFields.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The origin's lifetimes go first, and no cookie is known.
   *
   * @param defaultTtlMillis see {@link TtlRule#defaultMillis}
   * @param maxTtlMillis see {@link TtlRule#maxMillis}
   */
  public CachingPolicy(
      @Nullable Long defaultTtlMillis,
      @Nullable Long maxTtlMillis,
      StaleWindows stale,
      ClientDirectives clientDirectives,
      Set<String> keyedFields) {
    this(
        new TtlRule(TtlRule.Mode.HONOR, Map.of(), null, defaultTtlMillis, maxTtlMillis),
        stale,
        clientDirectives,
        keyedFields,
        CookieRule.NONE);
  }

  /** The same with other lifetimes. */
  public CachingPolicy with(TtlRule others) {
    return new CachingPolicy(others, stale, clientDirectives, keyedFields, cookies);
  }

  /** No response stays fresh longer; null: no bound. */
  public @Nullable Long maxTtlMillis() {
    return ttl.maxMillis();
  }
}
