package io.warmgate.operator.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * What a gateway's ConfigMaps hold.
 *
 * @param current what the {@code current} ConfigMap holds; where that is gone or cannot be read
 *     here, as after a newer operator, what {@code acknowledged} holds; null where neither can
 * @param currentNumber of the revision in {@code current}, whether or not what is inside can be
 *     read; 0 where there is none
 * @param acknowledgedNumber of the revision in {@code acknowledged}; 0 before the first
 */
public record WrittenRevisions(
    @Nullable MintedRevision current, long currentNumber, long acknowledgedNumber) {

  /** Before the first. */
  public static WrittenRevisions none() {
    return new WrittenRevisions(null, 0, 0);
  }

  /** After this one was written as the current one. */
  public WrittenRevisions minted(MintedRevision next) {
    return new WrittenRevisions(next, next.number(), acknowledgedNumber);
  }

  /** After the current one was written as the acknowledged one. */
  public WrittenRevisions acknowledged() {
    return new WrittenRevisions(current, currentNumber, currentNumber);
  }

  /** The highest number that was written; 0 before the first. */
  public long highest() {
    return Math.max(currentNumber, acknowledgedNumber);
  }
}
