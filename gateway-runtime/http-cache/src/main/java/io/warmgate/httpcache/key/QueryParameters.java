package io.warmgate.httpcache.key;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a query at {@code &} and decodes names as forms do (percent-encoded UTF-8, plus as space).
 */
public final class QueryParameters {
  private QueryParameters() {}

  /** The parameters whose decoded name is kept; null where none is left of some. */
  static @Nullable String filter(@Nullable String query, Predicate<String> keep) {
    if (query == null || query.isEmpty()) {
      return query;
    }
    StringBuilder kept = null;
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (isKept(query, start, end, keep)) {
        kept = kept == null ? new StringBuilder(query.length()) : kept.append('&');
        kept.append(query, start, end);
      }
      start = end + 1;
    }
    return kept == null ? null : kept.toString();
  }

  /**
   * The decoded values of the parameters of that decoded name; empty text for one without an equals
   * sign. What cannot be decoded is none.
   */
  public static Stream<String> values(@Nullable String query, String name) {
    if (query == null || query.isEmpty()) {
      return Stream.empty();
    }
    return Stream.of(query.split("&", -1))
        .map(QueryParameters::named)
        .filter(parameter -> parameter != null && name.equals(parameter.name()))
        .map(parameter -> parameter.text().substring(equalsAt(parameter.text())))
        .map(value -> decoded(value.isEmpty() ? value : value.substring(1)))
        .filter(Objects::nonNull);
  }

  /**
   * In the order of the decoded names; those of one name keep theirs. As it is where a name cannot
   * be read, or a semicolon may separate: then the order may mean more than it seems.
   */
  static @Nullable String sorted(@Nullable String query) {
    if (query == null || query.indexOf('&') < 0 || query.indexOf(';') >= 0) {
      return query;
    }
    List<Named> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      @Nullable Named named = named(parameter);
      if (named == null) {
        return query;
      }
      parameters.add(named);
    }
    parameters.sort(Comparator.comparing(Named::name));
    return String.join("&", parameters.stream().map(Named::text).toList());
  }

  /** A parameter, and its name in plain. */
  private record Named(String name, String text) {}

  /** Null where its name cannot be read. */
  private static @Nullable Named named(String parameter) {
    @Nullable String name = decoded(parameter.substring(0, equalsAt(parameter)));
    return name == null ? null : new Named(name, parameter);
  }

  /** Where its first equals sign is; its end where there is none. */
  private static int equalsAt(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter.length() : equals;
  }

  private static boolean isKept(String query, int start, int end, Predicate<String> keep) {
    if (query.indexOf(';', start, end) >= 0) {
      return true;
    }
    int equals = query.indexOf('=', start, end);
    @Nullable String name = decoded(query.substring(start, equals < 0 ? end : equals));
    return name == null || keep.test(name);
  }

  /** Null where it is not percent-encoded UTF-8. */
  private static @Nullable String decoded(String name) {
    if (name.indexOf('%') < 0) {
      return name.replace('+', ' ');
    }
    ByteBuffer bytes = ByteBuffer.allocate(3 * name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '%') {
        bytes.put(String.valueOf(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 2 < name.length() ? Character.digit(name.charAt(i + 1), 16) : -1;
      int low = i + 2 < name.length() ? Character.digit(name.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.put((byte) ((high << 4) | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}
