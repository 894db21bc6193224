package io.warmgate.server.cache.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests on one thread, purges on another. */
class PurgesTest {
  private static final String EPOCH = "e1";
  private static final CacheKey KEY = TestKeys.of("a", "/");
  private static final int MANY = 200_000;

  private final Purges purges = new Purges();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicReference<@Nullable String> impossible = new AtomicReference<>();
  private final Thread requests = Thread.ofPlatform().unstarted(this::ask);

  @BeforeEach
  void begin() {
    purges.adopt(EPOCH, Position.ZERO);
    purges.trust(true);
    requests.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    over.set(true);
    requests.join();
  }

  /**
   * What a request does that finds an entry in Redis: a copy of it goes into memory under the
   * fence's own count. A purge that this covers, and that the log's table does not name, would be
   * obeyed nowhere.
   */
  private void ask() {
    while (!over.get()) {
      Fence fence = purges.fence();
      String epoch = fence.epoch();
      long covered = fence.local().sequence();
      if (epoch != null && covered > 0) {
        Standing standing =
            purges.logged(
                epoch, at(covered - 1), new Subject("a", path(covered), List.of(), KEY, KEY));
        asked.incrementAndGet();
        if (!(standing instanceof Standing.Gone)) {
          impossible.compareAndSet(null, "purge " + covered + " hides nothing in Redis");
        }
      }
    }
  }

  private static String path(long number) {
    return "/" + number % 1_000;
  }

  private static PurgeOrder order(long number, @Nullable PurgeReceipt logged) {
    return new PurgeOrder(
        Long.toString(number), PurgeRequest.paths(List.of(path(number)), List.of()), logged);
  }

  private static Position at(long number) {
    return new Position(number, 0);
  }

  @Test
  void aPurgeThatTheLogNamesHidesInRedisBeforeACopyInMemoryCountsAsLater() {
    for (long number = 1; number <= MANY && impossible.get() == null; number++) {
      purges.read(EPOCH, order(number, null), at(number));
    }
    assertThat(impossible.get()).isNull();
    assertThat(asked.get()).isPositive();
  }

  @Test
  void aPurgeThatTheLogDoesNotNameYetEndsTheUseOfRedisBeforeACopyInMemoryCountsAsLater() {
    for (long number = 1; number <= MANY && impossible.get() == null; number++) {
      purges.apply(order(number, null));
      purges.read(EPOCH, order(number, null), at(number));
      purges.trust(true);
    }
    assertThat(impossible.get()).isNull();
    assertThat(asked.get()).isPositive();
  }

  @Test
  void whatWasReadFromAnotherLogIsPassedOver() {
    purges.read("e0", order(1, null), at(1));
    purges.skip("e0", at(2));
    assertThat(purges.newestIds(1)).isEmpty();
    assertThat(purges.reached()).isEqualTo(new PurgeReceipt(EPOCH, "0-0"));
  }

  @Test
  void whatIsReadTwiceMovesNothingBack() {
    purges.read(EPOCH, order(1, null), at(1));
    purges.skip(EPOCH, at(2));
    purges.read(EPOCH, order(1, null), at(1));
    assertThat(purges.reached()).isEqualTo(new PurgeReceipt(EPOCH, "2-0"));
    assertThat(purges.newestIds(9)).containsExactly("1");
  }
}
