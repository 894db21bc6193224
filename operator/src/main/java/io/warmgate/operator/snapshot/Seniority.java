package io.warmgate.operator.snapshot;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Who wins where two objects claim the same: the older by {@code creationTimestamp}, then the first
 * by namespace and name (GEP-713, "Conflict Resolution"). An object without a time was not created
 * yet and is the youngest.
 */
public final class Seniority {
  /** Later than every RFC 3339 time. */
  private static final String NEVER = "~";

  private static final Comparator<HasMetadata> OLDEST_FIRST =
      Comparator.comparing(Seniority::created)
          .thenComparing(
              object -> Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""))
          .thenComparing(object -> object.getMetadata().getName());

  private Seniority() {}

  /** Oldest first. */
  public static <T> List<T> sorted(List<T> values, Function<T, ? extends HasMetadata> object) {
    List<T> sorted = new ArrayList<>(values);
    sorted.sort((a, b) -> OLDEST_FIRST.compare(object.apply(a), object.apply(b)));
    return List.copyOf(sorted);
  }

  private static String created(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getCreationTimestamp(), NEVER);
  }
}
