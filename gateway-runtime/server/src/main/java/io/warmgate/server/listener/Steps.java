package io.warmgate.server.listener;

import io.warmgate.server.PreviewToken;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Observer;

/**
 * The steps of a request that are plugged in.
 *
 * @param preview what lets a request see the other side of a route
 */
public record Steps(CacheStep cache, Observer observer, PreviewToken preview) {

  /** Nobody sees a side that is not theirs. */
  public Steps(CacheStep cache, Observer observer) {
    this(cache, observer, new PreviewToken());
  }
}
