package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.GatewayConfig;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.check.AddressRule;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.check.HostNames;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.RouteMemo;
import io.warmgate.operator.translate.Snapshots;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.translate.Translator;
import io.warmgate.operator.warm.Warmers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nothing is so before it is written. */
class RolloutsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @AutoClose private final Warmers warmers = new Warmers(List::of, () -> {});

  @AutoClose
  private final Checks checks = new Checks(new HostNames(null), AddressRule.LOOPBACK_ALLOWED);

  @AutoClose private final Rollouts rollouts = new Rollouts(warmers, Uncounted::new, checks);
  private final GatewayConfig first = config(Snapshots.of(List.of(route("v1"))));

  private static ApiRoute route(String version) {
    return Snapshots.route(
        "catalog",
        "version: %s, rules: [{name: all, backendRefs: [{name: catalog, port: 8080}]}]"
            .formatted(version));
  }

  private static ApiRoute told(String version, Command order) {
    ApiRoute route = route(version);
    route.getMetadata().setAnnotations(Map.of(Command.ANNOTATION, order.wire()));
    return route;
  }

  private static Translation translate(Snapshot snapshot, Map<String, Sides> sides) {
    return Translator.translate(snapshot, sides, null, new RouteMemo());
  }

  private static GatewayConfig config(Snapshot snapshot) {
    return Objects.requireNonNull(translate(snapshot, Map.of()).config());
  }

  /** One look, at a route like this where the first version runs. */
  private List<Rollouts.Change> look(ApiRoute route, Instant now) {
    Snapshot snapshot = Snapshots.running(List.of(route), first);
    rollouts.meet(snapshot, now);
    return rollouts.advance(snapshot, translate(snapshot, rollouts.sides()), null, now);
  }

  private static Optional<RolloutPhase> phase(Rollouts.Change change) {
    return Optional.ofNullable(change.status()).map(RolloutStatus::phase);
  }

  @Test
  void aStateWhoseStatusIsNotWrittenIsTriedAgainAndNotActedOn() {
    for (int tries = 0; tries < 2; tries++) {
      assertThat(look(route("v2"), NOW))
          .singleElement()
          .satisfies(change -> assertThat(phase(change)).contains(RolloutPhase.PROVISIONING));
      assertThat(rollouts.sides().values()).extracting(Sides::other).containsOnlyNulls();
    }
    look(route("v2"), NOW).forEach(change -> change.stands().run());
    assertThat(rollouts.sides().values()).extracting(Sides::other).doesNotContainNull();
    assertThat(look(route("v2"), NOW)).isEmpty();
  }

  @Test
  void anOrderIsObeyedOnceItsConsequenceIsWritten() {
    look(route("v2"), NOW).forEach(change -> change.stands().run());
    assertThat(look(told("v2", Command.ABORT), NOW))
        .singleElement()
        .satisfies(change -> assertThat(phase(change)).contains(RolloutPhase.ROLLING_BACK));
    List<Rollouts.Change> again = look(told("v2", Command.ABORT), NOW);
    assertThat(again)
        .singleElement()
        .satisfies(change -> assertThat(change.order()).isEqualTo("abort"));
    again.forEach(change -> change.stands().run());
    assertThat(look(told("v2", Command.ABORT), NOW)).isEmpty();
  }

  @Test
  void anOrderThatStaysIsTakenOffAgainAndNotObeyedAgain() {
    look(told("v1", Command.PROMOTE), NOW).forEach(change -> change.stands().run());
    assertThat(look(told("v1", Command.PROMOTE), NOW)).isEmpty();
    Instant later = rollouts.again(NOW).orElseThrow();
    assertThat(Duration.between(NOW, later)).isPositive();
    assertThat(look(told("v1", Command.PROMOTE), later))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.order()).isEqualTo("promote");
              assertThat(change.notes()).extracting(Step.Note::reason).isEmpty();
              change.stands().run();
            });
    assertThat(look(told("v1", Command.PROMOTE), later)).isEmpty();
    assertThat(look(route("v1"), later)).isEmpty();
    assertThat(rollouts.again(later)).isEmpty();
  }

  @Test
  void aPromotionThatAnOperatorBeforeHasWrittenIsNotObeyedAgain() {
    look(route("v2"), NOW).forEach(change -> change.stands().run());
    List<Rollouts.Change> promoted = look(told("v2", Command.PROMOTE), NOW);
    ApiRoute there = told("v2", Command.PROMOTE);
    there.setStatus(new ApiRouteStatus(1L, List.of(), promoted.getFirst().status(), List.of()));
    rollouts.close(); // before it is taken off
    assertThat(look(there, NOW))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.order()).as("to be taken off").isEqualTo("promote");
              assertThat(change.status()).isNull();
              assertThat(change.notes()).isEmpty();
            });
  }
}
