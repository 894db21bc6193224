package io.warmgate.httpcache;

import org.jspecify.annotations.Nullable;

/**
 * What the cache sees of a request, in the same normalised form in which it is routed, keyed and
 * forwarded.
 *
 * @param method case-sensitive (RFC 9110 §9.1)
 * @param target what is asked for
 * @param fields after request filters
 * @param hasContent whether there is, or may be, content (RFC 9110 §6.4)
 */
public record RequestView(String method, Target target, Fields fields, boolean hasContent) {

  /**
   * The target URI (RFC 9110 §7.1).
   *
   * @param scheme {@code http} or {@code https}
   * @param authority host, and the port where it is not the scheme's default
   * @param path absolute, without the query
   * @param query without its question mark; null where there is no question mark
   */
  public record Target(String scheme, String authority, String path, @Nullable String query) {

    /** The authority without its port. */
    public String host() {
      int colon = authority.lastIndexOf(':');
      return colon < 0 || authority.indexOf(']', colon) >= 0
          ? authority
          : authority.substring(0, colon);
    }
  }

  public boolean isGet() {
    return method.equals("GET");
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }
}
