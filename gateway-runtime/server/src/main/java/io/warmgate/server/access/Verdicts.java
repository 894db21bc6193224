package io.warmgate.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.server.access.Verdict.Allowed;
import io.warmgate.server.access.Verdict.Denied;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What users' services said, by the digests of what they were asked, within bounds. Refusals are
 * apart, so that these, however many, push nobody out who may go on.
 */
final class Verdicts {
  private static final int MAX_DENIED = 20_000;
  private static final long MAX_BYTES = 32 << 20;
  private static final int HEAP_SHARE = 64;

  /** What one takes beside what is told, in bytes; an estimate. */
  private static final int FRAME = 300;

  private final Cache<Digest, Allowed> allowed;
  private final Cache<Digest, Denied> denied;
  private final ConcurrentHashMap<Digest, Future<Verdict>> underWay = new ConcurrentHashMap<>();

  Verdicts() {
    allowed =
        Caffeine.newBuilder()
            .maximumWeight(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE))
            .weigher((Digest _, Allowed one) -> weight(one))
            .executor(Runnable::run)
            .build();
    denied = Caffeine.newBuilder().maximumSize(MAX_DENIED).executor(Runnable::run).build();
  }

  private static int weight(Allowed one) {
    int weight = FRAME;
    for (var field : one.told().entrySet()) {
      weight += field.getKey().length() + field.getValue().length() + 100;
    }
    return weight;
  }

  /**
   * @param maxMillis how old it may be
   * @return null: it is to be asked for
   */
  @Nullable Verdict of(Digest question, long maxMillis, long nowMillis) {
    if (maxMillis == 0) {
      return null;
    }
    Verdict known = allowed.getIfPresent(question);
    if (known == null) {
      known = denied.getIfPresent(question);
    }
    return known != null && nowMillis - known.atMillis() < maxMillis ? known : null;
  }

  /**
   * Has it asked for, once for all who want to know it meanwhile, and keeps it.
   *
   * @param maxMillis for how long; 0: not
   */
  Future<Verdict> once(Digest question, long maxMillis, Supplier<Future<Verdict>> work) {
    Promise<Verdict> mine = Promise.promise();
    Future<Verdict> others = underWay.putIfAbsent(question, mine.future());
    if (others != null) {
      return others;
    }
    work.get()
        .onComplete(
            answer -> {
              if (answer.succeeded() && maxMillis > 0) {
                keep(question, answer.result());
              }
              underWay.remove(question);
              mine.handle(answer);
            });
    return mine.future();
  }

  /** The last word alone counts. */
  private void keep(Digest question, Verdict verdict) {
    switch (verdict) {
      case Allowed yes -> {
        denied.invalidate(question);
        allowed.put(question, yes);
      }
      case Denied no -> {
        allowed.invalidate(question);
        denied.put(question, no);
      }
    }
  }
}
