package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the operator itself wrote and its informers have not shown it yet: without it a status just
 * written would be found unwritten, and written again.
 */
public final class RecentWrites {
  private final Map<String, HasMetadata> byUid = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** The API server's answer to a write. */
  public void wrote(HasMetadata answer) {
    byUid.merge(
        answer.getMetadata().getUid(),
        answer,
        (known, now) -> ResourceVersions.isNewer(now, known) ? now : known);
    changes.incrementAndGet();
  }

  /** Counts up when something was written. */
  long changes() {
    return changes.get();
  }

  /** The later of what the informer has and what was written. */
  @SuppressWarnings("unchecked") // an object of that uid is of the same kind
  public <T extends HasMetadata> T newest(T informed) {
    HasMetadata written = byUid.get(informed.getMetadata().getUid());
    if (written != null && ResourceVersions.isNewer(written, informed)) {
      return (T) written;
    }
    if (written != null) {
      byUid.remove(informed.getMetadata().getUid(), written);
    }
    return informed;
  }

  /** The object is gone. */
  public void deleted(HasMetadata object) {
    byUid.remove(object.getMetadata().getUid());
  }
}
