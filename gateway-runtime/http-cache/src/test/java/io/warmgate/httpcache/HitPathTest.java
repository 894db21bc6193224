package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.Glob;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Purge;
import io.warmgate.httpcache.purge.PurgeTable;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.httpcache.rule.Reuse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No benchmark: only that a hit's decision has no accident in it, such as a regex or a scan. */
class HitPathTest {
  private static final int ROUNDS = 200_000;

  @Test
  void aHitIsDecidedInMicroseconds() {
    KeyRecipe recipe =
        new KeyRecipe(
            "epoch-1",
            "generation-1",
            new QueryRule.Exclude(List.of(new Glob("utm_*"))),
            List.of("accept-language"));
    PurgeTable purges = new PurgeTable(10_000);
    for (int i = 1; i <= 10_000; i++) {
      purges.apply(
          new Purge(
              "p" + i,
              Position.local(i),
              Purge.Mode.HARD,
              0,
              new Purge.Prefix(Set.of(), "/purged/" + i)));
    }
    StoredResponse entry = Messages.stored("cache-control", "max-age=60", "etag", "\"a\"");
    RequestView request =
        new RequestView(
            "GET",
            new Target("https", "shop.example.com", "/products/42/reviews", "page=2&utm_source=x"),
            FieldList.of(
                "host", "shop.example.com",
                "user-agent", "curl/8",
                "accept", "*/*",
                "accept-encoding", "gzip, br",
                "accept-language", "en"),
            false);
    CacheKey key = recipe.primary(request, null);
    Subject subject =
        new Subject("shop.example.com", "/products/42/reviews", List.of("a", "b"), key, key);
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      long start = System.nanoTime();
      int served = 0;
      for (int i = 0; i < ROUNDS; i++) {
        boolean looked = Reuse.beforeLookup(request).isEmpty();
        int hash = recipe.primary(request, null).hashCode();
        boolean purged =
            !(purges.standing(Position.local(1), subject) instanceof Standing.Untouched);
        Decision decision = Reuse.decide(request, entry, CachingPolicy.DEFAULT, Messages.NOW);
        served += looked && hash != 0 && !purged && decision instanceof Decision.Serve ? 1 : 0;
      }
      assertThat(served).isEqualTo(ROUNDS);
      best = Math.min(best, (System.nanoTime() - start) / ROUNDS);
    }
    System.out.println("hit decision: " + best + " ns");
    assertThat(best).as("nanoseconds for a hit").isLessThan(50_000);
  }
}
