package io.warmgate.server.uri;

import org.jspecify.annotations.Nullable;

/**
 * The one form of a path (RFC 3986 §6.2.2): dot segments removed, percent-encoded unreserved
 * characters decoded, other percent-encodings in upper case.
 *
 * <p>Refused are paths that two programs could read differently: an encoded slash or backslash, a
 * backslash, NUL, a broken percent-encoding, what is no visible ASCII, and a path that leaves the
 * root. Normalising twice is normalising once. A path that is in this form already is returned as
 * it is, and nothing is allocated.
 */
public final class PathNormalizer {
  private PathNormalizer() {}

  /**
   * @param path begins with {@code /}; without query
   * @return null where it is refused
   */
  public static @Nullable String normalize(String path) {
    int length = path.length();
    if (length == 0 || path.charAt(0) != '/') {
      return null;
    }
    boolean slash = false;
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (c == '%' || (c == '.' && slash)) {
        return rewrite(path);
      }
      if (!plain(c)) {
        return null;
      }
      slash = c == '/';
    }
    return path;
  }

  private static @Nullable String rewrite(String path) {
    String decoded = decode(path);
    return decoded == null ? null : removeDotSegments(decoded);
  }

  private static @Nullable String decode(String path) {
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        if (!plain(c)) {
          return null;
        }
        out.append(c);
        continue;
      }
      int octet = octet(path, i);
      if (octet <= 0 || octet == '/' || octet == '\\') {
        return null;
      }
      if (unreserved(octet)) {
        out.append((char) octet);
      } else {
        out.append('%').append(hex(octet >> 4)).append(hex(octet & 15));
      }
      i += 2;
    }
    return out.toString();
  }

  /** RFC 3986 §5.2.4, but a path above the root is refused instead of cut. */
  private static @Nullable String removeDotSegments(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int from = 0;
    while (from < path.length()) {
      int next = path.indexOf('/', from + 1);
      int to = next < 0 ? path.length() : next;
      boolean last = next < 0;
      int length = to - from - 1;
      if (length == 1 && path.charAt(from + 1) == '.') {
        if (last) {
          out.append('/');
        }
      } else if (length == 2 && path.startsWith("..", from + 1)) {
        int parent = out.lastIndexOf("/");
        if (parent < 0) {
          return null;
        }
        out.setLength(parent);
        if (last) {
          out.append('/');
        }
      } else {
        out.append(path, from, to);
      }
      from = to;
    }
    return out.toString();
  }

  private static boolean plain(char c) {
    return c > 0x20 && c < 0x7f && c != '\\' && c != '#' && c != '?';
  }

  private static boolean unreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static int octet(String path, int percent) {
    if (percent + 2 >= path.length()) {
      return -1;
    }
    int high = nibble(path.charAt(percent + 1));
    int low = nibble(path.charAt(percent + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** ASCII digits alone: {@link Character#digit} takes others too. */
  private static int nibble(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static char hex(int nibble) {
    return "0123456789ABCDEF".charAt(nibble);
  }
}
