package io.warmgate.server.telemetry;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Telemetry;
import io.warmgate.server.Settings;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Observer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Metrics, access log and spans of every exchange, as the served revision wants them. */
public final class RequestTelemetry implements Observer, AutoCloseable {
  /** Kept with an exchange whose begin was seen and which is not recorded. */
  private static final Object BEGUN = new Object();

  private final Settings.Pod pod;
  private final RequestMetrics metrics;
  private final AccessLog accessLog;
  private volatile Wanted wanted = new Wanted(0, false, null, null);

  /**
   * @param settings what {@code tracing} was made of
   */
  private record Wanted(
      long revision,
      boolean accessLog,
      Telemetry.@Nullable Tracing settings,
      @Nullable Tracing tracing) {}

  public RequestTelemetry(Settings.Pod pod, RequestMetrics metrics, AccessLog accessLog) {
    this.pod = pod;
    this.metrics = metrics;
    this.accessLog = accessLog;
  }

  /** What was spent on models, and saved. */
  public ModelSpending spending() {
    return metrics.spending();
  }

  /** From now on as this revision says. Requests under way end in the spans they began. */
  public synchronized void configure(long revision, GatewayConfig config) {
    metrics.configure(config);
    Wanted was = wanted;
    Telemetry telemetry = config.telemetry();
    boolean same = Objects.equals(was.settings(), telemetry.tracing());
    Tracing tracing = same ? was.tracing() : tracing(telemetry.tracing(), config);
    wanted = new Wanted(revision, telemetry.accessLog(), telemetry.tracing(), tracing);
    if (!same && was.tracing() != null) {
      var _ = Thread.ofVirtual().start(was.tracing()::close);
    }
  }

  private @Nullable Tracing tracing(Telemetry.@Nullable Tracing settings, GatewayConfig config) {
    return settings == null
        ? null
        : new Tracing(
            settings, Tracing.resource(config.gateway().name(), pod.namespace(), pod.name()));
  }

  @Override
  public void begun(Exchange exchange) {
    metrics.begun();
    exchange.telemetry(BEGUN);
    Tracing tracing = wanted.tracing();
    if (tracing != null) {
      tracing.begun(exchange);
    }
  }

  @Override
  public Span span(Exchange exchange, Part part) {
    Tracing tracing = wanted.tracing();
    return tracing != null && exchange.telemetry() instanceof Tracing.Recorded request
        ? tracing.part(request, part)
        : Span.NONE;
  }

  @Override
  public void took(Part part, long nanos) {
    metrics.cache().took(part, nanos);
  }

  @Override
  public void happened(Event event) {
    metrics.cache().happened(event);
  }

  @Override
  public void inferred(Exchange exchange, Inference inference) {
    metrics.inferred(exchange, inference);
    Tracing tracing = wanted.tracing();
    if (tracing != null && exchange.telemetry() instanceof Tracing.Recorded request) {
      tracing.inferred(request, exchange, inference);
    }
  }

  @Override
  public void ended(Exchange exchange) {
    long end = exchange.timings().ended();
    long total = (end == 0 ? System.nanoTime() : end) - exchange.timings().started();
    if (exchange.telemetry() != null) {
      metrics.completed();
    }
    if (exchange.handedTo() == null || !exchange.reason().equals(Elsewhere.REASON)) {
      metrics.answered(exchange, total);
    }
    Wanted now = wanted;
    if (now.accessLog()) {
      String traceId = TraceParent.traceId(exchange.traceparent());
      accessLog.add(AccessEntry.of(exchange, now.revision(), total, traceId));
    }
    if (exchange.telemetry() instanceof Tracing.Recorded request) {
      Tracing.ended(request, exchange);
    }
  }

  /** Sends the spans that wait and writes the lines that wait. */
  @Override
  public void close() {
    Tracing tracing = wanted.tracing();
    if (tracing != null) {
      tracing.close();
    }
    accessLog.close();
  }
}
