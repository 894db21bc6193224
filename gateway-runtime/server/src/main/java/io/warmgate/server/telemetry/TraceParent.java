package io.warmgate.server.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * The header field {@code traceparent}: {@code version-traceid-parentid-flags}.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context §3.2</a>
 */
final class TraceParent {
  private static final int LENGTH = 55;

  private TraceParent() {}

  /** The trace id; null where the field is missing or not valid. */
  static @Nullable String traceId(@Nullable String field) {
    return field != null && valid(field) ? field.substring(3, 35) : null;
  }

  /** What the sender says of its span; invalid where the field is missing or not valid. */
  static SpanContext parse(@Nullable String field) {
    if (field == null || !valid(field)) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        field.substring(3, 35),
        field.substring(36, 52),
        TraceFlags.fromHex(field, 53),
        TraceState.getDefault());
  }

  static String format(SpanContext context) {
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  /** A later version may append fields (§3.2.4, "Versioning of traceparent"). */
  private static boolean valid(String field) {
    if (field.length() < LENGTH
        || field.charAt(2) != '-'
        || field.charAt(35) != '-'
        || field.charAt(52) != '-'
        || !hex(field, 0, 2)
        || !hex(field, 53, 55)
        || field.startsWith("ff")) {
      return false;
    }
    boolean exact = field.length() == LENGTH;
    boolean later = !field.startsWith("00") && !exact && field.charAt(LENGTH) == '-';
    return (exact || later)
        && TraceId.isValid(field.substring(3, 35))
        && SpanId.isValid(field.substring(36, 52));
  }

  private static boolean hex(String field, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = field.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }
}
