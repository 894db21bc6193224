package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.StoreDecision.Skip;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.OriginRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A POST that a policy takes for a question: to the cache's rules it is a GET of what its content
 * names. RFC 9110 §9.3.3 has caches store an answer to POST "only [...] when they include explicit
 * freshness information", and answer no POST from it: the policy is the owner's word that these
 * POSTs change nothing where their answers may be kept.
 *
 * @param content whole
 */
record Posted(Content content) implements Told {
  /** Fields that say how content is read. */
  static final List<String> OF_CONTENT =
      List.of("content-type", "content-encoding", "content-language");

  /** What makes a POST another question than its content is, or is no POST's to ask. */
  private static final List<String> NEITHER =
      List.of(
          "expect",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "range");

  /** Whether its content may be read for a key. */
  static boolean canBe(Exchange exchange) {
    return exchange.request().method().equals(HttpMethod.POST)
        && NEITHER.stream().noneMatch(exchange.request().headers()::contains);
  }

  /**
   * One that nobody sent.
   *
   * @param max how much of its content is read, in bytes
   */
  static Posted imagined(@Nullable String text, long max) {
    Buffer content = Buffer.buffer(text == null ? "" : text);
    Content whole = new Content(content, null);
    return new Posted(content.length() > max ? new Content(content, whole.stream()) : whole);
  }

  @Override
  public @Nullable Reason never() {
    return content.isWhole() ? null : Reason.REQUEST_CONTENT;
  }

  /** Of what is asked at all, and of the content. */
  @Override
  public boolean isUnkept() {
    return false;
  }

  @Override
  public CacheKey key(CacheKey asked, Fields request) {
    FieldList.Builder read = FieldList.builder();
    for (String name : OF_CONTENT) {
      request.all(name).forEach(value -> read.add(name, value));
    }
    return asked.ofContent("POST", OF_CONTENT, read.build(), Bytes.of(content.begin().getBytes()));
  }

  @Override
  public OriginRequest asked(OriginRequest template) {
    return new OriginRequest(
        HttpMethod.POST,
        template.target(),
        template.headers(),
        template.body() == null ? null : content.stream());
  }

  /** Nothing is kept that does not say itself for how long. */
  @Override
  public StoreDecision judged(StoreDecision decision) {
    return decision instanceof Keep keep
            && keep.reason() != Reason.EXPLICIT
            && keep.reason() != Reason.OVERRIDDEN
        ? new Skip(Reason.NO_FRESHNESS)
        : decision;
  }
}
