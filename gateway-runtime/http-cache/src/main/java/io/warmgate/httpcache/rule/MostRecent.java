package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.entry.StoredResponse;

/**
 * Which of two stored answers is used where both could be, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4">RFC 9111 §4</a>: one in a pod's memory,
 * say, and one that another pod put into Redis.
 */
public final class MostRecent {
  private MostRecent() {}

  /**
   * "When more than one suitable response is stored, a cache MUST use the most recent one (as
   * determined by the Date header field)." That has seconds: within one of them the one that was
   * received later, and so where a date cannot be read.
   *
   * @return whether the one is used, not the other
   */
  public static boolean isLater(StoredResponse one, StoredResponse other) {
    long received = one.validity().responseMillis();
    long otherReceived = other.validity().responseMillis();
    int byDate =
        Long.compare(
            Freshness.date(one.fields(), received), Freshness.date(other.fields(), otherReceived));
    return byDate != 0 ? byDate > 0 : received > otherReceived;
  }
}
