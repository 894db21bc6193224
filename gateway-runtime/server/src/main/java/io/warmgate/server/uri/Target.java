package io.warmgate.server.uri;

import org.jspecify.annotations.Nullable;

/**
 * What a request is for, in the one form that is routed, keyed and forwarded.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower-case, without port; an IPv6 address keeps its brackets
 * @param port -1 where it is the scheme's own
 * @param path begins with {@code /}; dot segments removed, percent-encoded unreserved characters
 *     decoded, other percent-encodings in upper case
 * @param query as sent, without {@code ?}; null where there is no {@code ?}
 */
public record Target(String scheme, String host, int port, String path, @Nullable String query) {

  /** Host and port as in a {@code Host} field. */
  public String authority() {
    return port < 0 ? host : host + ":" + port;
  }

  /** As in a request line (RFC 9112 §3.2.1, origin-form). */
  public String pathAndQuery() {
    return query == null ? path : path + "?" + query;
  }

  public Target withPath(String newPath) {
    return new Target(scheme, host, port, newPath, query);
  }

  public Target withQuery(@Nullable String newQuery) {
    return new Target(scheme, host, port, path, newQuery);
  }

  public Target withAuthority(String newHost, int newPort) {
    return new Target(scheme, newHost, newPort, path, query);
  }
}
