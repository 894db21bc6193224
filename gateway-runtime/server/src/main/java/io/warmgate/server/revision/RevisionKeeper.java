package io.warmgate.server.revision;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.server.Dataplane;
import io.warmgate.server.revision.RevisionLedger.Verdict;
import io.warmgate.server.values.ValueStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes revisions, one at a time and in the order they are offered: judged by {@link
 * RevisionLedger}, opened off the event loops, held against the values, then given to the data
 * plane. Where any of these refuses, what was served goes on.
 */
public final class RevisionKeeper {
  private static final Logger log = LoggerFactory.getLogger(RevisionKeeper.class);

  private final Vertx vertx;
  private final Dataplane dataplane;
  private final ValueStore values;
  private final Taken taken;
  private Future<?> last = Future.succeededFuture();
  private volatile RevisionLedger ledger;
  private volatile @Nullable GatewayConfig config;

  /** Told of every configuration once it is served. */
  @FunctionalInterface
  public interface Taken {
    void taken(long number, GatewayConfig config);
  }

  public RevisionKeeper(
      Vertx vertx, String gateway, Dataplane dataplane, ValueStore values, Taken taken) {
    this.vertx = vertx;
    this.dataplane = dataplane;
    this.values = values;
    this.taken = taken;
    this.ledger = RevisionLedger.empty(gateway);
  }

  public RevisionLedger ledger() {
    return ledger;
  }

  /** What is served; null before the first. */
  public @Nullable GatewayConfig config() {
    return config;
  }

  /** Tries the revisions in their order until one is served. */
  public Future<Void> start(List<Revision> revisions) {
    Future<Void> tried = Future.succeededFuture();
    for (Revision revision : revisions) {
      tried =
          tried.compose(
              _ ->
                  config != null
                      ? Future.succeededFuture()
                      : offer(revision).otherwiseEmpty().mapEmpty());
    }
    return tried;
  }

  /**
   * @return completes when the revision is served; fails with {@link RefusedException} where it is
   *     not taken
   */
  public synchronized Future<Void> offer(Revision revision) {
    Future<Void> result = last.transform(_ -> judge(revision));
    last = result;
    return result;
  }

  /** Values for the revisions that come: a revision under way still finds its own. */
  public synchronized Future<Void> push(SecretValues pushed) {
    Future<Void> result =
        last.transform(
            _ -> {
              values.push(pushed, config);
              return Future.succeededFuture();
            });
    last = result;
    return result;
  }

  private Future<Void> judge(Revision revision) {
    return switch (ledger.judge(revision)) {
      case Verdict.Serving _ -> Future.succeededFuture();
      case Verdict.Reject(String reason, String path, String problem) ->
          Future.failedFuture(
              new RefusedException(new Refusal(reason, path, path + " " + problem)));
      case Verdict.Take _ ->
          vertx
              .executeBlocking(() -> open(revision), false)
              .compose(opened -> dataplane.take(opened, values).map(opened))
              .transform(
                  result ->
                      result.succeeded()
                          ? served(revision, result.result())
                          : refused(revision, result.cause()));
    };
  }

  private GatewayConfig open(Revision revision) {
    GatewayConfig opened = revision.open();
    values.require(opened);
    return opened;
  }

  private Future<Void> served(Revision revision, GatewayConfig opened) {
    ledger = ledger.taken(revision);
    config = opened;
    taken.taken(revision.number(), opened);
    log.info("serves revision {} ({})", revision.number(), revision.hash());
    return Future.succeededFuture();
  }

  private Future<Void> refused(Revision revision, Throwable cause) {
    ConfigException why =
        cause instanceof ConfigException refusal
            ? refusal
            : new ConfigException("", "cannot be served: " + cause);
    if (!(cause instanceof ConfigException)) {
      log.error("revision {} failed", revision.number(), cause);
    }
    ledger = ledger.refused(revision, why);
    log.warn("refused revision {}: {}", revision.number(), why.getMessage());
    return Future.failedFuture(
        new RefusedException(new Refusal("Refused", why.path(), String.valueOf(why.getMessage()))));
  }
}
