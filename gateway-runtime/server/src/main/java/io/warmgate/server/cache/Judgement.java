package io.warmgate.server.cache;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of an answer, by the rules and within the limits. */
sealed interface Judgement {

  /** It is not kept. */
  record Skipped(Reason why) implements Judgement {}

  /**
   * It is kept.
   *
   * @param tags it can be purged by
   * @param primary the key that requests will find it by first
   * @param key of the entry
   * @param index of the primary key from then on; null: it has no variants
   */
  record Kept(
      Keep keep, List<String> tags, CacheKey primary, CacheKey key, @Nullable VariantIndex index)
      implements Judgement {

    /** The same with other values of these fields, by lower-case name. */
    Kept with(Map<String, String> fields) {
      FieldList.Builder others = FieldList.builder();
      keep.fields().keep(name -> !fields.containsKey(name)).forEach(others::add);
      fields.forEach(others::add);
      Keep other =
          new Keep(
              keep.reason(), others.build(), keep.validity(), keep.retentionMillis(), keep.vary());
      return new Kept(other, tags, primary, key, index);
    }
  }
}
