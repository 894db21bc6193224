package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.warmgate.config.Limit;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.RequestLimit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Limits as users write them, into what pods count. */
final class LimitCompiler {
  private static final Durations.Bounds PER = Durations.Bounds.of("1s", "31d");
  private static final BigDecimal MOST_BYTES = BigDecimal.valueOf(1L << 50);

  private LimitCompiler() {}

  /**
   * @param path of the list
   * @throws Unusable naming the first field that is invalid
   */
  static List<Limit> compile(String path, List<RequestLimit> limits) {
    List<Limit> compiled = new ArrayList<>();
    for (RequestLimit limit : limits) {
      compiled.add(compile(path + "[" + compiled.size() + "]", limit));
    }
    return compiled;
  }

  private static Limit compile(String path, RequestLimit limit) {
    if (limit.concurrency() != null) {
      return limit(limit, Limit.Unit.CONCURRENCY, limit.concurrency(), 0);
    }
    ApiDuration per = limit.per();
    if (per == null) {
      throw Unusable.invalid(path + ".per", "is required with requests, bytes and tokens");
    }
    long perMillis = Durations.millis(path + ".per", per, PER);
    if (limit.requests() != null) {
      return limit(limit, Limit.Unit.REQUESTS, limit.requests(), perMillis);
    }
    if (limit.tokens() != null) {
      return limit(limit, Limit.Unit.TOKENS, limit.tokens(), perMillis);
    }
    if (limit.bytes() == null) {
      throw Unusable.invalid(path, "needs requests, concurrency, bytes or tokens");
    }
    long bytes = new Quantity(limit.bytes()).getNumericalAmount().min(MOST_BYTES).longValue();
    return limit(limit, Limit.Unit.BYTES, bytes, perMillis);
  }

  private static Limit limit(RequestLimit from, Limit.Unit unit, long amount, long perMillis) {
    return new Limit(
        from.name(),
        switch (from.by()) {
          case CONSUMER -> Limit.By.CONSUMER;
          case ROUTE -> Limit.By.ROUTE;
          case BACKEND -> Limit.By.BACKEND;
          case CLIENT_ADDRESS -> Limit.By.CLIENT_ADDRESS;
        },
        unit,
        amount,
        perMillis,
        switch (from.hits()) {
          case FREE -> Limit.Hits.FREE;
          case COUNTED -> Limit.Hits.COUNTED;
        },
        switch (from.mode()) {
          case ENFORCE -> Limit.Mode.ENFORCE;
          case SHADOW -> Limit.Mode.SHADOW;
        });
  }
}
