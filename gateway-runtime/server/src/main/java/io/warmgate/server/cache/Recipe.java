package io.warmgate.server.cache;

import io.warmgate.config.CacheRule;
import io.warmgate.config.CacheRule.OnLogLoss;
import io.warmgate.config.CacheRule.QueryKey;
import io.warmgate.config.Filter;
import io.warmgate.config.Rule;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.key.Glob;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.rule.TagRule;
import io.warmgate.server.filter.UnkeyedFields;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a rule's policy comes to for one generation, made once.
 *
 * @param changed lower-case names of request fields that the backend gets with another value than
 *     the client sent: in a key they have the backend's
 * @param maxUnverifiedMillis how long entries in memory are trusted without an invalidation channel
 */
record Recipe(
    KeyRecipe keys,
    List<String> keyedFields,
    CachingPolicy policy,
    TagRule tags,
    String generation,
    Set<String> changed,
    long maxUnverifiedMillis,
    OnLogLoss onLogLoss) {

  /**
   * The log's epoch is not in the material, though it is part of every key in Redis: there it is in
   * the key's name. So entries in memory outlive the loss of the log, fenced by the pod's own
   * count.
   */
  private static final String NO_EPOCH = "";

  /** What a gateway sets on every request it forwards. */
  private static final Set<String> FORWARDING =
      Set.of("cdn-loop", "traceparent", "tracestate", "via");

  static Recipe of(Rule rule, CacheRule cache, String generation) {
    return new Recipe(
        new KeyRecipe(NO_EPOCH, generation, query(cache.query()), cache.headers()),
        cache.headers(),
        new CachingPolicy(
            cache.defaultTtlMillis(),
            cache.maxTtlMillis(),
            new StaleWindows(cache.staleWhileRevalidateMillis(), cache.staleIfErrorMillis()),
            ClientDirectives.PROTECT_ORIGIN,
            Set.copyOf(cache.headers())),
        new TagRule(cache.tags().fromHeaders(), cache.tags().add()),
        generation,
        changed(rule),
        cache.maxUnverifiedMillis(),
        cache.onLogLoss());
  }

  /** Whether the client's own fields can be keyed: none of these is changed on the way. */
  boolean asSent(List<String> names) {
    for (String name : names) {
      if (changed.contains(name) || UnkeyedFields.is(name)) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> changed(Rule rule) {
    Set<String> names = new HashSet<>(FORWARDING);
    for (Filter filter : rule.filters()) {
      if (filter instanceof Filter.RequestHeaderModifier modifier) {
        modifier.set().forEach(header -> names.add(lower(header.name())));
        modifier.add().forEach(header -> names.add(lower(header.name())));
        modifier.remove().forEach(name -> names.add(lower(name)));
      }
    }
    return Set.copyOf(names);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static QueryRule query(QueryKey key) {
    List<Glob> names = key.names().stream().map(Glob::new).toList();
    return switch (key.mode()) {
      case ALL -> new QueryRule.All();
      case INCLUDE -> new QueryRule.Include(names);
      case EXCLUDE -> new QueryRule.Exclude(names);
    };
  }
}
