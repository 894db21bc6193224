package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.uri.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the backend is asked. Its headers are its own copy: they may be changed before the fetch.
 *
 * @param target after the rule's rewrite; its authority is what {@code Host} says
 * @param headers end-to-end fields only, forwarding fields included; no {@code Host}
 * @param body paused; null where the request has none: then it can be tried again
 * @param items which of the question's {@link Items} are asked, by their places; null: all that the
 *     client sent, as it sent it
 */
public record OriginRequest(
    HttpMethod method,
    Target target,
    MultiMap headers,
    @Nullable ReadStream<Buffer> body,
    @Nullable List<Integer> items) {

  public OriginRequest {
    items = items == null ? null : List.copyOf(items);
  }

  public OriginRequest(
      HttpMethod method, Target target, MultiMap headers, @Nullable ReadStream<Buffer> body) {
    this(method, target, headers, body, null);
  }

  /** The same with other content, or with the same once more. */
  OriginRequest withBody(ReadStream<Buffer> other) {
    return new OriginRequest(method, target, headers, other, items);
  }

  /**
   * The same of some of the question's items.
   *
   * @param places at least one
   */
  public OriginRequest only(List<Integer> places) {
    return new OriginRequest(method, target, headers, body, places);
  }
}
