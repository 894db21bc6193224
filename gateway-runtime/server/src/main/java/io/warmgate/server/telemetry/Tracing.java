package io.warmgate.server.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.warmgate.config.Telemetry;
import io.warmgate.httpcache.rule.Credentials;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Observer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Spans over OTLP, as one revision wants them. A request's span continues the client's trace, and
 * follows its decision whether to record (parent-based); where there is none the share of the
 * configuration decides. Attribute names are OpenTelemetry's for HTTP.
 */
final class Tracing {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("warmgate.route");
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("warmgate.rule");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("warmgate.reason");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("warmgate.outcome");

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /** The span of a request. */
  record Recorded(Span span, Context context) {}

  /**
   * @param resource who the spans are of
   */
  Tracing(Telemetry.Tracing settings, Resource resource) {
    String endpoint = settings.endpoint().replaceAll("/+$", "") + "/v1/traces";
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(
                Sampler.parentBased(Sampler.traceIdRatioBased(settings.samplingPercent() / 100)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder()
                            .setEndpoint(endpoint)
                            .setTimeout(Duration.ofSeconds(5))
                            .build())
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .build())
            .build();
    this.tracer = provider.get("io.warmgate");
  }

  void begun(Exchange exchange) {
    SpanContext parent = TraceParent.parse(exchange.traceparent());
    String route = exchange.routeId();
    String method = exchange.request().method().name();
    Span span =
        tracer
            .spanBuilder(route == null ? method : method + " " + route)
            .setSpanKind(SpanKind.SERVER)
            .setParent(Context.root().with(Span.wrap(parent)))
            .setStartTimestamp(exchange.timings().startedAtMillis(), TimeUnit.MILLISECONDS)
            .startSpan();
    exchange.traceparent(TraceParent.format(span.getSpanContext()));
    if (span.isRecording()) {
      exchange.telemetry(new Recorded(span, Context.root().with(span)));
    }
  }

  Observer.Span part(Recorded request, Observer.Part part) {
    Span span =
        tracer
            .spanBuilder(part.name().toLowerCase(Locale.ROOT))
            .setParent(request.context())
            .setSpanKind(kind(part))
            .startSpan();
    return new PartSpan(span);
  }

  /** A span of a call to a model, once it has ended. */
  void inferred(Recorded request, Exchange exchange, Inference inference) {
    ModelSpan.end(tracer, request.context(), GenAi.operation(exchange), inference);
  }

  private static SpanKind kind(Observer.Part part) {
    return switch (part) {
      case L2, UPSTREAM -> SpanKind.CLIENT;
      case L1, WAIT, PURGE -> SpanKind.INTERNAL;
    };
  }

  static void ended(Recorded request, Exchange exchange) {
    int status = exchange.reply().status();
    var rule = exchange.rule();
    Span span = request.span();
    span.setAttribute(METHOD, exchange.request().method().name())
        .setAttribute(STATUS, (long) status)
        .setAttribute(HOST, exchange.target().host())
        .setAttribute(PATH, Credentials.hiddenInPath(exchange.target().path()))
        .setAttribute(CLIENT, exchange.client().address())
        .setAttribute(ROUTE, exchange.routeId())
        .setAttribute(RULE, rule == null ? null : rule.id())
        .setAttribute(REASON, exchange.reason());
    if (status >= 500 || exchange.reply().broken()) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** Sends what is recorded, then ends. Blocks for at most five seconds. */
  void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }

  /** A resource of this name, for a pod. */
  static Resource resource(String gateway, String namespace, String pod) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.builder()
                    .put("service.name", gateway)
                    .put("service.namespace", namespace)
                    .put("k8s.pod.name", pod)
                    .build()));
  }

  private record PartSpan(Span span) implements Observer.Span {
    @Override
    public void end(String outcome) {
      span.setAttribute(OUTCOME, outcome).end();
    }

    @Override
    public String traceparent() {
      return TraceParent.format(span.getSpanContext());
    }
  }
}
