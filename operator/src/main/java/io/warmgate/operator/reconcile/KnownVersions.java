package io.warmgate.operator.reconcile;

import io.warmgate.operator.gather.ResourceVersions;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is remembered of some objects is what they hold. Their writer's own writes are shown
 * by the informer too, often before the answer to the write is there: those are no news.
 */
final class KnownVersions {
  private long shown;
  private long known;
  private boolean remembered;
  private boolean gone;
  private boolean writing;

  /**
   * An informer shows one of them.
   *
   * @param version null: it was deleted
   * @return whether that is news
   */
  synchronized boolean shows(@Nullable String version) {
    if (version == null) {
      gone = true;
    } else {
      shown = Math.max(shown, ResourceVersions.of(version));
    }
    return gone || (shown > known && !writing);
  }

  synchronized boolean upToDate() {
    return remembered && !gone && shown <= known;
  }

  /** They are about to be read: what was shown so far will be known. */
  synchronized void reading() {
    remembered = true;
    gone = false;
    known = Math.max(known, shown);
  }

  /** One is about to be written; if that fails, nobody knows what it holds. */
  synchronized void writing() {
    writing = true;
    remembered = false;
  }

  synchronized void wrote(String version) {
    remembered = true;
    known = Math.max(known, ResourceVersions.of(version));
  }

  /** The write is over, whatever came of it. */
  synchronized void ended() {
    writing = false;
  }
}
