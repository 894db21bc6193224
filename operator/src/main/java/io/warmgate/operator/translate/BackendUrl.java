package io.warmgate.operator.translate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a URL leads.
 *
 * @param host lower-case; an IPv6 address without brackets
 * @param basePath empty, or begins and does not end with a slash
 */
record BackendUrl(boolean secure, String host, int port, String basePath) {

  static BackendUrl parse(String path, String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw Unusable.invalid(path, "'%s' is no URL: %s".formatted(text, e.getReason()));
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if ((!secure && !scheme.equals("http")) || uri.getHost() == null) {
      throw Unusable.invalid(path, "'" + text + "' is no URL like https://example.com:8443");
    }
    int port = uri.getPort() == -1 ? (secure ? 443 : 80) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw Unusable.invalid(path, "'%s' has port %d, not 1 to 65535".formatted(text, port));
    }
    String host = withoutBrackets(uri.getHost().toLowerCase(Locale.ROOT));
    String base = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    return new BackendUrl(secure, host, port, base);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The one way to write it. */
  String canonical() {
    String authority = host.contains(":") ? "[" + host + "]" : host;
    boolean usual = port == (secure ? 443 : 80);
    return (secure ? "https://" : "http://") + authority + (usual ? "" : ":" + port) + basePath;
  }
}
