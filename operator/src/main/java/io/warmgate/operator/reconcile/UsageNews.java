package io.warmgate.operator.reconcile;

import io.warmgate.config.admin.ModelTraffic;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what models took is to be told: at once, then once a minute where it is another. */
final class UsageNews {
  /** Longer than that of a status, so that what is news is told. */
  private static final Duration PERIOD = Duration.ofSeconds(65);

  private List<ModelTraffic> last = List.of();
  private @Nullable Long lastNanos;

  /** Once more, since a status that was written just before is not written again so soon. */
  private boolean again;

  /**
   * @param nowNanos {@link System#nanoTime()}
   */
  synchronized boolean isNews(List<ModelTraffic> counted, long nowNanos) {
    if (lastNanos != null && nowNanos - lastNanos < PERIOD.toNanos()) {
      return false;
    }
    boolean grew = !counted.equals(last);
    boolean news = grew || again;
    again = grew;
    if (news) {
      last = counted;
      lastNanos = nowNanos;
    }
    return news;
  }
}
