package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.Tokens;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls to models as OpenTelemetry's conventions for generative AI have them: tokens, duration,
 * time to the first chunk of streams. Names of models are the configuration's and providers'; past
 * {@link #MAX_SERIES} providers' own are {@link #OTHER}.
 */
final class ModelCalls implements MultiCollector {
  static final int MAX_SERIES = 200;
  static final String OTHER = "other";

  /** In microseconds, as the conventions say. */
  private static final long[] BOUNDS = {
    10_000,
    20_000,
    40_000,
    80_000,
    160_000,
    320_000,
    640_000,
    1_280_000,
    2_560_000,
    5_120_000,
    10_240_000,
    20_480_000,
    40_960_000,
    81_920_000
  };

  private final Map<Series, Calls> all = new ConcurrentHashMap<>();

  /**
   * @param answeredBy empty: not told
   */
  private record Series(String operation, String provider, String asked, String answeredBy) {
    Labels labels() {
      Labels labels =
          Labels.of(
              "gen_ai_operation_name",
              operation,
              "gen_ai_provider_name",
              provider,
              "gen_ai_request_model",
              asked);
      return answeredBy.isEmpty() ? labels : labels.add("gen_ai_response_model", answeredBy);
    }

    private Series byOther() {
      return new Series(operation, provider, asked, OTHER);
    }
  }

  private static final class Calls {
    private final Map<Ending, Latency> durations = new EnumMap<>(Ending.class);
    private final Latency firstChunk = new Latency(BOUNDS);
    private final TokenSizes input = new TokenSizes();
    private final TokenSizes output = new TokenSizes();

    private Calls() {
      for (Ending ending : Ending.values()) {
        durations.put(ending, new Latency(BOUNDS));
      }
    }

    private void add(Inference inference) {
      Objects.requireNonNull(durations.get(inference.ending())).add(inference.took().all());
      if (inference.took().firstToken() >= 0) {
        firstChunk.add(inference.took().firstToken());
      }
      Tokens tokens = inference.tokens();
      if (tokens.total() > 0) {
        input.add(tokens.input());
        output.add(tokens.output());
      }
    }
  }

  void add(Exchange exchange, Inference inference) {
    Series series =
        new Series(
            GenAi.operation(exchange),
            GenAi.provider(inference.model()),
            inference.model().configured(),
            // Who answers follows a name that a client chose.
            inference.model().asksAny() ? "" : inference.answeredBy());
    Calls known = all.get(series);
    if (known == null) {
      Series kept = all.size() < MAX_SERIES ? series : series.byOther();
      known = all.computeIfAbsent(kept, _ -> new Calls());
    }
    known.add(inference);
  }

  @Override
  public MetricSnapshots collect() {
    HistogramSnapshot.Builder tokens =
        HistogramSnapshot.builder()
            .name("gen_ai_client_token_usage")
            .help("Tokens of calls to models: what they read, and what they wrote.");
    HistogramSnapshot.Builder durations =
        seconds("gen_ai_client_operation_duration_seconds", "How long calls to models took.");
    HistogramSnapshot.Builder firstChunks =
        seconds(
            "gen_ai_client_operation_time_to_first_chunk_seconds",
            "From a call to the first words of its stream.");
    all.forEach(
        (series, calls) -> {
          Labels labels = series.labels();
          tokens
              .dataPoint(calls.input.snapshot(labels.add("gen_ai_token_type", "input")))
              .dataPoint(calls.output.snapshot(labels.add("gen_ai_token_type", "output")));
          firstChunks.dataPoint(calls.firstChunk.snapshot(labels));
          calls.durations.forEach(
              (ending, took) -> {
                String error = GenAi.error(ending);
                durations.dataPoint(
                    took.snapshot(error == null ? labels : labels.add("error_type", error)));
              });
        });
    return MetricSnapshots.of(tokens.build(), durations.build(), firstChunks.build());
  }

  private static HistogramSnapshot.Builder seconds(String name, String help) {
    return HistogramSnapshot.builder().name(name).unit(Unit.SECONDS).help(help);
  }
}
