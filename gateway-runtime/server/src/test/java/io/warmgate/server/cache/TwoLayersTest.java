package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.Layers.Found;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of what memory and Redis have is used. */
class TwoLayersTest {
  private static final CacheKey KEY =
      new KeyRecipe("", "g", new QueryRule.All(), List.of())
          .primary(
              new RequestView(
                  "GET", new RequestView.Target("http", "h", "/", null), FieldList.EMPTY, false),
              null);
  private static final Found NOTHING = new Found(KEY, null, null, Reason.NOTHING_FOUND);

  private static Found received(long millis, int dateSecond) {
    StoredResponse entry =
        new StoredResponse(
            200,
            FieldList.of("date", "Sun, 22 Nov 2026 12:00:0" + dateSecond + " GMT"),
            Bytes.EMPTY,
            new Validity(0, millis, 0, 0, StaleWindows.NONE, Set.of()),
            new Provenance(Bytes.EMPTY, "g", Position.ZERO, List.of()));
    return new Found(KEY, null, entry, Reason.NOTHING_FOUND);
  }

  @Test
  void theOneWithTheLaterDateWheneverItCame() {
    Found local = received(5, 2);
    Found shared = received(9, 1);
    assertThat(CachedRequest.better(shared, local)).isSameAs(local);
    assertThat(CachedRequest.better(local, shared)).isSameAs(local);
  }

  @Test
  void withinASecondTheOneThatCameLater() {
    Found local = received(5, 1);
    Found shared = received(9, 1);
    assertThat(CachedRequest.better(shared, local)).isSameAs(shared);
    assertThat(CachedRequest.better(local, shared)).isSameAs(shared);
  }

  @Test
  void whatIsThereWhereTheOtherHasNothing() {
    Found one = received(5, 1);
    assertThat(CachedRequest.better(NOTHING, one)).isSameAs(one);
    assertThat(CachedRequest.better(one, NOTHING)).isSameAs(one);
    Found index = new Found(KEY, VariantIndex.empty(KEY.material()), null, Reason.OTHER_VARIANT);
    assertThat(CachedRequest.better(NOTHING, index)).isSameAs(index);
    assertThat(CachedRequest.better(NOTHING, NOTHING)).isSameAs(NOTHING);
  }
}
