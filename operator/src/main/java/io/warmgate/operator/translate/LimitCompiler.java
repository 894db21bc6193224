package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.Money;
import io.warmgate.config.Price;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.RequestLimit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Limits as users write them, into what pods count. */
final class LimitCompiler {
  private static final Durations.Bounds PER = Durations.Bounds.of("1s", "31d");

  /** Places of a decimal that a limit of money counts. */
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
      throw Unusable.invalid(path + ".per", "is required with requests, bytes, tokens and cost");
    }
    long perMillis = Durations.millis(path + ".per", per, PER);
    if (limit.requests() != null) {
      return limit(limit, Limit.Unit.REQUESTS, limit.requests(), perMillis);
    }
    if (limit.tokens() != null) {
      return limit(limit, Limit.Unit.TOKENS, limit.tokens(), perMillis);
    }
    if (limit.cost() != null) {
      return limit(limit, Limit.Unit.COST, nanos(path + ".cost", limit.cost()), perMillis);
    }
    if (limit.bytes() == null) {
      throw Unusable.invalid(path, "needs requests, concurrency, bytes, tokens or cost");
    }
    long bytes = new Quantity(limit.bytes()).getNumericalAmount().min(MOST_BYTES).longValue();
    return limit(limit, Limit.Unit.BYTES, bytes, perMillis);
  }

  private static long nanos(String path, String cost) {
    long nanos = Money.nanos(cost);
    if (nanos == 0) {
      throw Unusable.invalid(path, "must be more than 0");
    }
    return nanos;
  }

  /**
   * Holds models to the limits of money over them: what has no price there would cost nothing.
   *
   * @param path of the list
   * @param models that the rule asks
   * @throws Unusable naming the first limit that a model's cost would not count in
   */
  static void checkPrices(String path, List<Limit> limits, List<Model> models) {
    for (int i = 0; i < limits.size(); i++) {
      Limit limit = limits.get(i);
      for (Model model : models) {
        if (!limit.counts(model)) {
          throw Unusable.invalid(
              path + "[" + i + "].cost",
              ("%s has %s, and a limit in %s would not count what it costs; give it a %s in %s, or"
                      + " take it out of the %s")
                  .formatted(
                      title(model),
                      priced(model),
                      limit.currency(),
                      isOfList(model) ? "price" : "spec.price",
                      limit.currency(),
                      isOfList(model) ? "list or the rule" : "rule"));
        }
      }
    }
  }

  private static boolean isOfList(Model model) {
    return !model.label().equals(model.object());
  }

  private static String title(Model model) {
    String object = model.object();
    String backend = "AiModelBackend '%s'".formatted(object.substring(object.indexOf('/') + 1));
    return isOfList(model) ? "model '%s' of %s".formatted(model.model(), backend) : backend;
  }

  private static String priced(Model model) {
    Price price = model.price();
    return price == null ? "no price that is known" : "a price in " + price.currency();
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
        },
        unit == Limit.Unit.COST ? from.currency() : null);
  }
}
