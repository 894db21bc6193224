package io.warmgate.local.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, again and again. */
final class Spread {
  private final String what;
  private final List<Duration> all = new ArrayList<>();

  Spread(String what) {
    this.what = what;
  }

  void add(Duration took) {
    all.add(took);
    Collections.sort(all);
  }

  int size() {
    return all.size();
  }

  /** So many of a hundred took no longer. */
  Duration percentile(int percent) {
    return all.get(Math.min(all.size() - 1, all.size() * percent / 100));
  }

  @Override
  public String toString() {
    return "%s p50 %d ms, p99 %d ms"
        .formatted(what, percentile(50).toMillis(), percentile(99).toMillis());
  }
}
