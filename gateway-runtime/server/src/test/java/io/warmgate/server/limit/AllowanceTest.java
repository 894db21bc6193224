package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.warmgate.server.limit.Allowance.Taken;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a pod does with Redis' answers, without a Redis. */
class AllowanceTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SLICE = 3_000;

  private final WindowAllowance window =
      new WindowAllowance("key", 100, 60_000, 1, amount -> amount / 4);
  private final PermitAllowance permits =
      new PermitAllowance("key", 8, "pod", amount -> amount / 4);

  private final long begin = System.nanoTime();

  private long at(long millis) {
    return begin + millis * MILLI;
  }

  private Ask.Window ask(long millis) {
    return (Ask.Window) Objects.requireNonNull(window.begin(at(millis)));
  }

  private void answer(long granted, long remaining, long millis) {
    window.answered(new Ask.Answer(granted, remaining, 40_000, SLICE, 7), at(millis), at(millis));
  }

  private int takeAll(long millis) {
    int taken = 0;
    while (window.take(at(millis)) == Taken.GRANTED) {
      taken++;
    }
    return taken;
  }

  @Test
  void nobodyKnowsBeforeRedisWasAsked() {
    assertThat(window.take(at(0))).isEqualTo(Taken.UNKNOWN);
    assertThat(ask(0)).isEqualTo(new Ask.Window("key", 100, 60_000, 1, 1, 0, 0, 0));
    assertThat(window.begin(at(0))).as("one call at a time").isNull();
    answer(3, 90, 1);
    assertThat(takeAll(1)).isEqualTo(3);
    assertThat(window.take(at(1))).isEqualTo(Taken.UNKNOWN);
  }

  /** Who waited comes back one by one: the first that asks again asks for all of them. */
  @Test
  void whoWaitsIsAskedForTogether() {
    ask(0);
    for (int i = 0; i < 9; i++) {
      assertThat(window.after(Promise.promise()).isComplete()).isFalse();
    }
    answer(3, 90, 1);
    assertThat(takeAll(1)).isEqualTo(3);
    assertThat(ask(1).need()).isEqualTo(1 + 9 - 4);
  }

  /** It waited for its turn while the answer came. */
  @Test
  void whoLookedAtTheClockBeforeTheAnswerIsNeitherAdmittedNorRefusedByThat() {
    ask(0);
    answer(1, 50, 5);
    assertThat(window.take(at(4))).isEqualTo(Taken.GRANTED);
    assertThat(window.take(at(4))).isEqualTo(Taken.UNKNOWN);
    ask(6);
    answer(0, 0, 9);
    assertThat(window.take(at(8))).isEqualTo(Taken.REFUSED);
  }

  @Test
  void twiceAsMuchIsAskedForWhereAGrantWasUsedUp() {
    long wanted = 1;
    for (int i = 0; i < 6; i++) {
      Ask.Window ask = ask(i);
      assertThat(ask.want()).isEqualTo(wanted);
      answer(ask.want(), 50, i);
      takeAll(i);
      wanted *= 2;
    }
  }

  @Test
  void whatIsNotUsedInTimeIsGivenBackAndLessIsAskedFor() {
    ask(0);
    answer(10, 50, 0);
    window.take(at(1));
    window.take(at(1));
    assertThat(window.settle(at(1))).as("it may be used yet").isNull();
    assertThat(window.take(at(WindowAllowance.GRANT_MILLIS + 1))).isEqualTo(Taken.UNKNOWN);
    Ask.Window ask = ask(WindowAllowance.GRANT_MILLIS + 1);
    assertThat(ask.back()).isEqualTo(8);
    assertThat(ask.backSlice()).isEqualTo(7);
    assertThat(ask.want()).isEqualTo(2);
  }

  @Test
  void aGrantEndsWithItsSlice() {
    ask(0);
    window.answered(new Ask.Answer(10, 50, 40_000, 20, 7), at(0), at(5));
    assertThat(window.take(at(19))).isEqualTo(Taken.GRANTED);
    assertThat(window.take(at(20))).isEqualTo(Taken.UNKNOWN);
  }

  @Test
  void whereNothingRemainsNobodyAsksForAWhile() {
    ask(0);
    answer(0, 0, 0);
    assertThat(window.take(at(99))).isEqualTo(Taken.REFUSED);
    assertThat(window.moreMillis(at(0))).isEqualTo(40_000);
    assertThat(window.take(at(100))).isEqualTo(Taken.UNKNOWN);
  }

  /** What this pod admitted before counts against its share. */
  @Test
  void withoutRedisAPodHasItsShareLessWhatItAdmitted() {
    ask(0);
    answer(20, 80, 0);
    takeAll(0);
    ask(1);
    window.failed(at(1));
    int alone = 0;
    while (window.take(at(2)) == Taken.ALONE) {
      alone++;
    }
    assertThat(alone).isEqualTo(5);
    assertThat(window.take(at(2))).isEqualTo(Taken.REFUSED);
    assertThat(window.take(at(102))).as("Redis is asked again").isEqualTo(Taken.UNKNOWN);
    assertThat(ask(102).spent()).as("and told what it missed").isEqualTo(5);
    window.failed(at(103));
    assertThat(Objects.requireNonNull((Ask.Window) window.settle(at(104))).spent()).isEqualTo(5);
  }

  @Test
  void bytesAreSettledWhenTheAnswerHasEnded() {
    ask(0);
    answer(50, 50, 0);
    assertThat(window.take(at(1))).isEqualTo(Taken.GRANTED);
    window.ended(69, at(2));
    assertThat(window.take(at(3))).isEqualTo(Taken.UNKNOWN);
    assertThat(ask(3).spent()).isEqualTo(20);
  }

  @Test
  void whatAnotherLimitRefusedIsNotCounted() {
    ask(0);
    answer(1, 50, 0);
    assertThat(window.take(at(1))).isEqualTo(Taken.GRANTED);
    window.putBack(Taken.GRANTED, at(1));
    assertThat(window.take(at(1))).isEqualTo(Taken.GRANTED);
  }

  private Ask.Permits askPermits(long millis) {
    return (Ask.Permits) Objects.requireNonNull(permits.begin(at(millis)));
  }

  private void answerPermits(long granted, long remaining, long millis) {
    permits.answered(new Ask.Answer(granted, remaining, 0, 0, 0), at(millis), at(millis));
  }

  @Test
  void permitsAreUsedAgain() {
    assertThat(permits.take(at(0))).isEqualTo(Taken.UNKNOWN);
    assertThat(askPermits(0)).isEqualTo(new Ask.Permits("key", 8, 1, 1, "pod", 0));
    answerPermits(1, 7, 0);
    assertThat(permits.take(at(0))).isEqualTo(Taken.GRANTED);
    assertThat(permits.take(at(0))).isEqualTo(Taken.UNKNOWN);
    permits.ended(0, at(1));
    assertThat(permits.isScarce()).as("others have enough").isFalse();
    assertThat(permits.take(at(1))).isEqualTo(Taken.GRANTED);
  }

  @Test
  void permitsThatOthersMayNeedAreGivenBack() {
    askPermits(0);
    answerPermits(2, 0, 0);
    permits.take(at(0));
    permits.take(at(0));
    assertThat(permits.take(at(1))).isEqualTo(Taken.REFUSED);
    permits.ended(0, at(2));
    assertThat(permits.isScarce()).isTrue();
    assertThat(permits.settle(at(2))).isEqualTo(new Ask.Permits("key", 8, 0, 0, "pod", 1));
    answerPermits(0, 1, 3);
    assertThat(permits.take(at(3))).isEqualTo(Taken.UNKNOWN);
  }

  @Test
  void permitsAreRenewedWhileTheyAreUsed() {
    askPermits(0);
    answerPermits(1, 7, 0);
    permits.take(at(0));
    assertThat(permits.settle(at(900))).isNull();
    assertThat(permits.settle(at(1_001))).isEqualTo(new Ask.Permits("key", 8, 0, 0, "pod", 1));
  }

  @Test
  void withoutRedisAPodHasItsShareOfPermits() {
    askPermits(0);
    permits.failed(at(0));
    assertThat(permits.take(at(1))).isEqualTo(Taken.ALONE);
    assertThat(permits.take(at(1))).isEqualTo(Taken.ALONE);
    assertThat(permits.take(at(1))).isEqualTo(Taken.REFUSED);
    permits.ended(0, at(2));
    assertThat(permits.take(at(2))).isEqualTo(Taken.ALONE);
  }
}
