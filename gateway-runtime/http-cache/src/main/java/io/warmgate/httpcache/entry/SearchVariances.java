package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.httpcache.key.SearchVariance.Names;
import io.warmgate.httpcache.key.SearchVariance.Order;
import java.util.ArrayList;
import java.util.List;

/** What a {@link SearchIndex} lists, as bytes of {@link EntryFormat}. */
final class SearchVariances {
  private static final int ORDER_IGNORED = 1;
  private static final int NAMES_COUNTED = 2;

  /** Of the smallest: a bit set and a count. */
  private static final int LEAST_BYTES = 8;

  private SearchVariances() {}

  static void write(ByteSink out, List<SearchVariance> variances) {
    out.int32(variances.size());
    for (SearchVariance variance : variances) {
      int order = variance.order() == Order.IGNORED ? ORDER_IGNORED : 0;
      int list = variance.list() == Names.COUNTED ? NAMES_COUNTED : 0;
      out.int32(order | list).texts(variance.names());
    }
  }

  static List<SearchVariance> read(ByteSource in) throws ByteSource.Malformed {
    int count = in.count(LEAST_BYTES);
    List<SearchVariance> variances = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int bits = in.int32();
      if ((bits & ~(ORDER_IGNORED | NAMES_COUNTED)) != 0) {
        throw new ByteSource.Malformed("unknown variance");
      }
      Names list = (bits & NAMES_COUNTED) != 0 ? Names.COUNTED : Names.IGNORED;
      Order order = (bits & ORDER_IGNORED) != 0 ? Order.IGNORED : Order.COUNTS;
      variances.add(new SearchVariance(list, in.texts(), order));
    }
    return variances;
  }
}
