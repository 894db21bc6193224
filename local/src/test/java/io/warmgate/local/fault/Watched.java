package io.warmgate.local.fault;

import org.jspecify.annotations.Nullable;

/**
 * An answer may come before the watch has told that its release serves: then the status is read.
 */
final class Watched implements Releases.Excuse {
  private final Releases.Excuse failures;
  private volatile @Nullable Trail trail;

  /**
   * @param failures why an answer may be none
   */
  Watched(Releases.Excuse failures) {
    this.failures = failures;
  }

  void reads(Trail written) {
    trail = written;
  }

  @Override
  public boolean excuses(Answer answer, long sentNanos) {
    Trail written = trail;
    return answer.status() == 200
        ? written != null && written.catchUp().contains(answer.body().split(" ")[0])
        : failures.excuses(answer, sentNanos);
  }
}
