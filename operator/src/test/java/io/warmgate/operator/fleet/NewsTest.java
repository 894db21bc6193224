package io.warmgate.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NewsTest {
  private final AtomicInteger told = new AtomicInteger();
  private final Queue<Runnable> timers = new ArrayDeque<>();
  private final News news = new News(told::incrementAndGet, timers::add);

  @Test
  void aChangeThatThreePodsTakeIsToldOnceWhenTheLastHasAnswered() {
    news.hold();
    news.hold();
    assertThat(told).hasValue(0);
    news.pass();
    assertThat(told).hasValue(1);
    timers.remove().run();
    assertThat(told).hasValue(1);
    assertThat(timers).isEmpty();
  }

  @Test
  void whereOneHangsItIsToldAfterAWhile() {
    news.hold();
    news.hold();
    timers.remove().run();
    assertThat(told).hasValue(1);
  }

  @Test
  void theTimerOfNewsAlreadyToldDoesNotCutTheNextShort() {
    news.hold();
    news.pass();
    news.hold();
    timers.remove().run();
    assertThat(told).hasValue(1);
    timers.remove().run();
    assertThat(told).hasValue(2);
  }
}
