package io.warmgate.server.cache;

import io.warmgate.config.Admission;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Conditions;
import io.warmgate.config.Expiry;
import io.warmgate.config.Methods;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.EarlyRefresh;
import io.warmgate.httpcache.rule.RequestCondition;
import io.warmgate.server.exchange.Exchange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * What a rule's policy asks of the cache beyond what the RFCs leave to it.
 *
 * @param methods that are looked up
 * @param maxContent how much content of a request is read for its key, in bytes
 * @param bypass neither looked up nor stored where one holds
 * @param noStore not stored where one holds
 * @param client what clients are told
 */
record Treatment(
    Set<String> methods,
    long maxContent,
    List<RequestCondition> bypass,
    List<RequestCondition> noStore,
    Expiry expiry,
    Admission admission,
    ClientFields client) {

  static Treatment of(CacheRule cache) {
    Methods methods = cache.options().methods();
    return new Treatment(
        methods.names().stream().map(Methods.Name::name).collect(Collectors.toUnmodifiableSet()),
        methods.maxContentBytes(),
        conditions(cache.options().conditions().bypass()),
        conditions(cache.options().conditions().noStore()),
        cache.options().expiry(),
        cache.options().admission(),
        ClientFields.of(cache));
  }

  /** Whether a request's content is to be read for its key. */
  boolean readsContent(Exchange exchange) {
    return methods.contains("POST") && Posted.canBe(exchange);
  }

  boolean bypasses(RequestView request) {
    return holdsOne(bypass, request);
  }

  boolean forbidsStoring(RequestView request) {
    return holdsOne(noStore, request);
  }

  /** The policy that answers under a key are stored by. */
  CachingPolicy storing(CachingPolicy policy, CacheKey key) {
    int percent = expiry.jitterPercent();
    return percent == 0 ? policy : policy.with(policy.ttl().jittered(percent, key.id()));
  }

  /** Whether the request that a fresh entry answers has it brought up to date. */
  boolean refreshesEarly(RequestView request, Validity validity) {
    return expiry.earlyRefresh() == Expiry.EarlyRefresh.ON
        && EarlyRefresh.isDue(
            request,
            validity,
            1 - ThreadLocalRandom.current().nextDouble(),
            System.currentTimeMillis());
  }

  /** In bytes; within what the stores take. */
  long largestBody(long stores) {
    Long asked = admission.maxBodyBytes();
    return asked == null ? stores : Math.min(stores, asked);
  }

  boolean isTooSmall(long bytes) {
    return bytes < admission.minBodyBytes();
  }

  private static boolean holdsOne(List<RequestCondition> conditions, RequestView request) {
    for (RequestCondition condition : conditions) {
      if (condition.holds(request)) {
        return true;
      }
    }
    return false;
  }

  private static List<RequestCondition> conditions(List<Conditions.Condition> configured) {
    return configured.stream()
        // Who reads what models are asked sees to those.
        .filter(condition -> condition.part() != Conditions.Condition.Part.FIELD)
        .map(
            condition ->
                new RequestCondition(
                    switch (condition.part()) {
                      case HEADER -> RequestCondition.Part.HEADER;
                      case QUERY -> RequestCondition.Part.QUERY;
                      case COOKIE -> RequestCondition.Part.COOKIE;
                      case FIELD -> throw new IllegalStateException("a field of the content");
                    },
                    condition.name(),
                    condition.value()))
        .toList();
  }
}
