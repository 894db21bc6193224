package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.NotYetKnown;
import io.warmgate.operator.gather.OwnSecretNotReadable;
import io.warmgate.operator.reconcile.StepTimes.Step;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.Translation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reconcile of an {@code ApiGateway}, and with it of everything attached to it: gather,
 * translate, mint, apply, report. It may run at any time, any number of times; where nothing
 * changed it writes nothing.
 */
public final class GatewayReconciler implements Reconciler<ApiGateway> {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayReconciler.class);

  /** When to look again where the API server did not answer, or somebody wrote at the same time. */
  private static final Duration SOON = Duration.ofMillis(500);

  /** When to look again for a right that was missing. */
  private static final Duration RIGHTS = Duration.ofSeconds(10);

  private final GatewayStates states;
  private final Bursts bursts;
  private final GatewaySteps steps;
  private final StepTimes times;
  private final EventSource<?, ApiGateway> events;
  private final Clock clock;

  public GatewayReconciler(
      GatewayStates states,
      Bursts bursts,
      GatewaySteps steps,
      StepTimes times,
      EventSource<?, ApiGateway> events) {
    this.states = states;
    this.bursts = bursts;
    this.steps = steps;
    this.times = times;
    this.events = events;
    this.clock = Clock.systemUTC();
  }

  @Override
  public List<EventSource<?, ApiGateway>> prepareEventSources(
      EventSourceContext<ApiGateway> context) {
    return List.of(events);
  }

  @Override
  public UpdateControl<ApiGateway> reconcile(ApiGateway primary, Context<ApiGateway> context) {
    GatewayKey key = GatewayKey.of(primary);
    Duration pause = bursts.settle(key);
    if (!pause.isZero()) {
      return again(pause);
    }
    Optional<ApiGateway> gateway = steps.gateway(key);
    if (gateway.isEmpty() || gateway.get().getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    try {
      return reconcile(gateway.get(), states.of(gateway.get()), now())
          .map(this::again)
          .orElseGet(UpdateControl::noUpdate);
    } catch (OwnSecretNotReadable e) {
      LOG.warn("{}: {}", key, e.getMessage());
      steps.unreadable(gateway.get(), clock.instant());
      return again(RIGHTS);
    } catch (NotYetKnown e) {
      LOG.warn("{}: {}", key, e.getMessage());
      return again(SOON);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
      LOG.info("{}: somebody else wrote at the same time; reading again", key);
      return again(SOON);
    }
  }

  /** As precise as statuses have it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private UpdateControl<ApiGateway> again(Duration pause) {
    return UpdateControl.<ApiGateway>noUpdate()
        .rescheduleAfter(pause.isPositive() ? pause : Duration.ofMillis(1));
  }

  /** When to look again though nothing happens. */
  private Optional<Duration> reconcile(ApiGateway gateway, GatewayState state, Instant now) {
    times.take(Step.IDENTIFY, () -> steps.identify(gateway, state, now));
    Snapshot snapshot = times.take(Step.GATHER, () -> steps.gather(gateway, state));
    state.keys.make(snapshot, now);
    Translation translation =
        times.take(Step.TRANSLATE, () -> steps.translate(snapshot, state, now));
    Minting minting = times.take(Step.MINT, () -> steps.mint(snapshot, translation, state));
    times.take(Step.PUSH, () -> steps.push(snapshot, translation, state));
    if (bursts.waiting(GatewayKey.of(gateway)) && state.reportMayWait(now)) {
      return Optional.of(Duration.ZERO); // what is newer goes first, and is reported with this
    }
    times.take(Step.APPLY, () -> steps.apply(snapshot, state));
    Optional<Instant> again =
        times.take(Step.REPORT, () -> steps.report(snapshot, translation, minting, state, now));
    times.take(Step.ACKNOWLEDGE, () -> steps.acknowledge(gateway, state));
    state.reported(now);
    Optional<Instant> next =
        Stream.of(
                again, state.rollouts.again(now), state.podsRollout.again(now), state.keys.again())
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    return state.revisions.upToDate()
        ? next.map(at -> Duration.between(clock.instant(), at))
        : Optional.of(Duration.ZERO);
  }
}
