package io.warmgate.operator.status;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A path in the form in which requests are keyed: dot segments removed, percent-encoded unreserved
 * characters decoded, other escapes in upper case (RFC 3986 §6.2.2).
 */
final class PurgePath {
  private PurgePath() {}

  static String normalised(String field, String path) {
    return withoutDots(field, decoded(field, path));
  }

  private static String decoded(String field, String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int code =
          i + 2 < path.length() ? hex(path.charAt(i + 1)) * 16 + hex(path.charAt(i + 2)) : -1;
      if (code < 0) {
        throw new IllegalArgumentException(
            field + ": '" + path + "' has a % that two hexadecimal digits do not follow");
      }
      out.append(
          isUnreserved((char) code) ? String.valueOf((char) code) : "%%%02X".formatted(code));
      i += 2;
    }
    return out.toString();
  }

  private static int hex(char c) {
    int digit = Character.digit(c, 16);
    return digit < 0 ? -256 : digit;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }

  /** RFC 3986 §5.2.4, but above the root is nothing, as it is for requests. */
  private static String withoutDots(String field, String path) {
    Deque<String> segments = new ArrayDeque<>();
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean dot = parts[i].equals(".");
      boolean dots = parts[i].equals("..");
      if (dots && segments.pollLast() == null) {
        throw new IllegalArgumentException(field + ": '" + path + "' leads above the root");
      }
      if (!dot && !dots) {
        segments.addLast(parts[i]);
      } else if (i == parts.length - 1) {
        segments.addLast("");
      }
    }
    return "/" + String.join("/", segments);
  }
}
