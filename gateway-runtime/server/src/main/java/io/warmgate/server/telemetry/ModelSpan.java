package io.warmgate.server.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Tokens;
import java.util.concurrent.TimeUnit;

/**
 * A call to a model as a span, by OpenTelemetry's conventions for generative AI. What was asked and
 * answered is never in it.
 */
final class ModelSpan {
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> PROVIDER =
      AttributeKey.stringKey("gen_ai.provider.name");
  private static final AttributeKey<String> ASKED = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<String> ANSWERED =
      AttributeKey.stringKey("gen_ai.response.model");
  private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> CACHED =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  private static final AttributeKey<Long> OUTPUT =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("warmgate.model");

  private ModelSpan() {}

  static void end(Tracer tracer, Context request, String operation, Inference inference) {
    long end = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    String asked = inference.model().model();
    String answeredBy = inference.answeredBy();
    Tokens tokens = inference.tokens();
    Span span =
        tracer
            .spanBuilder(operation + " " + inference.model().configured())
            .setParent(request)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(end - inference.took().all(), TimeUnit.NANOSECONDS)
            .startSpan()
            .setAttribute(OPERATION, operation)
            .setAttribute(PROVIDER, GenAi.provider(inference.model()))
            .setAttribute(ASKED, asked)
            .setAttribute(ANSWERED, answeredBy.isEmpty() ? null : answeredBy)
            .setAttribute(MODEL, inference.model().label())
            .setAttribute(INPUT, tokens.input())
            .setAttribute(CACHED, tokens.cached())
            .setAttribute(OUTPUT, tokens.output());
    String error = GenAi.error(inference.ending());
    if (error != null) {
      span.setAttribute(ERROR, error).setStatus(StatusCode.ERROR);
    }
    span.end(end, TimeUnit.NANOSECONDS);
  }
}
