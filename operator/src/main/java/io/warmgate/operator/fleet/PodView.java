package io.warmgate.operator.fleet;

import io.warmgate.config.admin.PodState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod now.
 *
 * @param state its last answer; null before the first
 * @param problem why it cannot be asked now; null while it can
 * @param answering whether it may answer requests
 * @param refused the newest revision that it refused
 * @param purged ids of open orders that it acknowledged
 */
public record PodView(
    GatewayPod pod,
    @Nullable PodState state,
    @Nullable String problem,
    boolean answering,
    PodState.@Nullable Refused refused,
    Set<String> purged) {
  public PodView {
    purged = Set.copyOf(purged);
  }

  static PodView of(GatewayPod pod, Contact contact, Target target) {
    return new PodView(
        pod,
        contact.state(),
        contact.problem(),
        answers(pod, contact),
        contact.refused(),
        Set.copyOf(
            target.purges().stream().map(order -> order.id()).filter(contact::hasPurged).toList()));
  }

  /**
   * From the moment it was told that its revision is current, or says that it was ready, until its
   * containers have ended. One that runs and cannot be asked may have been ready under the operator
   * before this one, or turned ready in silence: it counts. One that is heard runs, whatever
   * Kubernetes has seen so far.
   */
  private static boolean answers(GatewayPod pod, Contact contact) {
    PodState state = contact.state();
    boolean mayBeReady = contact.told() || (state != null && state.everReady());
    return switch (pod.containers()) {
      case ENDED -> false;
      case WAITING -> mayBeReady && contact.problem() == null;
      case RUNNING -> contact.problem() != null || mayBeReady;
    };
  }

  /** Number of the revision that it serves; 0 where none is known. */
  public long served() {
    return state == null || state.revision() == null ? 0 : state.revision().number();
  }

  /** Whether it serves this revision or a newer one. */
  public boolean serves(long number) {
    return served() >= number;
  }

  /**
   * Whether a reader of {@code other} would learn something from this: not of times or counters.
   */
  boolean saysMoreThan(PodView other) {
    return !essence().equals(other.essence());
  }

  private Essence essence() {
    return new Essence(
        state == null ? null : state.revision(),
        state != null && state.ready(),
        state != null && state.draining(),
        problem == null,
        answering,
        refused,
        (state == null || state.log() == null) ? null : state.log().connected(),
        purged);
  }

  private record Essence(
      PodState.@Nullable Served revision,
      boolean ready,
      boolean draining,
      boolean reachable,
      boolean answering,
      PodState.@Nullable Refused refused,
      @Nullable Boolean logConnected,
      Set<String> purged) {}
}
