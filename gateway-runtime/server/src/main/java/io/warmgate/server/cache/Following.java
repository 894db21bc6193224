package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.server.cache.lease.Leases;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what becomes of a fetch that another request of this pod makes, for so long as a fetch
 * holds off others.
 */
final class Following {
  private Following() {}

  /**
   * Waits, and goes on on the caller's event loop. Where it may read along, its place is taken at
   * the moment of the verdict: its event loop may be busy for longer than the body's beginning is
   * kept.
   *
   * @param verdict on any thread; does not fail
   * @param late the verdict where none comes in time
   * @param body that is kept; null: there is nothing to read along
   * @param then gets the verdict, and its place at the body's beginning, which it reads or leaves;
   *     null where there is no body, or its beginning is gone. If it throws, the place is left
   * @return what {@code then} gives
   */
  static <V> Future<Void> of(
      Future<V> verdict,
      V late,
      Function<V, @Nullable SharedBody> body,
      BiFunction<V, @Nullable BodyStream, Future<Void>> then) {
    Context context = Vertx.currentContext();
    Promise<Void> done = Promise.promise();
    verdict
        .timeout(Leases.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(late)
        .onSuccess(
            decided -> {
              SharedBody kept = body.apply(decided);
              BodyStream place = kept == null ? null : BodyStream.of(context, kept);
              context.runOnContext(
                  _ -> {
                    try {
                      then.apply(decided, place).onComplete(done);
                    } catch (RuntimeException e) {
                      if (place != null) {
                        place.leave();
                      }
                      done.tryFail(e);
                    }
                  });
            });
    return done.future();
  }
}
