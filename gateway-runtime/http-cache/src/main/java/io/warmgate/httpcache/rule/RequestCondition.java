package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.key.Cookie;
import io.warmgate.httpcache.key.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Something in a request that a route's owner looks for.
 *
 * @param part where it is
 * @param name of a header in any case; of a query parameter or a cookie as it is
 * @param value what it has to be, exactly; null: that it is there
 */
public record RequestCondition(Part part, String name, @Nullable String value) {

  /** Where something is. */
  public enum Part {
    HEADER,
    QUERY,
    COOKIE
  }

  /** Whether one of those of that name has the value. */
  public boolean holds(RequestView request) {
    return switch (part) {
      case HEADER ->
          request.fields().all(name).stream().anyMatch(line -> isIt(ListMembers.trim(line)));
      case QUERY -> QueryParameters.values(request.target().query(), name).anyMatch(this::isIt);
      case COOKIE ->
          Cookie.of(request.fields().all("cookie")).stream()
              .filter(cookie -> cookie.name().equals(name))
              .anyMatch(cookie -> isIt(cookie.value()));
    };
  }

  private boolean isIt(String found) {
    return value == null || value.equals(found);
  }
}
