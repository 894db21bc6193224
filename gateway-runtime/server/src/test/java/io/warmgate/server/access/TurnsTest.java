package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** As many calls as may be under way, and no more; whatever does not fit in fails at once. */
class TurnsTest {
  private static final long MILLIS = 1_000;

  private final AtomicLong now = new AtomicLong(1);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final Turns<String> turns = new Turns<>(2, 3, clock);
  private final List<Promise<String>> called = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();

  private Future<String> take() {
    return turns.take(
        MILLIS,
        millis -> {
          left.add(millis);
          Promise<String> promise = Promise.promise();
          called.add(promise);
          return promise.future();
        });
  }

  @Test
  void theyAreCalledInTheirOrderAndSoManyAtOnce() {
    List<Future<String>> all = List.of(take(), take(), take(), take(), take());
    assertThat(called).hasSize(2);
    Future<String> over = take();
    assertThat(over.cause()).isInstanceOf(Turns.FullException.class);
    now.addAndGet(100);
    called.get(1).complete("b");
    assertThat(all.get(1).result()).isEqualTo("b");
    assertThat(all.get(0).isComplete()).isFalse();
    assertThat(called).hasSize(3);
    assertThat(left).containsExactly(MILLIS, MILLIS, MILLIS - 100);
    called.get(2).complete("c");
    assertThat(all.get(2).result()).isEqualTo("c");
    called.get(0).fail("x");
    assertThat(all.get(0).failed()).isTrue();
    called.get(3).complete("d");
    called.get(4).complete("e");
    assertThat(all.get(4).result()).isEqualTo("e");
    assertThat(take().isComplete()).as("free again").isFalse();
    assertThat(called).hasSize(6);
  }

  @Test
  void whoWaitedForTooLongIsNotCalled() {
    List<Future<String>> all = new ArrayList<>(List.of(take(), take(), take()));
    now.addAndGet(600);
    all.add(take());
    now.addAndGet(200);
    called.get(0).complete("a");
    assertThat(all.get(2).cause()).isInstanceOf(Turns.FullException.class);
    assertThat(called).as("the next that still has time").hasSize(3);
    assertThat(left.get(2)).isEqualTo(MILLIS - 200);
  }

  /** A service that answers nobody is not too busy. */
  @Test
  void whoWaitedInVainForAServiceThatFailsFailsAsItDid() {
    List<Future<String>> all = List.of(take(), take(), take());
    now.addAndGet(MILLIS);
    called.get(0).fail(new IOException("took too long"));
    assertThat(all.get(2).cause()).hasMessage("took too long");
    called.get(1).fail("y");
    assertThat(take().isComplete()).isFalse();
    assertThat(take().isComplete()).isFalse();
    assertThat(called).hasSize(4);
  }

  @Test
  void aCallThatThrowsLeavesItsTurn() {
    for (int i = 0; i < 10; i++) {
      Future<String> failed =
          turns.take(
              MILLIS,
              _ -> {
                throw new IllegalStateException("no");
              });
      assertThat(failed.cause()).hasMessage("no");
    }
    take();
    assertThat(called).hasSize(1);
  }
}
