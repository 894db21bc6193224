package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.warmgate.config.admin.ExplainRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody sent: its head can be read as any other's, and there is nobody to answer.
 * Whatever else is tried with it fails.
 */
final class ImaginedRequest {
  /** RFC 5737: nobody's address, so that no list of trusted proxies is likely to name it. */
  private static final String PEER = "192.0.2.1";

  private ImaginedRequest() {}

  static HttpServerRequest of(ExplainRequest asked) {
    return of(asked, of(HttpServerResponse.class, ImaginedRequest::nobody));
  }

  /**
   * One that is answered.
   *
   * @param answer who takes the answer
   */
  static HttpServerRequest of(ExplainRequest asked, HttpServerResponse answer) {
    MultiMap headers = headers(asked);
    return of(
        HttpServerRequest.class,
        call ->
            switch (call.name()) {
              case "method" -> HttpMethod.valueOf(asked.method());
              case "uri" -> asked.pathAndQuery();
              case "headers" -> headers;
              case "getHeader" -> headers.get(String.valueOf(call.argument()));
              case "getCookie" -> cookie(headers, String.valueOf(call.argument()));
              case "version" -> HttpVersion.HTTP_1_1;
              case "isSSL" -> asked.scheme().equals("https");
              case "remoteAddress" -> SocketAddress.inetSocketAddress(1, PEER);
              case "connection" -> null;
              case "response" -> answer;
              default -> throw new UnsupportedOperationException(call.name());
            });
  }

  private static Object nobody(Call call) {
    return switch (call.name()) {
      case "closed" -> true;
      case "getStatusCode" -> 200;
      default -> throw new UnsupportedOperationException(call.name());
    };
  }

  private static MultiMap headers(ExplainRequest asked) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    asked.headers().forEach(field -> headers.add(field.name(), field.value()));
    if (!headers.contains("host")) {
      headers.set("host", asked.authority());
    }
    // Of no meaning without a connection.
    headers.remove("transfer-encoding").remove("content-length");
    String content = asked.content();
    if (content != null) {
      int length = content.getBytes(StandardCharsets.UTF_8).length;
      headers.set("content-length", Integer.toString(length));
    }
    return headers;
  }

  private static @Nullable Cookie cookie(MultiMap headers, String name) {
    for (String line : headers.getAll("cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
          return Cookie.cookie(name, pair.substring(equals + 1).trim());
        }
      }
    }
    return null;
  }

  /** A method that is called, and its first argument. */
  private record Call(String name, @Nullable Object argument) {}

  private static <T> T of(Class<T> type, Function<Call, @Nullable Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (Object self, Method method, Object @Nullable [] arguments) ->
                answer.apply(
                    new Call(
                        method.getName(),
                        arguments == null || arguments.length == 0 ? null : arguments[0]))));
  }
}
