package io.warmgate.server.cache;

import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.server.exchange.OriginRequest;
import org.jspecify.annotations.Nullable;

/** What a POST asks beyond its URL: to the cache's rules it is a GET of that. */
sealed interface Told permits Posted, Inferred {

  /** Why it is none for the cache after all; null: it may be one. */
  @Nullable Reason never();

  /** Whether nothing that it brings is kept. */
  boolean isUnkept();

  /**
   * The key of the question.
   *
   * @param asked the key of what the head asks
   * @param request its fields, as they are keyed
   */
  CacheKey key(CacheKey asked, Fields request);

  /** The same request with its content, as often as it is sent. */
  OriginRequest asked(OriginRequest template);

  /** What is decided of an answer, in the end. */
  StoreDecision judged(StoreDecision decision);
}
