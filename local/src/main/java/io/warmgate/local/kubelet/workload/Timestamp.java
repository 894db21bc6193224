package io.warmgate.local.kubelet.workload;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Kubernetes' {@code metav1.Time}: RFC 3339, whole seconds. */
public final class Timestamp {
  private Timestamp() {}

  /** The text of an instant. */
  public static String of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
