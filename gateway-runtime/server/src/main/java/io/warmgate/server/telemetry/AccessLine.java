package io.warmgate.server.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.warmgate.httpcache.rule.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One line of the access log: JSON, its fields as in {@code docs/access-log.md}. */
final class AccessLine {
  /** Of a path, query or user agent; what is longer is cut. */
  private static final int MAX_TEXT = 4_096;

  private static final JsonFactory JSON =
      JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private AccessLine() {}

  /** Writes the line and its end. */
  static void write(AccessEntry entry, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("time", Instant.ofEpochMilli(entry.startedAtMillis()).toString());
      asked(json, entry.asked());
      text(json, "consumer", entry.who().consumer());
      text(json, "refused", entry.who().refused());
      json.writeNumberField("status", entry.status());
      json.writeNumberField("bytes", entry.bytes());
      why(json, entry.why());
      routed(json, entry.routed());
      inferred(json, entry.inferred());
      json.writeNumberField("revision", entry.revision());
      millis(json, "totalMs", entry.took().total());
      millis(json, "waitMs", entry.took().beforeUpstream());
      millis(json, "upstreamMs", entry.took().upstreamHead());
      text(json, "handedTo", entry.handed().to());
      text(json, "handedBy", entry.handed().by());
      text(json, "traceId", entry.traceId());
      if (entry.broken()) {
        json.writeBooleanField("broken", true);
      }
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void asked(JsonGenerator json, AccessEntry.Asked asked) throws IOException {
    text(json, "listener", asked.listener());
    text(json, "client", asked.client());
    text(json, "protocol", asked.protocol());
    text(json, "method", asked.method());
    text(json, "host", asked.host());
    text(json, "path", Credentials.hiddenInPath(asked.path()));
    text(json, "query", asked.query() == null ? null : Credentials.hiddenInQuery(asked.query()));
    text(json, "userAgent", asked.userAgent());
  }

  private static void why(JsonGenerator json, AccessEntry.Why why) throws IOException {
    text(json, "reason", why.reason().isEmpty() ? null : why.reason());
    text(json, "notStored", why.notStored());
    text(json, "cacheStatus", why.cacheStatus());
    text(json, "overLimit", why.overLimit());
    text(json, "idempotency", why.idempotency());
  }

  private static void routed(JsonGenerator json, AccessEntry.Routed routed) throws IOException {
    text(json, "route", routed.route());
    text(json, "release", routed.release());
    text(json, "rule", routed.rule());
    text(json, "backend", routed.backend());
    text(json, "generation", routed.generation());
    text(json, "upstream", routed.endpoint());
    if (routed.tries() > 1) {
      json.writeNumberField("retries", routed.tries() - 1);
    }
  }

  private static void inferred(JsonGenerator json, AccessEntry.@Nullable Inferred inferred)
      throws IOException {
    if (inferred != null) {
      text(json, "model", inferred.model());
      text(json, "modelAsked", inferred.asked());
      text(json, "modelKey", inferred.key());
      tokens(json, "inputTokens", inferred.input());
      tokens(json, "outputTokens", inferred.output());
      tokens(json, "savedTokens", inferred.saved());
      millis(json, "firstTokenMs", inferred.firstToken());
    }
  }

  private static void tokens(JsonGenerator json, String name, long count) throws IOException {
    if (count >= 0) {
      json.writeNumberField(name, count);
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) : value);
    }
  }

  /** Three decimals; left out where there is none. */
  private static void millis(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos >= 0) {
      json.writeNumberField(name, TimeUnit.NANOSECONDS.toMicros(nanos) / 1e3);
    }
  }
}
