package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Always busy; was asked for nothing; has nothing to do before it is ready. */
record NoWarming() implements Warming {
  @Override
  public Future<WarmReport> warm(WarmOrder order) {
    return Future.failedFuture(new BusyException("64 requests are being warmed already"));
  }

  @Override
  public Future<HotRequests> hot(String route, int top) {
    return Future.succeededFuture(new HotRequests(route, top, 0, List.of()));
  }

  @Override
  public @Nullable String pending() {
    return null;
  }
}
