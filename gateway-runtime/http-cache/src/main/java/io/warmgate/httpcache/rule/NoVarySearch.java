package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.httpcache.key.SearchVariance.Names;
import io.warmgate.httpcache.key.SearchVariance.Order;
import io.warmgate.httpcache.structured.Member;
import io.warmgate.httpcache.structured.Member.Flag;
import io.warmgate.httpcache.structured.Member.InnerList;
import io.warmgate.httpcache.structured.Member.Item;
import io.warmgate.httpcache.structured.Member.Text;
import io.warmgate.httpcache.structured.StructuredFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code No-Vary-Search}, <a
 * href="https://datatracker.ietf.org/doc/draft-ietf-httpbis-no-vary-search/">the draft's</a> §5,
 * "Parsing": a dictionary (RFC 9651 §3.2) of {@code key-order}, {@code params} and {@code except};
 * other members are ignored. What is wrong in any way, or more than is remembered, is no field:
 * then every difference of two queries counts, which is never wrong.
 */
public final class NoVarySearch {
  private static final String FIELD = "no-vary-search";
  private static final Flag FALSE = new Flag(false);

  private NoVarySearch() {}

  /** What an answer says; empty where every difference counts. */
  public static Optional<SearchVariance> of(Fields response) {
    return response.contains(FIELD)
        ? StructuredFields.dictionary(response.all(FIELD)).flatMap(NoVarySearch::variance)
        : Optional.empty();
  }

  /** §5.1, "Parse a URL search variance". */
  private static Optional<SearchVariance> variance(Map<String, Member> members) {
    Member params = members.getOrDefault("params", FALSE);
    @Nullable Member except = members.get("except");
    if (!(members.getOrDefault("key-order", FALSE) instanceof Flag(boolean unordered))) {
      return Optional.empty();
    }
    Order order = unordered ? Order.IGNORED : Order.COUNTS;
    if (params.equals(new Flag(true))) {
      return except == null
          ? Optional.of(new SearchVariance(Names.COUNTED, List.of(), order))
          : names(except).flatMap(names -> variance(Names.COUNTED, names, order));
    }
    // "If value["params"] is not true, then return the default URL search variance."
    if (except != null) {
      return Optional.empty();
    }
    return params.equals(FALSE)
        ? variance(Names.IGNORED, List.of(), order)
        : names(params).flatMap(names -> variance(Names.IGNORED, names, order));
  }

  private static Optional<SearchVariance> variance(Names list, List<String> names, Order order) {
    boolean isDefault = list == Names.IGNORED && names.isEmpty() && order == Order.COUNTS;
    boolean isLarge =
        names.size() > SearchVariance.MAX_NAMES
            || names.stream().mapToInt(String::length).sum() > SearchVariance.MAX_NAMES_LENGTH;
    return isDefault || isLarge
        ? Optional.empty()
        : Optional.of(new SearchVariance(list, names, order));
  }

  /** Empty where it is no inner list, or one of more than strings. */
  private static Optional<List<String>> names(Member member) {
    if (!(member instanceof InnerList(List<Item> items))) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(items.size());
    for (Item item : items) {
      if (!(item instanceof Text(String name))) {
        return Optional.empty();
      }
      names.add(SearchVariance.name(name));
    }
    return Optional.of(names);
  }
}
