package io.warmgate.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.operator.rollout.RolloutSettings.OnInconclusive;
import io.warmgate.operator.rollout.RolloutSettings.OnTimeout;
import io.warmgate.operator.rollout.RolloutSettings.Promotion;
import io.warmgate.operator.rollout.RolloutSettings.Stage;
import io.warmgate.operator.rollout.RolloutSettings.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutStateTest {
  private final World world = new World();

  RolloutStateTest() {
    world.wanted = "green";
  }

  @Test
  void aGoodReleaseGoesInAndTheOneBeforeIsKept() {
    world.reach(Observing.class);
    assertThat(world.state.sides()).isEqualTo(new Sides("blue", "green", 100));
    world.reach(Steady.class);
    assertThat(world.state)
        .isEqualTo(
            new Steady("green", new Steady.Previous("blue", world.now.plus(world.keep)), null));
    assertThat(world.settle()).isEqualTo(Steady.at("green"));
    assertThat(world.told)
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "RolloutBegun",
            "Warming",
            "Warm",
            "Shifting",
            "Switched",
            "Observed",
            "RolledOut",
            "PreviousDropped");
  }

  @Test
  void nothingHappensWhereNothingIsWanted() {
    world.wanted = "blue";
    assertThat(world.settle()).isEqualTo(Steady.at("blue"));
    assertThat(world.told).isEmpty();
  }

  @Test
  void noTrafficBeforeEveryPodHasBothSides() {
    world.acknowledged = false;
    world.look();
    world.after(Duration.ofMinutes(9)).look();
    assertThat(world.state).isInstanceOf(Provisioning.class);
    world.after(Duration.ofMinutes(2)).look();
    assertThat(world.state).isInstanceOf(RollingBack.class);
    assertThat(world.told).last().asString().contains("After 10m").contains("pod edge-1");
    world.look();
    assertThat(world.state)
        .as("blue is not back before every pod says so")
        .isInstanceOf(RollingBack.class);
    world.acknowledged = true;
    world.look();
    assertThat(world.state).isInstanceOf(Steady.class);
  }

  @Test
  void whatCannotBeWarmedGoesBack() {
    world.warmth = World.warm(94, 0);
    Steady end = (Steady) world.settle();
    assertThat(end.release()).isEqualTo("blue");
    assertThat(end.failed()).isNotNull();
    assertThat(end.failed().reason()).isEqualTo("NotWarm");
    assertThat(end.failed().message()).contains("94 %").contains("95 % was asked for");
  }

  @Test
  void orGoesOnColdWhereThatIsAskedFor() {
    world.warmth = World.warm(10, 0);
    world.onTimeout = OnTimeout.PROMOTE;
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
    assertThat(world.told).anyMatch(line -> line.startsWith("NotWarm"));
  }

  @Test
  void answersThatHaveGoneAreAReasonToGoBack() {
    world.warmth = World.warm(100, 21);
    Steady end = (Steady) world.settle();
    assertThat(end.release()).isEqualTo("blue");
    assertThat(end.failed()).isNotNull();
    assertThat(end.failed().message()).contains("21 of 100").contains("maxChangedPercent");
  }

  @Test
  void trafficWaitsForAnotherRollout() {
    world.queued = "the rollout of the gateway's pods";
    for (int i = 0; i < 50; i++) {
      world.after(Duration.ofMinutes(1)).look();
    }
    assertThat(world.state).isInstanceOf(Verifying.class);
    world.order(Command.PROMOTE).look();
    assertThat(world.state.sides().percent()).as("also where somebody promotes it").isZero();
    world.queued = null;
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  @Test
  void aPromotionWhileAnotherRolloutMovesTrafficIsKept() {
    world.reach(Warming.class).queued = "the rollout of ApiRoute shop/catalog";
    world.warmth = World.warm(10, 0);
    world.order(Command.PROMOTE).look();
    assertThat(world.state).isInstanceOf(Verifying.class);
    assertThat(world.told).last().asString().contains("waits for the rollout of ApiRoute");
    world.queued = null;
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  /** An operator that starts while a rollout is paused begins its window anew. */
  @Test
  void aPauseOverARestartTakesNoTimeEither() {
    world.reach(Observing.class).order(Command.PAUSE).look();
    world.after(Duration.ofHours(1));
    world.state =
        RolloutRecord.read(RolloutRecord.write(world.state, world.warmth), world.now).orElseThrow();
    world.order(Command.RESUME).look();
    world.after(Duration.ofSeconds(11)).look();
    assertThat(world.state).isInstanceOf(Draining.class);
  }

  @Test
  void soDoesTheWayBack() {
    world.reach(Observing.class).reach(Steady.class).wanted = "blue";
    world.queued = "the rollout of the gateway's pods";
    world.look();
    assertThat(world.state.sides()).isEqualTo(new Sides("green", "blue", 0));
    world.queued = null;
    world.look();
    assertThat(world.state.sides()).isEqualTo(new Sides("green", "blue", 100));
  }

  @Test
  void whatFailedIsNotTriedAgainByItself() {
    world.reach(Verifying.class);
    world.verdict = new Verdict.Bad("5.0 % of 100 requests failed");
    Steady end = (Steady) world.settle();
    world.verdict = new Verdict.Good();
    assertThat(world.settle()).isEqualTo(end);
    world.order(Command.RETRY);
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  @Test
  void andIsForgottenWithANewerOne() {
    world.reach(Warming.class).order(Command.ABORT).reach(Steady.class);
    world.wanted = "teal";
    assertThat(world.settle()).isEqualTo(Steady.at("teal"));
    world.wanted = "green";
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  @Test
  void aPersonIsWaitedFor() {
    world.promotion = Promotion.MANUAL;
    world.settle();
    assertThat(world.state).isInstanceOf(AwaitingPromotion.class);
    world.order(Command.PROMOTE);
    assertThat(world.state).as("certified again first").isInstanceOf(Warming.class);
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  @Test
  void stepByStep() {
    world.steps = List.of(new Stage(10, Duration.ofSeconds(30)), new Stage(50, Duration.ZERO));
    world.reach(Shifting.class);
    assertThat(world.state.sides().percent()).isEqualTo(10);
    world.look();
    world.after(Duration.ofSeconds(29)).look();
    assertThat(world.state.sides().percent()).isEqualTo(10);
    world.after(Duration.ofSeconds(1)).look();
    assertThat(world.state.sides().percent()).isEqualTo(50);
    world.look();
    world.after(Duration.ofSeconds(9)).look();
    assertThat(world.state.sides().percent()).as("the window of the analysis").isEqualTo(50);
    world.after(Duration.ofSeconds(1)).look();
    assertThat(world.state.sides().percent()).isEqualTo(100);
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  @Test
  void aStepIsLeftAtOnceWhereItIsBad() {
    world.steps = List.of(new Stage(10, Duration.ofMinutes(10)));
    world.reach(Shifting.class).look();
    world.verdict = new Verdict.Bad("too slow");
    world.look();
    assertThat(world.state).isInstanceOf(RollingBack.class);
    assertThat(world.state.sides().percent()).isZero();
  }

  @Test
  void tooLittleTrafficIsWhatTheUserSays() {
    world.verdict = new Verdict.Inconclusive("3 requests");
    world.onInconclusive = OnInconclusive.ABORT;
    assertThat(((Steady) world.settle()).failed()).isNotNull();
    world.onInconclusive = OnInconclusive.PAUSE;
    world.order(Command.RETRY).settle();
    assertThat(world.state).isInstanceOf(Verifying.class);
    assertThat(world.told).last().asString().startsWith("Inconclusive").contains("3 requests");
    world.order(Command.PROMOTE);
    assertThat(((Steady) world.settle()).release()).isEqualTo("green");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Provisioning.class,
        Warming.class,
        Verifying.class,
        Shifting.class,
        Observing.class
      })
  void everyStateCanBeAborted(Class<? extends RolloutState> kind) {
    world.reach(kind).order(Command.ABORT);
    assertThat(world.state).isInstanceOf(RollingBack.class);
    assertThat(world.state.sides()).isEqualTo(new Sides("blue", "green", 0));
    Steady end = (Steady) world.settle();
    assertThat(end.release()).isEqualTo("blue");
    assertThat(end.failed()).isNotNull();
    assertThat(end.failed().reason()).isEqualTo("Aborted");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Provisioning.class,
        Warming.class,
        Verifying.class,
        Shifting.class,
        Observing.class
      })
  void aSpecThatIsTakenBackTakesTheRolloutBack(Class<? extends RolloutState> kind) {
    world.reach(kind);
    world.wanted = "blue";
    world.look();
    assertThat(world.state).isInstanceOf(RollingBack.class);
    assertThat(world.settle()).isEqualTo(Steady.at("blue"));
  }

  @Test
  void theLastOfThreeSpecsWins() {
    world.reach(Warming.class);
    world.wanted = "teal";
    world.look();
    assertThat(world.state.sides()).isEqualTo(new Sides("blue", "teal", 0));
    world.reach(Shifting.class);
    world.wanted = "plum";
    world.reach(Steady.class).reach(Observing.class);
    assertThat(world.state.sides()).isEqualTo(new Sides("blue", "plum", 100));
    assertThat(((Steady) world.settle()).release()).isEqualTo("plum");
  }

  @Test
  void whatIsInIsNotTakenOutForTheNext() {
    world.reach(Observing.class);
    world.wanted = "teal";
    world.look();
    assertThat(world.state).isInstanceOf(Observing.class);
    world.reach(Provisioning.class);
    assertThat(world.state.sides()).isEqualTo(new Sides("green", "teal", 0));
  }

  @Test
  void theWayBackIsASwitchAsLongAsItIsKept() {
    world.reach(Steady.class); // blue, before anything
    world.reach(Draining.class).reach(Steady.class);
    world.wanted = "blue";
    world.look();
    assertThat(world.state.sides()).isEqualTo(new Sides("green", "blue", 100));
    assertThat(((Steady) world.settle()).release()).isEqualTo("blue");
    world.wanted = "green";
    world.look();
    assertThat(world.state).as("no longer kept").isInstanceOf(Provisioning.class);
  }

  @Test
  void aPauseTakesNoTime() {
    world.warmth = Warmth.UNKNOWN;
    world.reach(Warming.class);
    world.after(Duration.ofMinutes(9)).order(Command.PAUSE);
    world.after(Duration.ofHours(5)).look();
    world.order(Command.RESUME);
    world.after(Duration.ofSeconds(59)).look();
    assertThat(world.state).isInstanceOf(Warming.class);
    world.after(Duration.ofSeconds(2)).look();
    assertThat(world.state).isInstanceOf(RollingBack.class);
  }

  @Test
  void aReleaseThatIsGoneTakesTheRolloutBack() {
    world.reach(Warming.class);
    world.unusable = "Service 'catalog-v2' does not exist";
    world.look();
    assertThat(world.state).isInstanceOf(RollingBack.class);
    assertThat(world.told).last().asString().contains("catalog-v2");
  }

  @Test
  void recreateIsAtOnce() {
    world.strategy = Strategy.AT_ONCE;
    world.look();
    assertThat(world.state).isEqualTo(Steady.at("green"));
  }

  @Test
  void aChangeInPlaceIsNoRollout() {
    Step step =
        Steady.at("blue")
            .next(
                new Observation(
                    world.now,
                    new Observation.Wanted("blue and a rule", true, false, null),
                    true,
                    null,
                    Warmth.UNKNOWN,
                    new Verdict.Good(),
                    null,
                    null,
                    world.settings()));
    assertThat(step.state()).isEqualTo(Steady.at("blue and a rule"));
    assertThat(step.notes()).isEmpty();
  }

  @Test
  void nothingIsLeftWhileTheCheckIsAsked() {
    world.steps = List.of(new Stage(50, Duration.ofSeconds(20)));
    world.reach(Verifying.class);
    world.verdict = new Verdict.Pending();
    world.after(Duration.ofMinutes(1)).look();
    assertThat(world.state).as("no traffic before it has said").isInstanceOf(Verifying.class);
    world.verdict = new Verdict.Good();
    world.reach(Shifting.class);
    world.look();
    world.verdict = new Verdict.Pending();
    world.after(Duration.ofMinutes(1)).look();
    assertThat(world.state.sides().percent()).isEqualTo(50);
    world.verdict = new Verdict.Good();
    world.reach(Observing.class);
    world.verdict = new Verdict.Pending();
    world.after(Duration.ofMinutes(1)).look();
    assertThat(world.state).isInstanceOf(Observing.class);
    world.verdict = new Verdict.Bad("its check answered 500");
    world.look();
    assertThat(world.state).isInstanceOf(RollingBack.class);
  }
}
