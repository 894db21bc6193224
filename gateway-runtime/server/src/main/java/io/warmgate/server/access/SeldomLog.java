package io.warmgate.server.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what goes wrong with each request, once in ten seconds. */
final class SeldomLog {
  private static final Logger log = LoggerFactory.getLogger(SeldomLog.class);
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

  private final String what;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  SeldomLog(String what) {
    this.what = what;
  }

  void say(Throwable cause) {
    long due = next.get();
    long now = System.nanoTime();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
      log.warn("{}: {}", what, cause.getMessage());
    }
  }
}
