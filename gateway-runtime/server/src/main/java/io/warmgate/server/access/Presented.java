package io.warmgate.server.access;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head offers of what its rule takes. Nothing of it is verified. Never printed.
 *
 * @param keys values of fields that carry API keys
 * @param bearer of {@code Authorization} (RFC 6750 §2.1), of whatever characters; null: none
 * @param certificate SHA-256 of the connection's, hexadecimal; null: none
 * @param fault why none of it is looked at; null: it is
 */
record Presented(
    List<String> keys,
    @Nullable String bearer,
    @Nullable String certificate,
    @Nullable Refusal fault) {
  /** Characters. Whatever is longer is neither hashed nor parsed. */
  static final int MAX_LENGTH = 16 << 10;

  static final Presented NONE = new Presented(List.of(), null, null, null);

  private static final String AUTHORIZATION = "authorization";
  private static final String BEARER = "bearer ";

  /**
   * @param fields lower-case names of those that carry a key, without {@code authorization}
   * @param takesBearer whether {@code Authorization} is looked at
   * @param certificate of the connection, where the rule takes it; else null
   */
  static Presented of(
      MultiMap headers, List<String> fields, boolean takesBearer, @Nullable String certificate) {
    List<String> keys = List.of();
    for (String field : fields) {
      if (headers.contains(field)) {
        String key = only(headers, field);
        if (key == null || key.isBlank()) {
          return faulty(Refusal.MALFORMED);
        }
        if (key.length() > MAX_LENGTH) {
          return faulty(Refusal.TOO_LONG);
        }
        keys = keys.isEmpty() ? List.of(key) : and(keys, key);
      }
    }
    if (!takesBearer || !headers.contains(AUTHORIZATION)) {
      return keys.isEmpty() && certificate == null
          ? NONE
          : new Presented(keys, null, certificate, null);
    }
    String line = only(headers, AUTHORIZATION);
    // RFC 9110 §11.1: the scheme's case does not count.
    if (line == null || !line.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return faulty(Refusal.MALFORMED);
    }
    String bearer = line.substring(BEARER.length()).strip();
    if (bearer.length() > MAX_LENGTH) {
      return faulty(Refusal.TOO_LONG);
    }
    return bearer.isEmpty()
        ? faulty(Refusal.MALFORMED)
        : new Presented(keys, bearer, certificate, null);
  }

  boolean isNothing() {
    return fault == null && keys.isEmpty() && bearer == null && certificate == null;
  }

  private static Presented faulty(Refusal fault) {
    return new Presented(List.of(), null, null, fault);
  }

  /** RFC 9110 §5.3: neither field is a list; null where it is there twice. */
  private static @Nullable String only(MultiMap headers, String field) {
    List<String> lines = headers.getAll(field);
    return lines.size() == 1 ? lines.getFirst() : null;
  }

  private static List<String> and(List<String> keys, String more) {
    List<String> all = new ArrayList<>(keys);
    all.add(more);
    return all;
  }

  /**
   * RFC 9110 §11.2. Looked at where a bearer token is not remembered: one that is was looked at
   * then, and a hit need not read 500 characters twice.
   */
  static boolean isToken68(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "-._~+/".indexOf(c) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  @Override
  public String toString() {
    return "Presented[not shown]";
  }
}
