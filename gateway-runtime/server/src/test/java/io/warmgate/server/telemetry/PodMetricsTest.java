package io.warmgate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.store.LocalStore;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PodMetricsTest {

  private static CacheKey key(String path) {
    return new KeyRecipe("", "g1", new QueryRule.All(), List.of())
        .primary(
            new RequestView(
                "GET",
                new RequestView.Target("http", "shop.example.com", path, null),
                FieldList.EMPTY,
                false),
            null);
  }

  @Test
  void whatIsInMemoryIsShown() {
    LocalStore store = new LocalStore(1_000);
    try (AccessLog accessLog = new AccessLog(OutputStream.nullOutputStream(), 16).start();
        PodMetrics metrics = new PodMetrics(new RequestMetrics(), accessLog)) {
      metrics.memory(store);
      assertThat(metrics.scrape())
          .contains(
              "warmgate_cache_memory_entries 0.0",
              "warmgate_cache_memory_bytes 0.0",
              "warmgate_cache_memory_max_bytes 1000.0",
              "warmgate_cache_memory_evictions_total{cause=\"size\"} 0.0");
      for (int i = 0; i < 50; i++) {
        CacheKey key = key("/" + i);
        store.put(
            key,
            new LocalStore.Held(
                VariantIndex.empty(Bytes.of(new byte[0])), Position.ZERO, 60_000, key));
      }
      assertThat(value(metrics, "warmgate_cache_memory_entries")).isBetween(1.0, 10.0);
      assertThat(value(metrics, "warmgate_cache_memory_bytes")).isBetween(100.0, 1_000.0);
      assertThat(value(metrics, "warmgate_cache_memory_evictions_total{cause=\"size\"}"))
          .isGreaterThan(30);
      CacheKey last = key("/49");
      store.put(
          last,
          new LocalStore.Held(
              VariantIndex.empty(Bytes.of(new byte[0])), Position.ZERO, 60_000, last));
      LocalStore.Held held = Objects.requireNonNull(store.get(last));
      store.remove(last, held);
      assertThat(value(metrics, "warmgate_cache_memory_evictions_total{cause=\"purge\"}"))
          .isEqualTo(1);
    }
  }

  private static double value(PodMetrics metrics, String name) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }
}
