package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.limit.Allowance.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods that claim what requests are expected to take, and settle what they took, at random, against
 * what was taken in truth. A request counts when it was admitted, as far as it claimed; what it
 * took beyond that counts when it ended.
 */
class ClaimsTest {
  private static final int PODS = 3;
  private static final long AMOUNT = 3_000;
  private static final int MOST_CLAIMED = 200;
  private static final long SHORT = 2_000;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noWindowHasMoreThanTheAmount(long seed) {
    Simulation simulation = new Simulation(seed, SHORT, 0, 0);
    for (int i = 0; i < 6_000; i++) {
      simulation.step();
      assertThat(simulation.claimed()).isLessThanOrEqualTo(AMOUNT);
    }
    assertThat(simulation.admitted).isGreaterThan(100);
    assertThat(simulation.refused).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsCountedThatWasNotTaken(long seed) {
    Simulation simulation = new Simulation(seed, TimeUnit.HOURS.toMillis(1), 0, 0);
    for (int i = 0; i < 3_000; i++) {
      simulation.step();
    }
    simulation.settle();
    assertThat(simulation.redis.used(simulation.now)).isEqualTo(simulation.taken());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whereCallsAreLostMoreIsCountedAndNeverLess(long seed) {
    Simulation simulation = new Simulation(seed, TimeUnit.HOURS.toMillis(1), 4, 5);
    for (int i = 0; i < 3_000; i++) {
      simulation.step();
      assertThat(simulation.claimed()).isLessThanOrEqualTo(2 * AMOUNT);
    }
    simulation.settle();
    assertThat(simulation.redis.used(simulation.now)).isGreaterThanOrEqualTo(simulation.taken());
  }

  /** Slow, and not lost. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whereAnswersComeTooLateNothingIsCountedThatWasNotTaken(long seed) {
    Simulation simulation = new Simulation(seed, TimeUnit.HOURS.toMillis(1), 4, 10);
    for (int i = 0; i < 3_000; i++) {
      simulation.step();
    }
    simulation.settle();
    assertThat(simulation.redis.used(simulation.now)).isEqualTo(simulation.taken());
  }

  /** One that was admitted. */
  private static final class Admitted {
    final WindowAllowance pod;
    final Claim claim;
    final long at;
    final long takes;
    long endedAt = -1;

    Admitted(WindowAllowance pod, Claim claim, long at, long takes) {
      this.pod = pod;
      this.claim = claim;
      this.at = at;
      this.takes = takes;
    }

    long ofClaim() {
      return endedAt < 0 ? claim.need() : Math.min(takes, claim.need());
    }

    long beyond() {
      return endedAt < 0 ? 0 : Math.max(0, takes - claim.need());
    }
  }

  /** A call on its way. */
  private sealed interface Sent {
    record Answered(WindowAllowance pod, Ask.Answer answer, long sentAt) implements Sent {}

    /**
     * Given up.
     *
     * @param answer comes too late; null: never
     */
    record Lost(WindowAllowance pod, Ask ask, Ask.@Nullable Answer answer) implements Sent {}

    record Late(WindowAllowance pod, Ask ask, Ask.Answer answer) implements Sent {}
  }

  private static final class Simulation {
    final CountedInRedis redis;
    final List<Admitted> all = new ArrayList<>();
    long now = 1_000_000;
    int admitted;
    int refused;
    private final Random random;
    private final long perMillis;
    private final int lostOfTen;
    private final int lateOfTen;
    private final List<WindowAllowance> pods;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Admitted> underWay = new ArrayList<>();

    Simulation(long seed, long perMillis, int lostOfTen, int lateOfTen) {
      this.random = new Random(seed);
      this.perMillis = perMillis;
      this.lostOfTen = lostOfTen;
      this.lateOfTen = lateOfTen;
      this.redis = new CountedInRedis(perMillis);
      this.pods =
          Stream.generate(
                  () ->
                      new WindowAllowance(
                          "key", AMOUNT, perMillis, 15, 25, amount -> amount / PODS))
              .limit(PODS)
              .toList();
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> request(pods.get(random.nextInt(PODS)));
        case 3, 4 -> answered();
        case 5 -> ended();
        case 6 -> now += random.nextInt(30);
        default -> tick(pods.get(random.nextInt(PODS)));
      }
    }

    private long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(now);
    }

    private void request(WindowAllowance pod) {
      Claim claim = new Claim(1 + random.nextInt(MOST_CLAIMED));
      Taken taken = pod.take(claim, nanos());
      switch (taken) {
        case GRANTED, ALONE -> {
          if (random.nextInt(10) == 0) {
            // Another limit refuses it.
            pod.putBack(claim, claim.need(), nanos());
          } else {
            admitted++;
            Admitted one = new Admitted(pod, claim, now, random.nextInt(MOST_CLAIMED + 50));
            underWay.add(one);
            all.add(one);
          }
        }
        case REFUSED -> refused++;
        case UNKNOWN -> send(pod, pod.begin(claim.need(), nanos()));
      }
    }

    private void tick(WindowAllowance pod) {
      send(pod, pod.settle(nanos()));
    }

    private void send(WindowAllowance pod, @Nullable Ask ask) {
      if (ask == null) {
        return;
      }
      if (random.nextInt(10) >= lostOfTen) {
        sent.add(new Sent.Answered(pod, redis.answer((Ask.Window) ask, now), nanos()));
      } else {
        boolean late = random.nextInt(10) < lateOfTen;
        boolean reached = late || random.nextBoolean();
        Ask.Answer answer = reached ? redis.answer((Ask.Window) ask, now) : null;
        sent.add(new Sent.Lost(pod, ask, late ? answer : null));
      }
    }

    private void answered() {
      if (!sent.isEmpty()) {
        switch (sent.remove(random.nextInt(sent.size()))) {
          case Sent.Answered(WindowAllowance pod, Ask.Answer answer, long sentAt) ->
              pod.answered(answer, sentAt, nanos());
          case Sent.Lost(WindowAllowance pod, Ask ask, Ask.Answer answer) -> {
            pod.failed(nanos());
            if (answer != null) {
              sent.add(new Sent.Late(pod, ask, answer));
            }
          }
          case Sent.Late(WindowAllowance pod, Ask ask, Ask.Answer answer) ->
              pod.answeredLate(ask, answer);
        }
      }
    }

    private void ended() {
      if (!underWay.isEmpty()) {
        Admitted one = underWay.remove(random.nextInt(underWay.size()));
        one.endedAt = now;
        if (one.takes < one.claim.need()) {
          one.pod.putBack(one.claim, one.claim.need() - one.takes, nanos());
        } else {
          one.pod.ended(one.takes - one.claim.need(), nanos());
        }
      }
    }

    /** All requests end, and Redis hears of all. */
    void settle() {
      while (!underWay.isEmpty()) {
        ended();
      }
      for (int rounds = 0; rounds < 4; rounds++) {
        while (!sent.isEmpty()) {
          answered();
        }
        now += WindowAllowance.GRANT_MILLIS;
        for (WindowAllowance pod : pods) {
          Ask ask = pod.settle(nanos());
          if (ask != null) {
            pod.answered(redis.answer((Ask.Window) ask, now), nanos(), nanos());
          }
        }
      }
      assertThat(pods).allMatch(WindowAllowance::isQuiet);
    }

    /** What was claimed within the time that ends now, of what was settled what was taken. */
    long claimed() {
      return all.stream()
          .filter(one -> one.at > now - perMillis)
          .mapToLong(Admitted::ofClaim)
          .sum();
    }

    long taken() {
      return all.stream().mapToLong(one -> one.ofClaim() + one.beyond()).sum();
    }
  }
}
