package io.warmgate.server.uri;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request is for out of its request line and {@code Host} fields. */
public final class TargetReader {
  private TargetReader() {}

  /** What was read: the target, or that it cannot be read in one way only. */
  public sealed interface Result {}

  /** It was read. */
  public record Read(Target target) implements Result {}

  /** Not one {@code Host}, or one that is none (RFC 9112 §3.2): 400. */
  public record BadHost() implements Result {}

  /** The path or query is refused: 400. */
  public record BadPath() implements Result {}

  private static final BadHost BAD_HOST = new BadHost();
  private static final BadPath BAD_PATH = new BadPath();

  /**
   * @param scheme of the connection, or as a trusted proxy says
   * @param uri as in the request line: origin-form, or absolute-form, whose authority then replaces
   *     {@code Host} (RFC 9112 §3.2.2)
   * @param hosts every {@code Host} field; in HTTP/2 {@code :authority} stands in for it
   */
  public static Result read(String scheme, String uri, List<String> hosts) {
    if (hosts.size() != 1) {
      return BAD_HOST;
    }
    Authority host = Authority.parse(hosts.get(0), scheme);
    if (host == null) {
      return BAD_HOST;
    }
    if (uri.startsWith("/")) {
      return path(scheme, host, uri);
    }
    int start = absolute(uri);
    if (start < 0) {
      return BAD_PATH;
    }
    int end = authorityEnd(uri, start);
    Authority authority = Authority.parse(uri.substring(start, end), scheme);
    if (authority == null) {
      return BAD_HOST;
    }
    String rest = uri.substring(end);
    return path(scheme, authority, rest.startsWith("/") ? rest : "/" + rest);
  }

  private static int absolute(String uri) {
    if (uri.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }

  private static int authorityEnd(String uri, int start) {
    for (int i = start; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c == '/' || c == '?') {
        return i;
      }
    }
    return uri.length();
  }

  private static Result path(String scheme, Authority authority, String uri) {
    int mark = uri.indexOf('?');
    String path = PathNormalizer.normalize(mark < 0 ? uri : uri.substring(0, mark));
    String query = mark < 0 ? null : uri.substring(mark + 1);
    if (path == null || !visible(query)) {
      return BAD_PATH;
    }
    return new Read(new Target(scheme, authority.host(), authority.port(), path, query));
  }

  /** A query is kept as sent; only what could end the request line or be re-encoded is refused. */
  private static boolean visible(@Nullable String query) {
    if (query == null) {
      return true;
    }
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '#') {
        return false;
      }
    }
    return true;
  }
}
