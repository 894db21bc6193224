package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.key.SearchVariance;
import java.util.ArrayList;
import java.util.List;

/**
 * What answers of one path have said of their queries ({@code No-Vary-Search}), the newest first:
 * who finds nothing under the key of the query as it is asks under that of its canonical form by
 * each of these. It holds no answer; what is found through it is checked by its own field.
 *
 * <p>Bounded, since each costs a lookup. The draft lets a cache look at the latest alone, and asks
 * origins for one field value a path (§7, "Caching").
 */
public record SearchIndex(Bytes keyMaterial, List<SearchVariance> variances) implements Slot {
  /** How many are remembered of a path. */
  public static final int MAX_VARIANCES = 4;

  public SearchIndex {
    variances = List.copyOf(variances);
    if (variances.isEmpty() || variances.size() > MAX_VARIANCES) {
      throw new IllegalArgumentException(variances.size() + " variances");
    }
  }

  /** This index with one more; itself where it has it; the oldest makes room. */
  public SearchIndex with(SearchVariance variance) {
    if (variances.contains(variance)) {
      return this;
    }
    List<SearchVariance> more = new ArrayList<>(MAX_VARIANCES);
    more.add(variance);
    more.addAll(variances.subList(0, Math.min(variances.size(), MAX_VARIANCES - 1)));
    return new SearchIndex(keyMaterial, more);
  }
}
