package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that a pod can make again on its own: without content, credentials or anything else
 * that is one client's.
 *
 * @param method GET or HEAD
 * @param listener name of the listener that it came to
 * @param scheme {@code http} or {@code https}, where a trusted proxy said another than the
 *     listener's own; null: the listener's
 * @param host as in {@code Host}: with a port where it had one
 * @param target path and query, in the form that is keyed
 * @param headers that an answer may be chosen by, in their order
 */
public record WarmRequest(
    String method,
    String listener,
    @Nullable String scheme,
    String host,
    String target,
    List<ExplainRequest.Field> headers) {
  public WarmRequest {
    if (method == null || !(method.equals("GET") || method.equals("HEAD"))) {
      throw new ConfigException("method", "is " + method + ", not GET or HEAD");
    }
    present("listener", listener);
    if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
      throw new ConfigException("scheme", "is " + scheme + ", not http or https");
    }
    present("host", host);
    if (target == null || !target.startsWith("/") || target.chars().anyMatch(c -> c <= ' ')) {
      throw new ConfigException("target", "is no path: " + target);
    }
    headers = headers == null ? List.of() : List.copyOf(headers);
  }

  /** By the listener's own scheme. */
  public WarmRequest(
      String method,
      String listener,
      String host,
      String target,
      List<ExplainRequest.Field> headers) {
    this(method, listener, null, host, target, headers);
  }

  private static void present(String path, String value) {
    if (value == null || value.isBlank() || value.chars().anyMatch(c -> c <= ' ' || c == '/')) {
      throw new ConfigException(path, "is missing, or has what no " + path + " has");
    }
  }
}
