package io.warmgate.local.kubelet;

/**
 * A probe's verdict over its results: it turns after so many equal results in a row.
 *
 * @param passing the verdict
 * @param streak how many results in a row disagree with it
 */
record ProbeCounter(boolean passing, int streak) {

  /** The verdict before the first result. */
  static ProbeCounter initially(boolean passing) {
    return new ProbeCounter(passing, 0);
  }

  /** After one more result. */
  ProbeCounter after(boolean success, int successThreshold, int failureThreshold) {
    if (success == passing) {
      return new ProbeCounter(passing, 0);
    }
    int now = streak + 1;
    return now >= (success ? successThreshold : failureThreshold)
        ? new ProbeCounter(success, 0)
        : new ProbeCounter(passing, now);
  }
}
