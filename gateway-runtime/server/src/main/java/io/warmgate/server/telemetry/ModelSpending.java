package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.warmgate.config.Consumer;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.TokenCounts;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Saved;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and money, spent and saved, by route, model and consumer. Tokens are counted at the price
 * that held; what they cost is worked out where it is read, so that nothing is rounded before.
 * Routes, models and consumers are the configuration's; past {@link #MAX_ACCOUNTS} routes and
 * consumers that come new are {@link #OTHER}.
 */
public final class ModelSpending implements MultiCollector {
  static final int MAX_ACCOUNTS = 1_000;
  static final String OTHER = "other";

  /** Who has no name. */
  static final String NOBODY = "nobody";

  private final Map<Account, Counts> accounts = new ConcurrentHashMap<>();

  private record Account(String route, String model, String consumer, @Nullable Price price) {
    private Account ofOthers() {
      return new Account(OTHER, model, OTHER, price);
    }

    private Labels labels() {
      return Labels.of("route", route, "model", model, "consumer", consumer);
    }
  }

  private record Counts(TokenCount spent, TokenCount saved) {
    private Counts() {
      this(new TokenCount(), new TokenCount());
    }
  }

  void spent(Exchange exchange, Inference inference) {
    long time = time(inference.model(), inference.micros());
    if (inference.answers() > 0 || time > 0) {
      of(exchange, inference.model()).spent().add(inference.tokens(), inference.answers(), time);
    }
  }

  void saved(Exchange exchange, Saved saved) {
    of(exchange, saved.model()).saved().add(saved.tokens(), 1, time(saved.model(), saved.micros()));
  }

  /** Where it costs nothing it is not counted. */
  private static long time(Model model, long micros) {
    Price price = model.price();
    return price != null && price.countsTime() ? micros : 0;
  }

  private Counts of(Exchange exchange, Model model) {
    Consumer consumer = exchange.caller().consumer();
    String route = exchange.routeId();
    Account account =
        new Account(
            route == null ? OTHER : route,
            model.label(),
            consumer == null ? NOBODY : consumer.id(),
            model.price());
    Counts known = accounts.get(account);
    if (known != null) {
      return known;
    }
    Account kept = accounts.size() < MAX_ACCOUNTS ? account : account.ofOthers();
    return accounts.computeIfAbsent(kept, _ -> new Counts());
  }

  /** What was counted so far, by AiModelBackend and price. */
  public List<ModelTraffic> read() {
    Map<ModelTraffic.Account, ModelTraffic> models = new HashMap<>();
    accounts.forEach(
        (account, counts) -> {
          ModelTraffic one =
              new ModelTraffic(
                  Model.object(account.model()),
                  account.price(),
                  counts.spent().sum(),
                  counts.saved().sum());
          models.merge(one.account(), one, ModelTraffic::plus);
        });
    return List.copyOf(models.values());
  }

  @Override
  public MetricSnapshots collect() {
    return MetricSnapshots.of(
        tokens("warmgate_model_tokens", "Tokens that models took.", Counts::spent),
        tokens(
            "warmgate_model_saved_tokens",
            "Tokens that models did not take, since the answer was there or on its way.",
            Counts::saved),
        money("warmgate_model_cost", "What calls to models cost.", Counts::spent),
        money("warmgate_model_saved_cost", "What they would have cost besides.", Counts::saved));
  }

  private CounterSnapshot tokens(String name, String help, Function<Counts, TokenCount> which) {
    Map<Labels, TokenCounts> sums =
        sums(
            (account, counts) -> Map.entry(account.labels(), which.apply(counts).sum()),
            TokenCounts::plus);
    CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
    sums.forEach(
        (labels, sum) ->
            metric
                .dataPoint(point(labels.add("type", "input"), (double) sum.input()))
                .dataPoint(point(labels.add("type", "cached-input"), (double) sum.cachedInput()))
                .dataPoint(point(labels.add("type", "output"), (double) sum.output())));
    return metric.build();
  }

  private CounterSnapshot money(String name, String help, Function<Counts, TokenCount> which) {
    Map<Labels, BigDecimal> sums =
        sums(
            (account, counts) -> {
              Price price = account.price();
              return price == null
                  ? null
                  : Map.entry(
                      account.labels().add("currency", price.currency()),
                      which.apply(counts).sum().at(price));
            },
            BigDecimal::add);
    CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
    sums.forEach((labels, sum) -> metric.dataPoint(point(labels, sum.doubleValue())));
    return metric.build();
  }

  private <V> Map<Labels, V> sums(
      BiFunction<Account, Counts, Map.@Nullable Entry<Labels, V>> of, BiFunction<V, V, V> plus) {
    Map<Labels, V> sums = new TreeMap<>();
    accounts.forEach(
        (account, counts) -> {
          Map.Entry<Labels, V> entry = of.apply(account, counts);
          if (entry != null) {
            sums.merge(entry.getKey(), entry.getValue(), plus);
          }
        });
    return sums;
  }

  private static CounterDataPointSnapshot point(Labels labels, double value) {
    return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
