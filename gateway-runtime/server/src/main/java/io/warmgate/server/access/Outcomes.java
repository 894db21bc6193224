package io.warmgate.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.server.access.Outcome.Pass;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of tokens, by their digests, within bounds. What was refused is apart, so that bad
 * tokens, however many, push no good one out.
 */
final class Outcomes {
  private static final int MAX_REFUSED = 20_000;
  private static final long MAX_BYTES = 64 << 20;
  private static final int HEAP_SHARE = 32;

  /** What an outcome takes beside its claims, in bytes; an estimate. */
  private static final int FRAME = 400;

  private final Cache<Digest, Verified> verified;
  private final Cache<Digest, Refused> refused;
  private final ConcurrentHashMap<Digest, Future<Outcome>> underWay = new ConcurrentHashMap<>();

  Outcomes() {
    verified =
        Caffeine.newBuilder()
            .maximumWeight(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE))
            .weigher((Digest _, Verified outcome) -> weight(outcome))
            .executor(Runnable::run)
            .build();
    refused = Caffeine.newBuilder().maximumSize(MAX_REFUSED).executor(Runnable::run).build();
  }

  private static int weight(Verified outcome) {
    int weight = FRAME;
    for (Pass pass : outcome.passes()) {
      for (Identity shown : pass.shown()) {
        for (var claim : shown.caller().claims().entrySet()) {
          weight += claim.getKey().length() + claim.getValue().length() + 100;
        }
      }
    }
    return weight;
  }

  /** Null: it is to be verified, for this rule at this time. */
  @Nullable Outcome of(Digest token, Gate gate, long nowMillis) {
    Verified known = verified.getIfPresent(token);
    if (known != null && known.isRemembered(gate, nowMillis) && known.counts(nowMillis)) {
      return known;
    }
    Refused no = refused.getIfPresent(token);
    return no != null && nowMillis < no.untilMillis() ? no : null;
  }

  private void keep(Digest token, Outcome outcome) {
    switch (outcome) {
      case Verified yes -> verified.put(token, yes);
      case Refused no when no.untilMillis() > 0 -> refused.put(token, no);
      case Refused _ -> {}
    }
  }

  /**
   * Has it found out, once for all who want to know it meanwhile, and keeps it.
   *
   * @param work never fails
   */
  Future<Outcome> once(Digest token, Supplier<Future<Outcome>> work) {
    Promise<Outcome> mine = Promise.promise();
    Future<Outcome> others = underWay.putIfAbsent(token, mine.future());
    if (others != null) {
      return others;
    }
    work.get()
        .onSuccess(
            outcome -> {
              keep(token, outcome);
              underWay.remove(token);
              mine.complete(outcome);
            });
    return mine.future();
  }

  /** Other keys may verify what was refused. */
  void forgetRefused() {
    refused.invalidateAll();
  }
}
