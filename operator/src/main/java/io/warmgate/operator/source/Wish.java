package io.warmgate.operator.source;

import io.warmgate.config.admin.ExplainRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as a user writes it: where it goes may be left to the route.
 *
 * @param scheme {@code http} or {@code https}; null: that of the listener
 * @param host in lower case, with a port where clients have one in it; null: every hostname of the
 *     route
 * @param target path and query
 * @param headers beside Host, in their order
 */
public record Wish(
    @Nullable String scheme,
    @Nullable String host,
    String target,
    List<ExplainRequest.Field> headers) {
  public Wish {
    headers = List.copyOf(headers);
  }

  /** The target without its query. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
