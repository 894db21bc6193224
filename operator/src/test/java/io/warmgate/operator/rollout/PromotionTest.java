package io.warmgate.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.operator.rollout.RolloutSettings.Stage;
import io.warmgate.operator.rollout.RolloutSettings.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionTest {
  private final World world = new World();

  PromotionTest() {
    world.wanted = "green";
  }

  /** What was promoted until nothing follows any more. */
  private List<String> promoted() {
    List<String> promoted = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Observation seen = world.observation();
      RolloutState before = world.state;
      world.look();
      Promotion.of(before, world.state, seen)
          .ifPresent(
              release -> {
                promoted.add(release);
                assertThat(world.state.sides())
                    .as("every pod gives it everything")
                    .matches(sides -> sides.percent() == 100 || sides.first().equals(release));
              });
      world.now = world.now.plusSeconds(1);
    }
    return promoted;
  }

  @Test
  void onceForARelease() {
    world.steps = List.of(new Stage(10, Duration.ZERO), new Stage(50, Duration.ZERO));
    assertThat(promoted()).containsExactly("green");
  }

  @Test
  void notForOneThatIsLeftOnItsWay() {
    world.steps = List.of(new Stage(50, Duration.ZERO));
    world.reach(Shifting.class).order(Command.ABORT);
    assertThat(promoted()).isEmpty();
  }

  @Test
  void notAgainWhenTheOneBeforeGetsEverythingBack() {
    world.reach(Observing.class);
    world.verdict = new Verdict.Bad("it fails");
    assertThat(promoted()).isEmpty();
    assertThat(((Steady) world.state).release()).isEqualTo("blue");
  }

  @Test
  void theSwitchBackIsAPromotionToo() {
    assertThat(promoted()).containsExactly("green");
    world.state = new Steady("green", new Steady.Previous("blue", world.now.plusSeconds(99)), null);
    world.wanted = "blue";
    assertThat(promoted()).containsExactly("blue");
  }

  @Test
  void atOnceIsAtOnce() {
    world.strategy = Strategy.AT_ONCE;
    assertThat(promoted()).containsExactly("green");
  }

  @Test
  void aChangeInPlaceIsNone() {
    RolloutState before = Steady.at("green");
    assertThat(Promotion.of(before, Steady.at("green"), world.observation())).isEmpty();
    world.state = before;
    Observation seen = world.observation();
    assertThat(seen.wanted().likeBlue()).isTrue();
    assertThat(Promotion.of(before, Steady.at("green-with-one-rule-more"), seen)).isEmpty();
  }
}
