package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which request fields select among responses, and when two values are the same, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4.1">RFC 9111 §4.1</a>.
 */
public final class Vary {
  /**
   * §4.1: "A stored response with a Vary header field value containing a member "*" always fails to
   * match."
   */
  public static final String ANY = "*";

  private Vary() {}

  /**
   * The selecting fields of a response, lower-case and sorted; {@link #ANY} alone where it is among
   * them.
   *
   * <p>A response in a content coding is taken to vary by {@code Accept-Encoding}, also where its
   * origin forgets to say so: else a client that cannot decode it would get it.
   */
  public static List<String> names(Fields response) {
    TreeSet<String> names = new TreeSet<>(ListMembers.lowerCase(response.all("vary")));
    // What is no list of names may mean any field: such as one with blanks where commas belong.
    if (names.contains(ANY) || !names.stream().allMatch(CacheControl::isToken)) {
      return List.of(ANY);
    }
    if (response.contains("content-encoding")) {
      names.add("accept-encoding");
    }
    return List.copyOf(names);
  }

  /**
   * A request's value of a selecting field in its normal form; null where the field is absent,
   * which only matches absence.
   *
   * <p>§4.1: fields match if they "can be transformed to those in the second request by applying
   * any of the following: adding or removing whitespace, where allowed in the header field's
   * syntax; combining multiple header field lines with the same field name [...]; normalizing both
   * header field values in a way that is known to have identical semantics".
   */
  public static @Nullable String normalForm(String name, Fields request) {
    List<String> lines = request.all(name);
    if (lines.isEmpty()) {
      return null;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      // Case-insensitive, and of no order: RFC 9110 §12.5.3.
      case "accept-encoding" -> {
        List<String> sorted = new ArrayList<>(preferences(ListMembers.of(lines)));
        sorted.sort(Comparator.naturalOrder());
        yield String.join(",", sorted);
      }
      // Case-insensitive, and ordered by weight (RFC 9110 §12.4.2); equal weights stay as they are.
      case "accept-language" -> {
        List<String> sorted = new ArrayList<>(preferences(ListMembers.of(lines)));
        sorted.sort(Comparator.comparingInt(Vary::weight).reversed());
        yield String.join(",", sorted);
      }
      case "accept", "accept-charset" -> String.join(",", ListMembers.of(lines));
      // Of a field that is not known to be a list, whitespace and commas may mean something.
      default -> lines.stream().map(ListMembers::trim).collect(Collectors.joining(", "));
    };
  }

  /** In lower case, without the whitespace that is allowed around a semicolon; no other. */
  private static List<String> preferences(List<String> members) {
    return members.stream().map(Vary::preference).toList();
  }

  private static String preference(String member) {
    return Arrays.stream(member.toLowerCase(Locale.ROOT).split(";", -1))
        .map(ListMembers::trim)
        .collect(Collectors.joining(";"));
  }

  /** Thousandths; what cannot be read counts as one, and its text stays in the normal form. */
  private static int weight(String preference) {
    int q = preference.indexOf(";q=");
    if (q < 0) {
      return 1000;
    }
    String value = preference.substring(q + 3);
    boolean valid =
        !value.isEmpty()
            && value.length() <= 5
            && (value.charAt(0) == '0' || value.charAt(0) == '1')
            && (value.length() == 1 || value.charAt(1) == '.')
            && value.chars().skip(2).allMatch(c -> c >= '0' && c <= '9');
    if (!valid) {
      return 1000;
    }
    String thousandths = (value.length() > 2 ? value.substring(2) : "") + "000";
    return Math.min(
        1000, (value.charAt(0) - '0') * 1000 + Integer.parseInt(thousandths.substring(0, 3)));
  }
}
