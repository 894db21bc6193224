package io.warmgate.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.operator.fleet.LogAppender.Attempt;
import io.warmgate.operator.fleet.LogAppender.Pod;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LogAppenderTest {
  private static final PurgeReceipt RECEIPT = new PurgeReceipt("e1", "7-0");
  private static final PurgeOrder ORDER = new PurgeOrder("a", PurgeRequest.everything(), null);

  private final AtomicInteger news = new AtomicInteger();
  private final LogAppender appender = new LogAppender(news::incrementAndGet);

  @Test
  void aPodThatHangsKeepsNoOtherFromAppending() {
    var hung = new CountDownLatch(1);
    Pod hanging =
        _ -> {
          try {
            hung.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return new Reply.Failed<>("timed out");
        };
    List<Pod> pods = List.of(hanging, _ -> new Reply.Done<>(RECEIPT));
    assertThat(appender.append(ORDER, pods)).isEqualTo(new Attempt.Underway());
    await().until(() -> appender.append(ORDER, pods).equals(new Attempt.Appended(RECEIPT)));
    await().until(() -> news.get() == 1);
    hung.countDown();
  }

  @Test
  void afterARefusalTheNextIsAskedAndAfterTheLastItHasFailed() {
    var asked = new AtomicInteger();
    Pod refusing =
        _ -> {
          asked.incrementAndGet();
          return new Reply.Failed<>("no log");
        };
    List<Pod> pods = List.of(refusing, refusing, refusing);
    assertThat(appender.append(ORDER, pods)).isEqualTo(new Attempt.Underway());
    await().until(() -> appender.append(ORDER, pods) instanceof Attempt.Failed);
    assertThat(asked).hasValue(3);
  }
}
