package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.warmgate.server.limit.Allowance.Taken;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a pod does with Redis' answers, without a Redis. */
class AllowanceTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SLICE = 3_000;

  private final WindowAllowance window =
      new WindowAllowance("key", 100, 60_000, 1, 25, amount -> amount / 4);
  private final PermitAllowance permits =
      new PermitAllowance("key", 8, "pod", amount -> amount / 4);

  private final long begin = System.nanoTime();

  private long at(long millis) {
    return begin + millis * MILLI;
  }

  private static Claim one() {
    return new Claim(1);
  }

  private Ask.Window ask(long millis) {
    return (Ask.Window) Objects.requireNonNull(window.begin(1, at(millis)));
  }

  private void answer(long granted, long remaining, long millis) {
    window.answered(new Ask.Answer(granted, remaining, 40_000, SLICE, 7), at(millis), at(millis));
  }

  private int takeAll(long millis) {
    int taken = 0;
    while (window.take(one(), at(millis)) == Taken.GRANTED) {
      taken++;
    }
    return taken;
  }

  @Test
  void nobodyKnowsBeforeRedisWasAsked() {
    assertThat(window.take(one(), at(0))).isEqualTo(Taken.UNKNOWN);
    assertThat(ask(0)).isEqualTo(new Ask.Window("key", 100, 60_000, 1, 1, 0, 1, new TreeMap<>()));
    assertThat(window.begin(1, at(0))).as("one call at a time").isNull();
    answer(3, 90, 1);
    assertThat(takeAll(1)).isEqualTo(3);
    assertThat(window.take(one(), at(1))).isEqualTo(Taken.UNKNOWN);
  }

  /** Who waited comes back one by one: the first that asks again asks for all of them. */
  @Test
  void whoWaitsIsAskedForTogether() {
    ask(0);
    for (int i = 0; i < 9; i++) {
      assertThat(window.after(1, Promise.promise()).isComplete()).isFalse();
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
    assertThat(window.take(one(), at(4))).isEqualTo(Taken.GRANTED);
    assertThat(window.take(one(), at(4))).isEqualTo(Taken.UNKNOWN);
    ask(6);
    answer(0, 0, 9);
    assertThat(window.take(one(), at(8))).isEqualTo(Taken.REFUSED);
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
    window.take(one(), at(1));
    window.take(one(), at(1));
    assertThat(window.settle(at(1))).as("it may be used yet").isNull();
    assertThat(window.take(one(), at(WindowAllowance.GRANT_MILLIS + 1))).isEqualTo(Taken.UNKNOWN);
    Ask.Window ask = ask(WindowAllowance.GRANT_MILLIS + 1);
    assertThat(ask.back()).isEqualTo(Map.of(7L, 8L));
    assertThat(ask.want()).isEqualTo(2);
  }

  @Test
  void aGrantEndsWithItsSlice() {
    ask(0);
    window.answered(new Ask.Answer(10, 50, 40_000, 20, 7), at(0), at(5));
    assertThat(window.take(one(), at(19))).isEqualTo(Taken.GRANTED);
    assertThat(window.take(one(), at(20))).isEqualTo(Taken.UNKNOWN);
  }

  @Test
  void whereNothingRemainsNobodyAsksForAWhile() {
    ask(0);
    answer(0, 0, 0);
    assertThat(window.take(one(), at(99))).isEqualTo(Taken.REFUSED);
    assertThat(window.moreMillis(at(0))).isEqualTo(40_000);
    assertThat(window.take(one(), at(100))).isEqualTo(Taken.UNKNOWN);
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
    while (window.take(one(), at(2)) == Taken.ALONE) {
      alone++;
    }
    assertThat(alone).isEqualTo(5);
    assertThat(window.take(one(), at(2))).isEqualTo(Taken.REFUSED);
    assertThat(window.take(one(), at(102))).as("Redis is asked again").isEqualTo(Taken.UNKNOWN);
    assertThat(ask(102).spent()).as("and told what it missed").isEqualTo(5);
    window.failed(at(103));
    assertThat(Objects.requireNonNull((Ask.Window) window.settle(at(104))).spent()).isEqualTo(5);
  }

  @Test
  void bytesAreSettledWhenTheAnswerHasEnded() {
    ask(0);
    answer(50, 50, 0);
    assertThat(window.take(one(), at(1))).isEqualTo(Taken.GRANTED);
    window.ended(69, at(2));
    assertThat(window.take(one(), at(3))).isEqualTo(Taken.UNKNOWN);
    assertThat(ask(3).spent()).isEqualTo(20);
  }

  @Test
  void whatAnotherLimitRefusedIsNotCounted() {
    ask(0);
    answer(1, 50, 0);
    Claim claim = one();
    assertThat(window.take(claim, at(1))).isEqualTo(Taken.GRANTED);
    window.putBack(claim, 1, at(1));
    assertThat(window.take(one(), at(1))).isEqualTo(Taken.GRANTED);
  }

  private Claim claimed(long need, long millis) {
    Claim claim = new Claim(need);
    window.take(claim, at(millis));
    return claim;
  }

  @Test
  void aClaimIsTakenAsAWhole() {
    ask(0);
    answer(50, 30, 0);
    assertThat(claimed(40, 1).taken()).isEqualTo(Taken.GRANTED);
    assertThat(claimed(11, 1).taken()).as("Redis may grant it").isEqualTo(Taken.UNKNOWN);
    assertThat(claimed(41, 1).taken()).as("there is not as much").isEqualTo(Taken.REFUSED);
    assertThat(claimed(10, 1).taken()).isEqualTo(Taken.GRANTED);
  }

  /** It is asked for as a whole, so that what is taken was counted in one slice. */
  @Test
  void whatIsTooLittleForAClaimIsGivenBackWithTheQuestion() {
    ask(0);
    answer(50, 30, 0);
    Ask.Window ask = (Ask.Window) Objects.requireNonNull(window.begin(60, at(1)));
    assertThat(ask.back()).isEqualTo(Map.of(7L, 50L));
    assertThat(ask.need()).isEqualTo(60);
    assertThat(ask.least()).isEqualTo(60);
  }

  @Test
  void theLeastOfThoseThatWaitIsTold() {
    window.begin(60, at(0));
    window.after(20, Promise.promise());
    window.after(30, Promise.promise());
    answer(0, 40, 1);
    Ask.Window ask = (Ask.Window) Objects.requireNonNull(window.begin(60, at(2)));
    assertThat(ask.need()).isEqualTo(60 + 20 + 30);
    assertThat(ask.least()).isEqualTo(20);
  }

  @Test
  void whatAClaimDidNotTakeIsTakenAgainWhileTheGrantLives() {
    ask(0);
    answer(40, 0, 0);
    Claim claim = claimed(40, 1);
    window.putBack(claim, 30, at(2));
    assertThat(claimed(30, 3).taken()).isEqualTo(Taken.GRANTED);
  }

  @Test
  void afterThatItIsGivenBackWhereItWasCounted() {
    ask(0);
    answer(40, 0, 0);
    Claim claim = claimed(40, 1);
    ask(5_000);
    window.answered(new Ask.Answer(10, 0, 40_000, SLICE, 8), at(5_000), at(5_000));
    window.putBack(claim, 30, at(5_001));
    assertThat(claimed(30, 5_002).taken()).isEqualTo(Taken.REFUSED);
    assertThat(Objects.requireNonNull((Ask.Window) window.settle(at(5_003))).back())
        .isEqualTo(Map.of(7L, 30L));
  }

  @Test
  void withoutRedisItIsNotTold() {
    ask(0);
    window.failed(at(0));
    Claim claim = claimed(20, 1);
    assertThat(claim.taken()).isEqualTo(Taken.ALONE);
    window.putBack(claim, 15, at(2));
    Claim told = claimed(20, 3);
    assertThat(told.taken()).isEqualTo(Taken.ALONE);
    assertThat(claimed(1, 4).taken()).isEqualTo(Taken.REFUSED);
    assertThat(ask(150).spent()).isEqualTo(25);
    answer(0, 70, 151);
    window.putBack(told, 20, at(152));
    assertThat(Objects.requireNonNull((Ask.Window) window.settle(at(153))).back())
        .as("where it was told")
        .isEqualTo(Map.of(7L, 20L));
  }

  /** It was granted to nobody, and what it told is told again. */
  @Test
  void whatComesTooLateIsGivenBack() {
    ask(0);
    window.failed(at(0));
    claimed(20, 1);
    Ask.Window lost = ask(150);
    window.failed(at(175));
    window.answeredLate(lost, new Ask.Answer(10, 0, 40_000, SLICE, 7));
    Ask.Window next = Objects.requireNonNull((Ask.Window) window.settle(at(180)));
    assertThat(next.spent()).isEqualTo(20);
    assertThat(next.back()).isEqualTo(Map.of(7L, 30L));
  }

  @Test
  void whoClaimsMoreThanTheShareIsAdmittedWhereNothingIsTaken() {
    ask(0);
    window.failed(at(0));
    assertThat(claimed(60, 1).taken()).isEqualTo(Taken.ALONE);
    assertThat(claimed(1, 1).taken()).isEqualTo(Taken.REFUSED);
  }

  private Ask.Permits askPermits(long millis) {
    return (Ask.Permits) Objects.requireNonNull(permits.begin(1, at(millis)));
  }

  private void answerPermits(long granted, long remaining, long millis) {
    permits.answered(new Ask.Answer(granted, remaining, 0, 0, 0), at(millis), at(millis));
  }

  @Test
  void permitsAreUsedAgain() {
    assertThat(permits.take(one(), at(0))).isEqualTo(Taken.UNKNOWN);
    assertThat(askPermits(0)).isEqualTo(new Ask.Permits("key", 8, 1, 1, "pod", 0));
    answerPermits(1, 7, 0);
    assertThat(permits.take(one(), at(0))).isEqualTo(Taken.GRANTED);
    assertThat(permits.take(one(), at(0))).isEqualTo(Taken.UNKNOWN);
    permits.ended(0, at(1));
    assertThat(permits.isScarce()).as("others have enough").isFalse();
    assertThat(permits.take(one(), at(1))).isEqualTo(Taken.GRANTED);
  }

  @Test
  void permitsThatOthersMayNeedAreGivenBack() {
    askPermits(0);
    answerPermits(2, 0, 0);
    permits.take(one(), at(0));
    permits.take(one(), at(0));
    assertThat(permits.take(one(), at(1))).isEqualTo(Taken.REFUSED);
    permits.ended(0, at(2));
    assertThat(permits.isScarce()).isTrue();
    assertThat(permits.settle(at(2))).isEqualTo(new Ask.Permits("key", 8, 0, 0, "pod", 1));
    answerPermits(0, 1, 3);
    assertThat(permits.take(one(), at(3))).isEqualTo(Taken.UNKNOWN);
  }

  @Test
  void permitsAreRenewedWhileTheyAreUsed() {
    askPermits(0);
    answerPermits(1, 7, 0);
    permits.take(one(), at(0));
    assertThat(permits.settle(at(900))).isNull();
    assertThat(permits.settle(at(1_001))).isEqualTo(new Ask.Permits("key", 8, 0, 0, "pod", 1));
  }

  @Test
  void withoutRedisAPodHasItsShareOfPermits() {
    askPermits(0);
    permits.failed(at(0));
    assertThat(permits.take(one(), at(1))).isEqualTo(Taken.ALONE);
    assertThat(permits.take(one(), at(1))).isEqualTo(Taken.ALONE);
    assertThat(permits.take(one(), at(1))).isEqualTo(Taken.REFUSED);
    permits.ended(0, at(2));
    assertThat(permits.take(one(), at(2))).isEqualTo(Taken.ALONE);
  }
}
