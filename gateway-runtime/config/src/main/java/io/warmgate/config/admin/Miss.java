package io.warmgate.config.admin;

/** Why a cacheable request was not answered by a cache: few enough to be compared. */
public enum Miss {
  /** What was kept for it was no longer fresh; validated or fetched anew. */
  EXPIRED,
  /** Nothing was kept for it lately: it is new, or asked for too rarely. */
  FIRST_SEEN,
  /**
   * The same as {@link #FIRST_SEEN}, and it got byte for byte what its path has another key for.
   */
  SAME_ANSWER,
  /**
   * What was kept for it was fresh and is gone from every cache, for want of room or with Redis.
   */
  EVICTED,
  /** The origin's answer was none to be kept. */
  UNCACHEABLE,
  /** It was none for the cache: the policy's conditions, a range, the client's own directives. */
  BYPASSED,
  /** A purge named what was kept for it, or the origin said that it is wrong. */
  PURGED,
  /** The origin gave no answer, or an error of its own (5xx). */
  FAILED
}
