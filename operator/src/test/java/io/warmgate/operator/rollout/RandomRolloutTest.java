package io.warmgate.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.rollout.RolloutSettings.OnInconclusive;
import io.warmgate.operator.rollout.RolloutSettings.OnTimeout;
import io.warmgate.operator.rollout.RolloutSettings.Promotion;
import io.warmgate.operator.rollout.RolloutSettings.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Rollouts that see anything at all, in any order: no illegal state, no traffic that nobody agreed
 * to, and an end as soon as the world is good again.
 */
class RandomRolloutTest {
  private static final int LOOKS = 400;
  private static final List<String> RELEASES = List.of("blue", "green", "teal", "plum");

  @RepeatedTest(500)
  void neverAnIllegalStateAndAlwaysAnEnd(RepetitionInfo repetition) {
    long seed = 20_261_126L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    World world = new World();
    world.promotion = any(random, Promotion.values());
    world.onTimeout = any(random, OnTimeout.values());
    world.onInconclusive = any(random, OnInconclusive.values());
    if (random.nextBoolean()) {
      world.steps = List.of(new Stage(5, Duration.ofSeconds(20)), new Stage(40, Duration.ZERO));
    }
    world.keep = Duration.ofSeconds(random.nextInt(120));
    for (int i = 0; i < LOOKS; i++) {
      stir(world, random);
      look(world, seed);
      if (random.nextInt(40) == 0) {
        restart(world);
      }
    }
    calm(world);
    RolloutState end = world.settle();
    assertThat(end).as("seed %d: %s", seed, last(world)).isInstanceOf(Steady.class);
    Steady steady = (Steady) end;
    boolean refused = steady.failed() != null && steady.failed().release().equals(world.wanted);
    assertThat(refused || steady.release().equals(world.wanted))
        .as("seed %d: %s of %s, wanted %s", seed, end, last(world), world.wanted)
        .isTrue();
  }

  private static List<String> last(World world) {
    return world.told.subList(Math.max(0, world.told.size() - 5), world.told.size());
  }

  private static void stir(World world, Random random) {
    world.after(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(200_000) : 500));
    world.acknowledged = random.nextInt(3) > 0;
    world.command = random.nextInt(25) == 0 ? any(random, Command.values()) : null;
    world.unusable = random.nextInt(60) == 0 ? "gone" : null;
    if (random.nextInt(50) == 0) {
      world.wanted = RELEASES.get(random.nextInt(RELEASES.size()));
    }
    world.queued = random.nextInt(5) == 0 ? "another rollout" : null;
    world.verdict =
        switch (random.nextInt(30)) {
          case 0 -> new Verdict.Bad("bad");
          case 1, 2, 3 -> new Verdict.Inconclusive("few");
          case 4, 5 -> new Verdict.Pending();
          default -> new Verdict.Good();
        };
    world.warmth =
        switch (random.nextInt(6)) {
          case 0 -> Warmth.UNKNOWN;
          case 1 -> World.warm(random.nextInt(101), random.nextInt(30));
          default -> World.warm(100, 0);
        };
  }

  private static void look(World world, long seed) {
    RolloutState before = world.state;
    Observation seen = world.observation();
    RolloutState after = world.look();
    String what = "seed %d: %s saw %s and became %s".formatted(seed, before, seen, after);
    int more = share(after, green(after)) - share(before, green(after));
    if (green(after) != null && more > 0 && !(after instanceof Draining)) {
      boolean told = seen.command() == Command.PROMOTE;
      boolean judged = before instanceof Verifying || before instanceof Shifting;
      boolean kept =
          before instanceof Steady steady
              && steady.previous() != null
              && steady.previous().release().equals(green(after));
      assertThat(judged || told || kept).as(what).isTrue();
      assertThat(seen.queued() == null || before instanceof Shifting).as(what).isTrue();
      assertThat(before).as(what).isNotInstanceOfAny(Provisioning.class, RollingBack.class);
    }
    if (after instanceof Steady now && before instanceof Underway left) {
      assertThat(seen.acknowledged()).as(what).isTrue();
      assertThat(now.release()).as(what).isIn(left.course().blue(), left.course().green());
    }
    if (before instanceof Steady steady
        && steady.failed() != null
        && steady.failed().release().equals(seen.wanted().release())
        && seen.command() != Command.RETRY
        && !seen.wanted().likeGreen()) {
      assertThat(after).as(what).isInstanceOf(Steady.class);
    }
  }

  /** What an operator that starts now makes of the status. */
  private static void restart(World world) {
    RolloutStatus written = RolloutRecord.write(world.state, world.warmth);
    RolloutState read = RolloutRecord.read(written, world.now).orElseThrow();
    assertThat(read.sides()).isEqualTo(world.state.sides());
    world.state = read;
  }

  private static void calm(World world) {
    world.acknowledged = true;
    world.verdict = new Verdict.Good();
    world.warmth = World.warm(100, 0);
    world.unusable = null;
    world.queued = null;
    world.promotion = Promotion.AUTOMATIC;
    world.command = Command.RESUME;
  }

  private static @Nullable String green(RolloutState state) {
    return state instanceof Underway underway ? underway.course().green() : null;
  }

  private static int share(RolloutState state, @Nullable String release) {
    Sides sides = state.sides();
    if (release == null) {
      return 0;
    }
    return release.equals(sides.other())
        ? sides.percent()
        : release.equals(sides.first()) ? 100 - sides.percent() : 0;
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
