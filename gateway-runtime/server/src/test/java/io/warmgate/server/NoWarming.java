package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Always busy; was asked for nothing. */
final class NoWarming implements Warming {
  volatile @Nullable String pending;

  @Override
  public Future<WarmReport> warm(WarmOrder order) {
    return Future.failedFuture(new BusyException("64 requests are being warmed already"));
  }

  @Override
  public Future<ReadReport> read(ReadOrder order) {
    return Future.succeededFuture(ReadReport.failed(order.route()));
  }

  /** Its total is what was asked for. */
  @Override
  public Future<HotRequests> hot(String route, int top) {
    return Future.succeededFuture(new HotRequests(route, top, 0, List.of()));
  }

  @Override
  public @Nullable String pending() {
    return pending;
  }
}
