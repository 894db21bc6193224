package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9110 §12.5.3: which content codings a request accepts, said in one way. Clients say the same
 * in hundreds, and for an answer with {@code Vary: Accept-Encoding} each would be a variant of its
 * own, fetched and stored once more.
 *
 * <p>Only codings that are in use are named, in a fixed order and without weights: a part of what
 * the client accepts, so that every answer to it is acceptable. What cannot be said so stays as it
 * is.
 */
public final class AcceptEncoding {
  public static final String FIELD = "accept-encoding";

  private static final List<String> IN_USE = List.of("zstd", "br", "gzip");
  private static final String IDENTITY = "identity";
  private static final String ANY = "*";

  /** RFC 9110 §12.4.2: {@code qvalue}. */
  private static final String WEIGHT = "0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?";

  private static final Pattern ELEMENT =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+)" + "(?:[ \\t]*;[ \\t]*[qQ]=(" + WEIGHT + "))?");

  private AcceptEncoding() {}

  /** The request with its codings in one form. */
  public static Fields selecting(Fields request) {
    String one = canonical(request.all(FIELD));
    return one == null ? request : new FieldReplaced(request, FIELD, List.of(one));
  }

  /**
   * @param lines the values of the request's field lines
   * @return null where there are none, or they say more than the form can
   */
  public static @Nullable String canonical(List<String> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    Map<String, Boolean> accepted = new HashMap<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        String text = element.strip();
        if (text.isEmpty()) {
          continue;
        }
        Matcher matcher = ELEMENT.matcher(text);
        if (!matcher.matches()) {
          return null;
        }
        accepted.put(name(matcher.group(1)), isAccepted(matcher.group(2)));
      }
    }
    boolean any = accepted.getOrDefault(ANY, false);
    if (!accepted.getOrDefault(IDENTITY, !accepted.containsKey(ANY) || any)) {
      return null;
    }
    List<String> named = new ArrayList<>(IN_USE.size());
    for (String coding : IN_USE) {
      if (accepted.getOrDefault(coding, any)) {
        named.add(coding);
      }
    }
    return named.isEmpty() ? IDENTITY : String.join(", ", named);
  }

  /** RFC 9110 §8.4.1.3: {@code x-gzip} is {@code gzip}. */
  private static String name(String coding) {
    String lower = coding.toLowerCase(Locale.ROOT);
    return lower.equals("x-gzip") ? "gzip" : lower;
  }

  private static boolean isAccepted(@Nullable String weight) {
    return weight == null || weight.chars().anyMatch(digit -> digit >= '1' && digit <= '9');
  }
}
