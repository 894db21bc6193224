package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Purges in a runtime that passes every request through ({@code CacheStep.PASS}): nothing is kept,
 * so a purge is obeyed as soon as it is known, and there is no log to append to.
 */
public final class NothingKept implements Invalidation {
  private final Deque<String> applied = new ArrayDeque<>();

  @Override
  public synchronized void apply(PurgeOrder order) {
    applied.remove(order.id());
    applied.addLast(order.id());
    if (applied.size() > PodState.MAX_APPLIED) {
      applied.removeFirst();
    }
  }

  @Override
  public Future<PurgeReceipt> append(PurgeOrder order) {
    return Future.failedFuture(new IllegalStateException("this gateway has no shared cache"));
  }

  @Override
  public PodState.@Nullable LogState logState() {
    return null;
  }

  @Override
  public synchronized List<String> applied() {
    return List.copyOf(applied);
  }

  @Override
  public boolean caughtUp() {
    return true;
  }
}
