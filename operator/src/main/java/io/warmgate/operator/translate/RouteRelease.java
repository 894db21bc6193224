package io.warmgate.operator.translate;

import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.Sides;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a route's objects come to, beside what runs: what a rollout goes by.
 *
 * @param route {@code namespace/name}
 * @param wanted what is written now
 * @param first the release that the first side of the current revision is; null where it has none
 * @param other the release of its other side; null where it has one side
 * @param written false where what is written cannot be used, so that what runs goes on
 * @param unusable why nobody could be answered by what is wanted; null where somebody could
 * @param settings how a rollout is to go
 * @param served which releases this translation serves, in which shares
 */
public record RouteRelease(
    String route,
    Release wanted,
    @Nullable Release first,
    @Nullable Release other,
    boolean written,
    @Nullable String unusable,
    RolloutSettings settings,
    Sides served) {

  /** Whether what is wanted can be put in place of what ran, or is it. */
  public boolean like(String release) {
    return release.equals(wanted.name()) || running(release).map(wanted::inPlaceOf).orElse(false);
  }

  /** The generations of a release that is known. */
  public Optional<NavigableSet<String>> generations(String release) {
    return release.equals(wanted.name())
        ? Optional.of(wanted.generations())
        : running(release).map(Release::generations);
  }

  private Optional<Release> running(String release) {
    if (first != null && first.name().equals(release)) {
      return Optional.of(first);
    }
    return Optional.ofNullable(other).filter(any -> any.name().equals(release));
  }
}
