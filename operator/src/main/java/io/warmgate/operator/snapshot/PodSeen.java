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
 */
public record PodSeen(
    String name,
    String uid,
    boolean answering,
    @Nullable PodState state,
    @Nullable String problem,
    PodState.@Nullable Refused refused) {

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
