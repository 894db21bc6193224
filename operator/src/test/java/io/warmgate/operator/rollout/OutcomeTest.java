package io.warmgate.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.crd.v1alpha1.RolloutStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private final World world = new World();

  OutcomeTest() {
    world.wanted = "green";
  }

  private RolloutStatus written() {
    return RolloutRecord.write(world.state, Warmth.UNKNOWN);
  }

  /** What the steps until it is steady came to, one after the other. */
  private Outcome end() {
    RolloutStatus before = written();
    for (int i = 0; i < 3_000; i++) {
      world.look();
      RolloutStatus now = written();
      var outcome = Outcome.between(before, now, world.now);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      before = now;
      world.now = world.now.plusSeconds(1);
    }
    throw new AssertionError("it does not end: " + world.state);
  }

  @Test
  void aReleaseThatGoesInIsCompleted() {
    Outcome end = end();
    assertThat(end.word()).isEqualTo("Completed");
    assertThat(end.took()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void oneThatGoesBackSaysWhy() {
    world.reach(Verifying.class);
    world.verdict = new Verdict.Bad("5.0 % of 100 requests failed");
    assertThat(end().word()).isEqualTo("FailedCheck");
  }

  @Test
  void anOrderIsACause() {
    world.reach(Shifting.class).order(Command.ABORT);
    assertThat(end().word()).isEqualTo("Aborted");
  }

  @Test
  void aNewerOneEndsItThoughNothingGoesBack() {
    world.reach(Warming.class);
    world.wanted = "teal";
    assertThat(end().word()).isEqualTo("Superseded");
    assertThat(world.state).isInstanceOf(Provisioning.class);
  }

  @Test
  void whatIsGoneIsNotCompleted() {
    world.reach(Warming.class);
    RolloutStatus before = written();
    world.state = Steady.at("blue");
    assertThat(Outcome.between(before, written(), world.now).orElseThrow().word())
        .isEqualTo("ReleaseLost");
  }

  @Test
  void nothingEndsWhereNothingBegan() {
    RolloutStatus steady = written();
    world.look();
    assertThat(Outcome.between(steady, written(), world.now)).isEmpty();
    assertThat(Outcome.between(null, written(), world.now)).isEmpty();
    assertThat(Outcome.between(written(), written(), world.now)).isEmpty();
  }
}
