package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.operator.snapshot.PodSeen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvalidationsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final PurgeProgress.Appending LOGGED =
      new PurgeProgress.Appending.Appended(new PurgeReceipt("e1", "1-0"));
  private static final PurgeProgress.Appending NO_LOG = new PurgeProgress.Appending.Unavailable();

  private final CacheInvalidation object =
      Serialization.unmarshal(
          """
          kind: CacheInvalidation
          metadata: {name: p, namespace: shop, uid: p-uid, generation: 1, creationTimestamp: "2026-11-22T12:00:00Z"}
          spec: {gatewayRef: {name: edge}, select: {paths: [/a/../%7eb]}, deadline: 60s, ttlSecondsAfterFinished: 100}
          """,
          CacheInvalidation.class);

  /** Does what the operator does: writes the status, then acts. */
  private InvalidationStep next(
      @Nullable PurgeAudience audience, PurgeProgress progress, int second) {
    InvalidationStep step =
        Invalidations.next(object, audience, progress, START.plusSeconds(second));
    object.setStatus(step.status().status());
    return step;
  }

  private static PurgeAudience pods(boolean shared, String... names) {
    return new PurgeAudience(
        List.of(names).stream()
            .map(name -> new PodSeen(name, name, true, null, null, null))
            .toList(),
        shared);
  }

  private static PurgeProgress progress(PurgeProgress.Appending appending, String... acknowledged) {
    return new PurgeProgress(appending, Set.of(acknowledged), Map.of());
  }

  private @Nullable InvalidationPhase phase() {
    return object.getStatus().phase();
  }

  private static List<String> pushedTo(InvalidationStep step) {
    return step.actions().stream()
        .filter(PurgeAction.Push.class::isInstance)
        .map(PurgeAction.Push.class::cast)
        .flatMap(push -> push.podUids().stream())
        .toList();
  }

  @Test
  void isLoggedThenPushedThenDone() {
    InvalidationStep first = next(pods(true, "a", "b"), PurgeProgress.none(), 0);
    assertThat(first.actions()).hasSize(1).first().isInstanceOf(PurgeAction.Append.class);
    assertThat(phase()).isEqualTo(InvalidationPhase.PENDING);

    InvalidationStep logged = next(pods(true, "a", "b"), progress(LOGGED), 1);
    assertThat(object.getStatus().position()).isEqualTo("e1/1-0");
    assertThat(logged.status().settled()).as("written at once, before any push").isTrue();
    assertThat(pushedTo(logged)).containsExactly("a", "b");
    PurgeAction.Push push = (PurgeAction.Push) logged.actions().getFirst();
    assertThat(push.order().request().paths()).containsExactly("/~b");
    assertThat(push.order().logged()).isEqualTo(new PurgeReceipt("e1", "1-0"));

    assertThat(pushedTo(next(pods(true, "a", "b"), progress(LOGGED, "a"), 2))).containsExactly("b");
    InvalidationStep done = next(pods(true, "a", "b"), progress(LOGGED, "a", "b"), 3);
    assertThat(phase()).isEqualTo(InvalidationPhase.COMPLETED);
    assertThat(done.actions()).isEmpty();
    assertThat(done.notices()).extracting(Notice::reason).containsExactly("Completed");
    assertThat(Objects.requireNonNull(object.getStatus().pods()).acknowledged()).isEqualTo(2);
  }

  @Test
  void aPodThatAppearsMeanwhileIsAskedToo() {
    next(pods(true, "a"), progress(LOGGED), 0);
    InvalidationStep step = next(pods(true, "a", "new"), progress(LOGGED, "a"), 1);
    assertThat(phase()).isEqualTo(InvalidationPhase.IN_PROGRESS);
    assertThat(pushedTo(step)).containsExactly("new");
  }

  @Test
  void withoutALogItTravelsUntilItIsLoggedAlsoAfterTheEnd() {
    InvalidationStep step = next(pods(true, "a"), progress(NO_LOG), 0);
    assertThat(step.actions())
        .extracting(action -> action.getClass().getSimpleName())
        .containsExactly("Announce", "Append", "Push");
    InvalidationStep done = next(pods(true, "a"), progress(NO_LOG, "a"), 1);
    assertThat(phase()).isEqualTo(InvalidationPhase.COMPLETED);
    assertThat(done.actions())
        .extracting(action -> action.getClass().getSimpleName())
        .containsExactly("Announce", "Append");
    assertThat(next(pods(true, "a"), progress(NO_LOG, "a"), 1000).actions())
        .as("kept, though its time is over")
        .doesNotHaveAnyElementsOfTypes(PurgeAction.Delete.class);
    InvalidationStep logged = next(pods(true, "a"), progress(LOGGED, "a"), 1001);
    assertThat(object.getStatus().position()).isEqualTo("e1/1-0");
    assertThat(logged.actions()).containsExactly(new PurgeAction.Delete());
  }

  @Test
  void withoutASharedCacheNothingIsLogged() {
    assertThat(pushedTo(next(pods(false, "a"), PurgeProgress.none(), 0))).containsExactly("a");
    assertThat(next(pods(false, "a"), progress(NO_LOG, "a"), 1).actions()).isEmpty();
    assertThat(phase()).isEqualTo(InvalidationPhase.COMPLETED);
  }

  @Test
  void theDeadlineNamesThePods() {
    InvalidationStep step = next(pods(true, "a", "b"), progress(LOGGED, "a"), 5);
    assertThat(step.again()).contains(START.plusSeconds(65));
    assertThat(phase()).isEqualTo(InvalidationPhase.IN_PROGRESS);
    next(pods(true, "a", "b"), progress(LOGGED, "a"), 65);
    assertThat(phase()).isEqualTo(InvalidationPhase.TIMED_OUT);
    assertThat(Objects.requireNonNull(object.getStatus().pods()).pending()).containsExactly("b");
    InvalidationStep late = next(pods(true, "a", "b"), progress(LOGGED, "a", "b"), 66);
    assertThat(phase()).as("an end is an end").isEqualTo(InvalidationPhase.TIMED_OUT);
    assertThat(late.status().changed()).isFalse();
    assertThat(next(pods(true, "a", "b"), progress(LOGGED), 165).actions())
        .containsExactly(new PurgeAction.Delete());
  }

  @Test
  void nobodyToAskIsNoCompletion() {
    next(pods(true), PurgeProgress.none(), 0);
    assertThat(phase()).isEqualTo(InvalidationPhase.PENDING);
    next(null, PurgeProgress.none(), 1);
    assertThat(phase()).isEqualTo(InvalidationPhase.PENDING);
    assertThat(object.getStatus().conditions().getFirst().getReason()).isEqualTo("TargetNotFound");
    next(null, PurgeProgress.none(), 60);
    assertThat(phase()).isEqualTo(InvalidationPhase.TIMED_OUT);
    assertThat(object.getStatus().startedAt()).isNull();
  }

  private static final CacheInvalidation DRY =
      Serialization.unmarshal(
          """
          kind: CacheInvalidation
          metadata: {name: p, namespace: shop, uid: p-uid, generation: 1, creationTimestamp: "2026-11-22T12:00:00Z"}
          spec: {gatewayRef: {name: edge}, select: {prefix: /a}, dryRun: true, deadline: 60s, ttlSecondsAfterFinished: 100}
          """,
          CacheInvalidation.class);

  private static PurgeProgress counted(Map<String, PurgeCount> counts) {
    return new PurgeProgress(new PurgeProgress.Appending.NotTried(), Set.of(), counts);
  }

  @Test
  void aDryRunIsCountedAndNeitherLoggedNorPushed() {
    InvalidationStep first =
        Invalidations.next(DRY, pods(true, "a", "b"), PurgeProgress.none(), START);
    assertThat(first.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            PurgeAction.Count.class,
            count -> assertThat(count.podUids()).containsExactly("a", "b"));
    assertThat(first.status().status().matched()).isNull();

    PurgeCount two = new PurgeCount(2L, List.of(1L, 2L));
    PurgeCount three = new PurgeCount(3L, List.of(2L, 3L, 4L));
    InvalidationStep half =
        Invalidations.next(DRY, pods(true, "a", "b"), counted(Map.of("a", two)), START);
    assertThat(half.status().status().phase()).isEqualTo(InvalidationPhase.IN_PROGRESS);
    assertThat(half.status().status().matched()).isNull();
    assertThat(half.actions())
        .containsExactly(
            new PurgeAction.Count(
                ((PurgeAction.Count) first.actions().getFirst()).order(), List.of("b")));

    InvalidationStep done =
        Invalidations.next(
            DRY,
            pods(true, "a", "b"),
            counted(Map.of("a", two, "b", three, "gone", new PurgeCount(1L, List.of(9L)))),
            START);
    CacheInvalidationStatus status = done.status().status();
    assertThat(status.phase()).isEqualTo(InvalidationPhase.COMPLETED);
    assertThat(status.matched()).isEqualTo(4);
    assertThat(status.position()).isNull();
    assertThat(done.actions()).isEmpty();
    assertThat(status.conditions().getLast().getMessage()).contains("nothing was purged");
  }

  @Test
  void aDryRunThatNotEveryPodAnsweredSaysNoNumber() {
    InvalidationStep late =
        Invalidations.next(
            DRY,
            pods(true, "a", "b"),
            counted(Map.of("a", PurgeCount.NONE)),
            START.plusSeconds(60));
    CacheInvalidationStatus status = late.status().status();
    assertThat(status.phase()).isEqualTo(InvalidationPhase.TIMED_OUT);
    assertThat(status.matched()).isNull();
    assertThat(status.conditions().getLast().getMessage())
        .isEqualTo("After 60s these pods have not counted: b. Nothing was purged");
    assertThat(late.actions()).isEmpty();
  }

  @Test
  void whatNoRequestCanHaveFails() {
    CacheInvalidation above =
        Serialization.unmarshal(
            """
            kind: CacheInvalidation
            metadata: {name: p, namespace: shop, uid: p-uid, generation: 1, creationTimestamp: "2026-11-22T12:00:00Z"}
            spec: {gatewayRef: {name: edge}, select: {prefix: /../x}}
            """,
            CacheInvalidation.class);
    InvalidationStep step = Invalidations.next(above, pods(true, "a"), PurgeProgress.none(), START);
    assertThat(step.status().status().phase()).isEqualTo(InvalidationPhase.FAILED);
    assertThat(step.status().status().conditions().getFirst().getMessage())
        .isEqualTo("spec.select.prefix: '/../x' leads above the root");
  }
}
