package io.warmgate.operator.redis;

import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.snapshot.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was last found of External servers; looked at beside, never waited for. */
public final class Servers {
  /** How old a look may be. */
  static final Duration FRESH = Duration.ofSeconds(15);

  private static final RedisServer UNKNOWN =
      new RedisServer(RedisServer.Reach.UNKNOWN, true, false);

  private final Map<GatewayKey, Look> looks = new ConcurrentHashMap<>();
  private final Consumer<GatewayKey> changed;

  private record Look(ProbeTarget target, RedisServer found, long atNanos, boolean underway) {
    boolean stale(ProbeTarget now) {
      return !underway && (!target.equals(now) || System.nanoTime() - atNanos > FRESH.toNanos());
    }
  }

  /**
   * @param changed is told when a look found something else than the one before
   */
  public Servers(Consumer<GatewayKey> changed) {
    this.changed = changed;
  }

  /** What is known; begins a look where that is old. */
  RedisServer find(GatewayKey redis, ProbeTarget target) {
    Look known = looks.get(redis);
    if (known == null || known.stale(target)) {
      RedisServer before =
          known == null || !known.target().equals(target) ? UNKNOWN : known.found();
      looks.put(redis, new Look(target, before, System.nanoTime(), true));
      Thread.ofVirtual().name("look " + redis.name()).start(() -> look(redis, target, before));
      return before;
    }
    return known.found();
  }

  private void look(GatewayKey redis, ProbeTarget target, @Nullable RedisServer before) {
    RedisServer found = RedisProbe.look(target);
    looks.computeIfPresent(redis, (_, asked) -> new Look(target, found, System.nanoTime(), false));
    if (!found.equals(before)) {
      changed.accept(redis);
    }
  }

  void forget(GatewayKey redis) {
    looks.remove(redis);
  }
}
