package io.warmgate.operator.status;

import io.warmgate.config.admin.PurgeOrder;
import java.util.List;

/** What is to be done for a {@code CacheInvalidation}, once its status was written. */
public sealed interface PurgeAction {

  /**
   * POST {@code /v1/log} to answering pods, one after the other, until one of them appends it.
   * Doing it twice is once.
   */
  record Append(PurgeOrder order) implements PurgeAction {}

  /**
   * POST {@code /v1/purges} to these pods.
   *
   * @param podUids answering pods that have not acknowledged it
   */
  record Push(PurgeOrder order, List<String> podUids) implements PurgeAction {
    public Push {
      podUids = List.copyOf(podUids);
    }
  }

  /**
   * POST {@code /v1/count} to these pods, each until it has answered.
   *
   * @param podUids answering pods that have not
   */
  record Count(PurgeOrder order, List<String> podUids) implements PurgeAction {
    public Count {
      podUids = List.copyOf(podUids);
    }
  }

  /** Name it in every heartbeat ({@code unlogged}), as long as this action is given. */
  record Announce(PurgeOrder order) implements PurgeAction {}

  /** Delete the object: it has been finished for long enough. */
  record Delete() implements PurgeAction {}
}
