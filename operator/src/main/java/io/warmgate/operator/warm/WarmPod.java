package io.warmgate.operator.warm;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod that warms. Calls wait for its answer. */
public interface WarmPod {
  /** Of the pod. */
  String uid();

  /** Name of the template that it is of; null where it has none. */
  @Nullable String side();

  /**
   * What it was asked most for.
   *
   * @param top at most so many
   * @return empty where it cannot say
   */
  Optional<HotRequests> hot(String route, int top);

  /**
   * Asks a backend for a document.
   *
   * @return empty where it did not answer, or refused
   */
  Optional<ReadReport> read(ReadOrder order);

  /**
   * @return empty where it did not answer, or refused
   */
  Optional<WarmReport> warm(WarmOrder order);
}
