package io.warmgate.server.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.Filter.Cors;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The CORS protocol (Fetch standard §3.2; GEP-1767), in the gateway's name. */
public final class CorsFilter {
  private final Cors cors;
  private final boolean anyOrigin;

  CorsFilter(Cors cors) {
    this.cors = cors;
    this.anyOrigin = cors.allowOrigins().contains("*");
  }

  /** Whether this is a browser's question about a request to come. */
  public static boolean preflight(HttpServerRequest request) {
    return HttpMethod.OPTIONS.equals(request.method())
        && request.headers().contains("origin")
        && request.headers().contains("access-control-request-method");
  }

  /** Fields of the answer to a preflight: none but {@code Vary} where the origin is not allowed. */
  public void answerPreflight(MultiMap request, MultiMap response) {
    response.add("vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    if (!allowOrigin(request.get("origin"), response)) {
      return;
    }
    list(cors.allowMethods(), request.get("access-control-request-method"))
        .ifPresent(response, "access-control-allow-methods");
    list(cors.allowHeaders(), request.get("access-control-request-headers"))
        .ifPresent(response, "access-control-allow-headers");
    response.set("access-control-max-age", Integer.toString(cors.maxAgeSeconds()));
  }

  /** Fields of any other answer. What the backend said of CORS does not count. */
  public void answer(@Nullable String origin, MultiMap response) {
    for (String field :
        List.of(
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-expose-headers")) {
      response.remove(field);
    }
    if (!anyOrigin || cors.allowCredentials()) {
      response.add("vary", "Origin");
    }
    if (allowOrigin(origin, response) && !cors.exposeHeaders().isEmpty()) {
      response.set("access-control-expose-headers", String.join(", ", cors.exposeHeaders()));
    }
  }

  private boolean allowOrigin(@Nullable String origin, MultiMap response) {
    if (origin == null || !allowed(origin)) {
      return false;
    }
    boolean wildcard = anyOrigin && !cors.allowCredentials();
    response.set("access-control-allow-origin", wildcard ? "*" : origin);
    if (cors.allowCredentials()) {
      response.set("access-control-allow-credentials", "true");
    }
    return true;
  }

  private boolean allowed(String origin) {
    if (anyOrigin) {
      return true;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    return cors.allowOrigins().stream().anyMatch(pattern -> matches(pattern, lower));
  }

  /** {@code https://*.example.com} stands for every name below example.com. */
  private static boolean matches(String pattern, String origin) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    int star = lower.indexOf("://*.");
    if (star < 0) {
      return lower.equals(origin);
    }
    String scheme = lower.substring(0, star + 3);
    String suffix = lower.substring(star + 4);
    return origin.startsWith(scheme)
        && origin.endsWith(suffix)
        && origin.length() > scheme.length() + suffix.length();
  }

  /**
   * With credentials {@code *} is a name like any other for browsers, so what was asked is said.
   */
  private Listed list(List<String> allowed, @Nullable String asked) {
    if (!allowed.contains("*")) {
      return new Listed(String.join(", ", allowed));
    }
    return new Listed(cors.allowCredentials() ? asked : "*");
  }

  private record Listed(@Nullable String value) {
    void ifPresent(MultiMap response, String field) {
      if (value != null && !value.isEmpty()) {
        response.set(field, value);
      }
    }
  }
}
