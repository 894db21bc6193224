package io.warmgate.server.ai;

import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;

/**
 * What another model answered, or the same in another version, in the place of the one whose
 * answers are kept: it is kept nowhere.
 */
record StandIn(OriginResponse answer) implements DelegatingResponse {
  @Override
  public boolean isJudgedAtEnd() {
    return true;
  }

  @Override
  public Worth worth() {
    return new Worth.Nothing(Reason.FALLBACK);
  }
}
