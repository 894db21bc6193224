package io.warmgate.operator.rollout;

import java.util.Set;

/** What the pods of a gateway count from one moment on. */
public interface Measure extends AutoCloseable {
  /**
   * @param route {@code namespace/name}
   * @param generations of the release
   */
  Sample of(String route, Set<String> generations);

  /** Of every route and release. */
  Sample all();

  /**
   * Of the route and its release, or, where that is too little to judge by, what was counted in the
   * last minutes: of a release that has served for a while.
   */
  Sample lately(String route, Set<String> generations);

  /** Nothing is counted for it any more. */
  @Override
  void close();
}
