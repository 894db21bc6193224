package io.warmgate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a rule takes: all of these hold. Precedence between matches is Gateway API's
 * (HTTPRouteRule): exact path, longest prefix, method, more headers, more query parameters, then
 * the order of routes and rules. Templates rank after exact paths, by their literal length; regular
 * expressions after prefixes.
 *
 * @param method upper-case; null takes all
 */
public record Match(
    PathMatch path,
    List<ValueMatch> headers,
    List<ValueMatch> queryParams,
    @Nullable String method) {
  public Match {
    Check.present("path", path);
    headers = Check.list("headers", headers);
    queryParams = Check.list("queryParams", queryParams);
  }
}
