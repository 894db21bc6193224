package io.warmgate.server.idempotency;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * This pod's right to ask the backend for a key, and its duty to say what came of it: once, by the
 * first of {@link #finish} and {@link #release}. Until then its lease is renewed.
 */
final class Reservation {
  private final Ledger ledger;
  private final Asked asked;
  private final String token;
  private final long keepMillis;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean released;

  Reservation(Ledger ledger, Asked asked, String token, long keepMillis) {
    this.ledger = ledger;
    this.asked = asked;
    this.token = token;
    this.keepMillis = keepMillis;
  }

  Asked asked() {
    return asked;
  }

  String token() {
    return token;
  }

  long keepMillis() {
    return keepMillis;
  }

  /**
   * Whoever comes next with the key gets this.
   *
   * @return completes when it is in Redis, or Redis was waited for long enough; never fails
   */
  Future<Void> finish(Kept kept) {
    return over.compareAndSet(false, true) ? ledger.finish(this, kept) : Future.succeededFuture();
  }

  /** The backend was not asked: whoever comes next with the key is the first. */
  void release() {
    if (over.compareAndSet(false, true)) {
      released = true;
      ledger.release(this);
    }
  }

  boolean isReleased() {
    return released;
  }
}
