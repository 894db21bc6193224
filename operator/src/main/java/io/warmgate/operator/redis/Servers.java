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

  private record Look(Address address, RedisServer found, long atNanos, boolean underway) {
    boolean stale(Address now) {
      return !underway && (!address.equals(now) || System.nanoTime() - atNanos > FRESH.toNanos());
    }
  }

  /** Where and as whom a server is asked. */
  record Address(String host, int port, RedisProbe.Credentials credentials) {}

  /**
   * @param changed is told when a look found something else than the one before
   */
  public Servers(Consumer<GatewayKey> changed) {
    this.changed = changed;
  }

  /** What is known; begins a look where that is old. */
  RedisServer find(GatewayKey redis, Address address) {
    Look known = looks.get(redis);
    if (known == null || known.stale(address)) {
      RedisServer before =
          known == null || !known.address().equals(address) ? UNKNOWN : known.found();
      looks.put(redis, new Look(address, before, System.nanoTime(), true));
      Thread.ofVirtual().name("look " + redis.name()).start(() -> look(redis, address, before));
      return before;
    }
    return known.found();
  }

  private void look(GatewayKey redis, Address address, @Nullable RedisServer before) {
    RedisServer found = RedisProbe.look(address.host(), address.port(), address.credentials());
    looks.computeIfPresent(redis, (_, asked) -> new Look(address, found, System.nanoTime(), false));
    if (!found.equals(before)) {
      changed.accept(redis);
    }
  }

  void forget(GatewayKey redis) {
    looks.remove(redis);
  }
}
