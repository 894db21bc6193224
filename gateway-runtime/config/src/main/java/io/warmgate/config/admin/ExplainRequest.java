package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be explained, not answered.
 *
 * @param method as in a request line
 * @param url as a client names it: {@code http} or {@code https}, host, path, query
 * @param headers in their order; a {@code Host} goes before the URL's
 * @param content of the request, as text; null: none
 * @param listener name of the listener that it comes to; null: the one that fits the URL best
 * @param origin whether the backend is asked too
 */
public record ExplainRequest(
    String method,
    String url,
    List<Field> headers,
    @Nullable String content,
    @Nullable String listener,
    Origin origin) {

  /** Whether the backend is asked. */
  public enum Origin {
    LEAVE,
    /** For GET and HEAD; its answer is judged, and not stored. */
    ASK
  }

  /**
   * A header field.
   *
   * @param value without line breaks
   */
  public record Field(String name, String value) {
    public Field {
      if (name == null || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        throw new ConfigException("name", "is no field name: " + name);
      }
      if (value == null || value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
        throw new ConfigException("value", "is missing, or has a line break");
      }
    }
  }

  public ExplainRequest {
    if (method == null || !method.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw new ConfigException("method", "is no method: " + method);
    }
    if (url == null || !url.matches("(?is)https?://[^/?#].*")) {
      throw new ConfigException("url", "is no http:// or https:// URL with a host: " + url);
    }
    if (headers == null) {
      throw new ConfigException("headers", "is missing");
    }
    headers = List.copyOf(headers);
    if (origin == null) {
      throw new ConfigException("origin", "is missing");
    }
  }

  /** {@code http} or {@code https}. */
  public String scheme() {
    return url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  /** Host and port, as the URL has them. */
  public String authority() {
    return url.substring(authorityStart(), authorityEnd());
  }

  /** As in a request line: path and query, without a fragment. */
  public String pathAndQuery() {
    String rest = url.substring(authorityEnd());
    int fragment = rest.indexOf('#');
    String asked = fragment < 0 ? rest : rest.substring(0, fragment);
    return asked.startsWith("/") ? asked : "/" + asked;
  }

  /** Without the content: it may be anything. */
  @Override
  public String toString() {
    return "ExplainRequest[" + method + " " + scheme() + "://" + authority() + "]";
  }

  private int authorityStart() {
    return url.indexOf("//") + 2;
  }

  private int authorityEnd() {
    for (int i = authorityStart(); i < url.length(); i++) {
      if ("/?#".indexOf(url.charAt(i)) >= 0) {
        return i;
      }
    }
    return url.length();
  }
}
