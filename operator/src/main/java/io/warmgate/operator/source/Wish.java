package io.warmgate.operator.source;

import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.WarmRequest;
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
 * @param question what a model is asked, with the consumer as it is written; null: none is
 */
public record Wish(
    @Nullable String scheme,
    @Nullable String host,
    String target,
    List<ExplainRequest.Field> headers,
    WarmRequest.@Nullable Question question) {
  public Wish {
    headers = List.copyOf(headers);
  }

  /** That asks no model. */
  public Wish(
      @Nullable String scheme,
      @Nullable String host,
      String target,
      List<ExplainRequest.Field> headers) {
    this(scheme, host, target, headers, null);
  }

  /** As in a request line. */
  String method() {
    return question == null ? "GET" : "POST";
  }

  /** The target without its query. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
