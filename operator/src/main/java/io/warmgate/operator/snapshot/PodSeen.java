package io.warmgate.operator.snapshot;

import io.warmgate.config.admin.PodState;
import org.jspecify.annotations.Nullable;

/**
 * A pod as its fleet sees it.
 *
 * @param answering whether it may be serving requests: it may have been ready once, and its
 *     containers have not ended
 * @param state its last answer; null before the first
 * @param problem why it cannot be asked now; null while it can
 * @param refused the newest revision that it refused; null where it refused none
 * @param place where Kubernetes has it
 */
public record PodSeen(
    String name,
    String uid,
    boolean answering,
    @Nullable PodState state,
    @Nullable String problem,
    PodState.@Nullable Refused refused,
    Place place) {

  /**
   * What Kubernetes says of it.
   *
   * @param side name of the template that it is of; null where it has none
   * @param runs whether a container of it runs
   * @param waits why none runs; null where nothing is said
   */
  public record Place(@Nullable String side, boolean runs, @Nullable String waits) {
    /** Of a pod that runs. */
    public static Place running(@Nullable String side) {
      return new Place(side, true, null);
    }
  }

  /** One that runs, of no side. */
  public PodSeen(
      String name,
      String uid,
      boolean answering,
      @Nullable PodState state,
      @Nullable String problem,
      PodState.@Nullable Refused refused) {
    this(name, uid, answering, state, problem, refused, Place.running(null));
  }

  /** Whether it is of this side. */
  public boolean of(String side) {
    return side.equals(place.side());
  }

  /** The number of the revision that it last said it serves; 0 where it serves none. */
  public long serves() {
    PodState.Served served = state == null ? null : state.revision();
    return served == null ? 0 : served.number();
  }

  /** Whether it says that it is ready. */
  public boolean ready() {
    return problem == null && state != null && state.ready();
  }

  /** Whether it refused this revision and has not taken it since. */
  public boolean refuses(long number) {
    return refused != null && refused.number() == number && serves() != number;
  }
}
