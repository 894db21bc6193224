package io.warmgate.server.cache;

import io.warmgate.config.AccessRule;
import io.warmgate.config.CacheRule;
import io.warmgate.config.CacheRule.OnLogLoss;
import io.warmgate.config.Filter;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Rule;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.TtlRule;
import io.warmgate.httpcache.key.CookieRule;
import io.warmgate.httpcache.key.Glob;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.PartitionRule;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.rule.TagRule;
import io.warmgate.server.filter.CallerFields;
import io.warmgate.server.filter.UnkeyedFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rule's policy comes to for one generation, made once.
 *
 * @param keyedFields lower-case names of the request fields that a key is made of, credentials and
 *     cookies included
 * @param partition whose answers a key's are
 * @param callers what who was verified is to them
 * @param changed lower-case names of request fields that the backend gets with another value than
 *     the client sent: in a key they have the backend's
 * @param maxUnverifiedMillis how long entries in memory are trusted without an invalidation channel
 */
record Recipe(
    KeyRecipe keys,
    List<String> keyedFields,
    PartitionRule partition,
    CallerRule callers,
    CachingPolicy policy,
    Treatment treatment,
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

  /** What a gateway sets on every request it forwards, or takes from it. */
  private static final Set<String> FORWARDING =
      Set.of("cdn-loop", "traceparent", "tracestate", "via", "warmgate-preview");

  static Recipe of(Rule rule, CacheRule cache, String generation) {
    KeyParts parts = cache.options().keyParts();
    CookieRule cookies = new CookieRule(parts.cookies(), globs(parts.ignoredCookies()));
    CallerRule callers = CallerRule.of(rule, cache);
    return new Recipe(
        new KeyRecipe(NO_EPOCH, generation, query(cache), cache.headers(), cookies),
        keyedFields(cache),
        new PartitionRule(parts.credentialHeaders()),
        callers,
        policy(cache, cookies, callers, rule.asksModels()),
        Treatment.of(cache),
        new TagRule(cache.tags().fromHeaders(), cache.tags().add()),
        generation,
        changed(rule),
        cache.maxUnverifiedMillis(),
        cache.onLogLoss());
  }

  private static CachingPolicy policy(
      CacheRule cache, CookieRule cookies, CallerRule callers, boolean models) {
    Set<String> keyed = new HashSet<>(cache.headers());
    keyed.addAll(cache.options().keyParts().credentialHeaders());
    if (callers.keysAuthorization()) {
      keyed.add("authorization");
    }
    return new CachingPolicy(
        ttl(cache),
        new StaleWindows(cache.staleWhileRevalidateMillis(), cache.staleIfErrorMillis()),
        // Whoever asks a model may say that an answer is not fresh enough for him.
        models ? ClientDirectives.HONOR : ClientDirectives.PROTECT_ORIGIN,
        keyed,
        cookies);
  }

  private static TtlRule ttl(CacheRule cache) {
    Lifetimes lifetimes = cache.options().lifetimes();
    return new TtlRule(
        switch (lifetimes.mode()) {
          case HONOR -> TtlRule.Mode.HONOR;
          case OVERRIDE -> TtlRule.Mode.OVERRIDE;
        },
        lifetimes.byStatus().stream()
            .collect(Collectors.toMap(Lifetimes.OfStatus::status, Lifetimes.OfStatus::millis)),
        lifetimes.negativeMillis(),
        cache.defaultTtlMillis(),
        cache.maxTtlMillis());
  }

  private static List<String> keyedFields(CacheRule cache) {
    KeyParts parts = cache.options().keyParts();
    List<String> names = new ArrayList<>(cache.headers());
    names.addAll(parts.credentialHeaders());
    if (!parts.cookies().isEmpty()) {
      names.add("cookie");
    }
    return names.stream().distinct().toList();
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
    AccessRule access = rule.access();
    if (access != null) {
      access.claimHeaders().keySet().forEach(name -> names.add(lower(name)));
      if (access.external() != null) {
        names.addAll(access.external().takeHeaders());
      }
      Stream.concat(access.keyHeaders().stream(), Stream.of("authorization"))
          .filter(name -> CallerFields.isStripped(access, name))
          .forEach(names::add);
    }
    return Set.copyOf(names);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static QueryRule query(CacheRule cache) {
    List<Glob> names = globs(cache.query().names());
    QueryRule kept =
        switch (cache.query().mode()) {
          case ALL -> new QueryRule.All();
          case INCLUDE -> new QueryRule.Include(names);
          case EXCLUDE -> new QueryRule.Exclude(names);
        };
    return switch (cache.options().keyParts().queryOrder()) {
      case KEEP -> kept;
      case SORT -> new QueryRule.Sorted(kept);
    };
  }

  private static List<Glob> globs(List<String> patterns) {
    return patterns.stream().map(Glob::new).toList();
  }
}
