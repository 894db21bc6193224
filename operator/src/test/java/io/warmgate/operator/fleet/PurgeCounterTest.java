package io.warmgate.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PurgeCounterTest {
  private static final PurgeCount TWO = new PurgeCount(2L, List.of(1L, 2L));
  private static final PurgeOrder ORDER = new PurgeOrder("o", PurgeRequest.everything(), null);

  private final AtomicInteger news = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final PurgeCounter counter = new PurgeCounter(news::incrementAndGet);

  private Reply<PurgeCount> answer(int failures) {
    return asked.incrementAndGet() <= failures
        ? new Reply.Failed<>("connection refused")
        : new Reply.Done<>(TWO);
  }

  @Test
  void aPodIsAskedUntilItAnswersAndThenNoMore() {
    counter.count(ORDER, Map.of("a", _ -> answer(1)));
    counter.count(ORDER, Map.of("a", _ -> answer(0)));
    await().until(() -> news.get() == 1);
    assertThat(counter.counts("o")).isEqualTo(Map.of("a", TWO));
    counter.count(ORDER, Map.of("a", _ -> answer(0)));
    assertThat(asked).hasValue(2);
    assertThat(counter.counts("other")).isEmpty();
  }

  @Test
  void whatIsForgottenIsAskedForNoMore() {
    counter.count(ORDER, Map.of("a", _ -> answer(Integer.MAX_VALUE)));
    await().until(() -> asked.get() > 0);
    counter.keep(Set.of());
    assertThat(counter.counts("o")).isEmpty();
    counter.count(ORDER, Map.of("a", _ -> new Reply.Done<>(TWO)));
    await().until(() -> counter.counts("o").equals(Map.of("a", TWO)));
  }
}
