package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.Validity;
import java.util.List;

/** Whether a response is kept. */
public sealed interface StoreDecision {

  Reason reason();

  /**
   * Keep it.
   *
   * @param fields as stored: without those that must not be
   * @param validity how long it may be used
   * @param retentionMillis how long from now it is worth its place: until stale, and somewhat
   *     longer where it can be validated; at least 1
   * @param vary names of the selecting request fields, lower-case, sorted; empty: one answer for
   *     all
   */
  record Keep(
      Reason reason, FieldList fields, Validity validity, long retentionMillis, List<String> vary)
      implements StoreDecision {}

  /** Do not. */
  record Skip(Reason reason) implements StoreDecision {}
}
