package io.warmgate.server.routing;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.LoadBalancing.HashOn;
import org.jspecify.annotations.Nullable;

/** What a client is told from others by, where it is to stay somewhere. */
public final class ClientHash {
  private ClientHash() {}

  /**
   * Of the value that {@code on} names; where the request has none, of its client's address.
   *
   * @param address of the client
   */
  public static long of(HashOn on, HttpServerRequest request, String address) {
    String value =
        switch (on.source()) {
          case HEADER -> request.getHeader(on.name());
          case COOKIE -> cookie(request, on.name());
          case CLIENT_IP -> null;
        };
    return Hash.of(value == null ? address : value);
  }

  private static @Nullable String cookie(HttpServerRequest request, @Nullable String name) {
    var cookie = name == null ? null : request.getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }
}
