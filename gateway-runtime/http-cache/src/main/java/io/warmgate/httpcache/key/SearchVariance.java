package io.warmgate.httpcache.key;

import io.warmgate.httpcache.key.FormQuery.Pair;
import io.warmgate.httpcache.rule.Credentials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which differences of two queries an answer does not depend on, as its {@code No-Vary-Search} said
 * (<a href="https://datatracker.ietf.org/doc/draft-ietf-httpbis-no-vary-search/">No-Vary-Search</a>
 * §4, "Data model"). Never the default one, by which every difference counts: that is the absence
 * of a variance.
 *
 * @param list which names the other component has
 * @param names decoded; sorted and each once, in whatever order they are given
 * @param order whether that of the names counts
 */
public record SearchVariance(Names list, List<String> names, Order order) {
  /** How many names one has at most; a field with more is none. */
  public static final int MAX_NAMES = 64;

  /** How long they are together at most, in characters. */
  public static final int MAX_NAMES_LENGTH = 2048;

  /** A query with more parameters stays as it is. */
  static final int MAX_PARAMETERS = 256;

  /** One that is longer too, in characters. */
  static final int MAX_QUERY_LENGTH = 8192;

  private static final char NOT_UTF_8 = '\ufffd';

  /** What the names are. */
  public enum Names {
    /** Those that do not count; all others do. */
    IGNORED,
    /** Those that count; no other does. */
    COUNTED
  }

  /** What the order of parameters of different names means. */
  public enum Order {
    COUNTS,
    IGNORED
  }

  public SearchVariance {
    names = names.stream().distinct().sorted().toList();
    if (list == Names.IGNORED && names.isEmpty() && order == Order.COUNTS) {
      throw new IllegalArgumentException("every difference counts: no variance");
    }
    int length = names.stream().mapToInt(String::length).sum();
    if (names.size() > MAX_NAMES || length > MAX_NAMES_LENGTH) {
      throw new IllegalArgumentException(names.size() + " names of " + length + " characters");
    }
  }

  /**
   * The query that stands for all that are equivalent modulo this variance (§6, "Comparing"): two
   * are where this text is the same. It is one of them, and its own: so an answer that lies under
   * it is right for who asks for exactly that.
   *
   * <p>Narrower than the draft in three ways, which cost hits alone. A query stays as it is where
   * an origin may read something else in it than is read here: a semicolon, which some take for a
   * separator; bytes that are no UTF-8. So does one that is too long to be looked at. And what is a
   * credential by its name ({@link Credentials#isOne}) always counts.
   *
   * @param query what is left of it by the policy
   * @return null where nothing that counts is in it
   */
  public @Nullable String canonical(@Nullable String query) {
    if (query == null || query.length() > MAX_QUERY_LENGTH || query.indexOf(';') >= 0) {
      return query;
    }
    List<Pair> all = FormQuery.parse(query);
    if (all.size() > MAX_PARAMETERS || !all.stream().allMatch(SearchVariance::isText)) {
      return query;
    }
    List<Pair> counted = new ArrayList<>(all.stream().filter(this::counts).toList());
    if (order == Order.IGNORED) {
      // Stable: parameters of one name keep their order. By code units, as Strings compare.
      counted.sort(Comparator.comparing(Pair::name));
    }
    return counted.isEmpty() ? null : FormQuery.write(counted);
  }

  private static boolean isText(Pair pair) {
    return pair.name().indexOf(NOT_UTF_8) < 0 && pair.value().indexOf(NOT_UTF_8) < 0;
  }

  private boolean counts(Pair pair) {
    boolean named = names.contains(pair.name());
    return named == (list == Names.COUNTED) || Credentials.isOne(FormQuery.encoded(pair.name()));
  }

  /** A name of the field in plain (§5, "Parse a key"). */
  public static String name(String key) {
    return FormQuery.decoded(key);
  }

  /** As a field value. */
  @Override
  public String toString() {
    List<String> members = new ArrayList<>();
    if (order == Order.IGNORED) {
      members.add("key-order");
    }
    if (list == Names.COUNTED) {
      members.add("params");
    }
    if (!names.isEmpty()) {
      String quoted =
          names.stream()
              .map(name -> '"' + FormQuery.encoded(name) + '"')
              .collect(Collectors.joining(" ", "(", ")"));
      members.add((list == Names.COUNTED ? "except=" : "params=") + quoted);
    }
    return String.join(", ", members);
  }
}
