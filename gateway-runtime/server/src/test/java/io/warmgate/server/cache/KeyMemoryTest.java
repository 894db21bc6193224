package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.Miss;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.log.TestKeys;
import io.warmgate.server.traffic.Missed;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyMemoryTest {
  private static final long NOW = 1_000_000_000_000L;
  private final KeyMemory memory = new KeyMemory(NOW);

  private static CacheKey key(int number) {
    return TestKeys.of("h", "/" + number);
  }

  private static Validity validity(long age, long lifetime) {
    return new Validity(NOW, NOW, age, lifetime, StaleWindows.NONE, Set.of());
  }

  private Missed why(int number, long later) {
    return memory.why(new Found(key(number), null, null, Reason.NOTHING_FOUND), NOW + later);
  }

  @Test
  void whatWasNeverKeptIsNew() {
    assertThat(why(1, 0).why()).isEqualTo(Miss.FIRST_SEEN);
  }

  @Test
  void whatIsGoneBeforeItsEndWasEvictedAndAfterItExpired() {
    memory.kept(key(1), validity(2_000, 10_000));
    assertThat(why(1, 7_999).why()).isEqualTo(Miss.EVICTED);
    assertThat(why(1, 11_000)).isEqualTo(new Missed(Miss.EXPIRED, 10_000, 13_000));
  }

  @Test
  void whatIsLongerThanItsFieldsIsCutNotMixedUp() {
    memory.kept(key(1), validity(0, 365L * 86_400_000));
    assertThat(why(1, 364L * 86_400_000).why()).isEqualTo(Miss.EVICTED);
    memory.kept(key(2), validity(100_000_000, 0));
    assertThat(why(2, 0).why()).isEqualTo(Miss.EXPIRED);
  }

  @Test
  void whatTheOriginTookBackIsPurged() {
    memory.kept(key(1), validity(0, 10_000));
    memory.dropped(key(1));
    assertThat(why(1, 0).why()).isEqualTo(Miss.PURGED);
    memory.kept(key(1), validity(0, 10_000));
    assertThat(why(1, 0).why()).isEqualTo(Miss.EVICTED);
  }

  @Test
  void manyKeysAreKnownAndFewAreTakenForOthers() {
    for (int i = 0; i < 20_000; i++) {
      memory.kept(key(i), validity(0, 10_000));
    }
    long known = 0;
    long mistaken = 0;
    for (int i = 0; i < 20_000; i++) {
      known += why(i, 0).why() == Miss.EVICTED ? 1 : 0;
      mistaken += why(1_000_000 + i, 0).why() == Miss.FIRST_SEEN ? 0 : 1;
    }
    assertThat(known).isGreaterThan(17_000);
    assertThat(mistaken).isLessThan(5);
  }
}
