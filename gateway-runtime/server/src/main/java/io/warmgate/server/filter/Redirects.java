package io.warmgate.server.filter;

import io.warmgate.config.Filter.RequestRedirect;
import io.warmgate.config.Listener;
import io.warmgate.server.uri.Target;

/** Gateway API's HTTPRequestRedirectFilter. */
public final class Redirects {
  private Redirects() {}

  /**
   * The {@code Location}. Without a port of its own: that of the new scheme where there is one,
   * else the listener's; left out where it is the scheme's.
   */
  public static String location(
      RequestRedirect redirect, Listener listener, Target target, String prefix) {
    String scheme = redirect.scheme() == null ? target.scheme() : redirect.scheme();
    String host = redirect.hostname() == null ? target.host() : redirect.hostname();
    int port = port(redirect, listener, target);
    String path = PathChange.apply(redirect.path(), target.path(), prefix);
    int usual = scheme.equals("https") ? 443 : 80;
    String authority = port < 0 || port == usual ? host : host + ":" + port;
    String query = target.query() == null ? "" : "?" + target.query();
    return scheme + "://" + authority + path + query;
  }

  private static int port(RequestRedirect redirect, Listener listener, Target target) {
    if (redirect.port() != null) {
      return redirect.port();
    }
    if (redirect.scheme() != null) {
      return -1;
    }
    boolean https = listener.protocol() == Listener.Protocol.HTTPS;
    return target.scheme().equals(https ? "https" : "http") ? listener.port() : target.port();
  }
}
