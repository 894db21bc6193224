package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UseCountsTest {
  private final AtomicLong clock = new AtomicLong();
  private final UseCounts counts = new UseCounts(clock::get);

  private static CacheKey key(String path) {
    return new KeyRecipe("", "g", new QueryRule.All(), List.of())
        .primary(
            new RequestView("GET", new Target("http", "h", path, null), FieldList.EMPTY, false),
            null);
  }

  private void pass(long millis) {
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aWindowBeginsWithItsFirstUse() {
    CacheKey key = key("/x");
    counts.used(key, 1_000);
    pass(600);
    counts.used(key, 1_000);
    assertThat(counts.of(key)).isEqualTo(2);
    assertThat(counts.of(key("/y"))).isZero();
    pass(399);
    assertThat(counts.of(key)).isEqualTo(2);
    pass(1);
    assertThat(counts.of(key)).as("not prolonged by the second").isZero();
    counts.used(key, 1_000);
    assertThat(counts.of(key)).isEqualTo(1);
  }
}
