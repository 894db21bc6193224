package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.ReleasePurge;
import io.warmgate.operator.snapshot.PodSeen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleasePurgesTest {
  private static final Instant BEGAN = Instant.parse("2026-11-26T10:00:00Z");
  private static final PurgeProgress.Appending LOGGED =
      new PurgeProgress.Appending.Appended(new PurgeReceipt("e1", "1-0"));

  private final ApiRoute route =
      Serialization.unmarshal(
          """
          kind: ApiRoute
          metadata: {name: catalog, namespace: shop, uid: r-uid, generation: 7}
          spec: {parentRefs: [{name: edge}]}
          """,
          ApiRoute.class);
  private ReleasePurge purge = due("green", BEGAN, null, "listing", "home");

  private ReleasePurge due(
      String release, Instant began, @Nullable ReleasePurge before, String... tags) {
    return ReleasePurges.due(route, release, began, List.of(tags), before);
  }

  private ReleasePurges.Step next(boolean shared, PurgeProgress progress, int second) {
    List<PodSeen> pods =
        Stream.of("a", "b").map(name -> new PodSeen(name, name, true, null, null, null)).toList();
    ReleasePurges.Step step =
        ReleasePurges.next(
            route,
            "edge",
            purge,
            new PurgeAudience(pods, shared),
            progress,
            BEGAN.plusSeconds(second));
    purge = step.purge();
    return step;
  }

  private static PurgeProgress progress(PurgeProgress.Appending appending, String... acknowledged) {
    return new PurgeProgress(appending, Set.of(acknowledged), Map.of());
  }

  @Test
  void goesTheWayOfACacheInvalidation() {
    assertThat(next(true, PurgeProgress.none(), 0).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            PurgeAction.Append.class,
            append -> {
              assertThat(append.order().id()).isEqualTo(purge.id());
              assertThat(append.order().request().tags()).containsExactly("listing", "home");
            });
    ReleasePurges.Step pushed = next(true, progress(LOGGED), 1);
    assertThat(purge.position()).isEqualTo("e1/1-0");
    assertThat(pushed.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            PurgeAction.Push.class,
            push -> {
              assertThat(push.podUids()).containsExactly("a", "b");
              assertThat(push.order().id()).isEqualTo(purge.id());
            });
    assertThat(pushed.notice()).isEmpty();
    ReleasePurges.Step done = next(true, progress(LOGGED, "a", "b"), 2);
    assertThat(purge.phase()).isEqualTo(InvalidationPhase.COMPLETED);
    assertThat(done.actions()).isEmpty();
    Notice end = done.notice().orElseThrow();
    assertThat(end.about()).isSameAs(route);
    assertThat(end.reason()).isEqualTo("ReleasePurged");
    assertThat(end.note()).contains("listing, home", "release green", purge.id());
    assertThat(ReleasePurges.isOver(purge, true)).isTrue();
    assertThat(next(true, progress(LOGGED, "a", "b"), 90).notice()).as("told once").isEmpty();
  }

  @Test
  void podsThatDoNotSayThatTheyDidAreNamed() {
    next(true, PurgeProgress.none(), 0);
    next(true, progress(LOGGED), 1);
    Notice end = next(true, progress(LOGGED, "b"), 61).notice().orElseThrow();
    assertThat(end.reason()).isEqualTo("ReleasePurgeTimedOut");
    assertThat(end.severity()).isEqualTo(Notice.Severity.WARNING);
    assertThat(end.note()).contains("these pods have not acknowledged it: a", "stays in force");
  }

  @Test
  void aLogThatIsAwayIsTriedAgainThoughEveryPodObeyed() {
    next(true, PurgeProgress.none(), 0);
    PurgeProgress.Appending away = new PurgeProgress.Appending.Unavailable();
    next(true, progress(away, "a", "b"), 1);
    assertThat(purge.phase()).isEqualTo(InvalidationPhase.COMPLETED);
    assertThat(ReleasePurges.isOver(purge, true)).isFalse();
    assertThat(next(true, progress(away, "a", "b"), 300).actions())
        .anyMatch(PurgeAction.Append.class::isInstance);
    next(true, progress(LOGGED, "a", "b"), 301);
    assertThat(ReleasePurges.isOver(purge, true)).isTrue();
  }

  @Test
  void theIdIsTheSameForTheNextOperatorAndAnotherForTheNextRollout() {
    assertThat(due("green", BEGAN, null, "listing").id()).isEqualTo(purge.id());
    assertThat(due("teal", BEGAN, null, "listing").id()).isNotEqualTo(purge.id());
    assertThat(due("green", BEGAN.plusSeconds(1), null, "listing").id()).isNotEqualTo(purge.id());
  }

  @Test
  void whatWasNotOverIsTakenAlong() {
    next(true, PurgeProgress.none(), 0);
    assertThat(due("teal", BEGAN, purge, "search").tags())
        .containsExactly("search", "listing", "home");
    next(false, progress(LOGGED, "a", "b"), 1);
    assertThat(purge.phase()).isEqualTo(InvalidationPhase.COMPLETED);
    assertThat(due("teal", BEGAN, purge, "search").tags()).containsExactly("search");
  }
}
