package io.warmgate.server.access;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.Map;

/** Asks for JWK Sets. */
final class JwksClient implements KeyTransport {
  /** From the name to the last byte, in milliseconds. */
  private static final long TIMEOUT = 5_000;

  private static final int MAX_BYTES = 256 << 10;
  private static final Map<String, String> FIELDS =
      Map.of("accept", "application/jwk-set+json, application/json");

  private final GuardedHttp http;

  JwksClient(GuardedHttp http) {
    this.http = http;
  }

  @Override
  public Future<byte[]> get(String url) {
    return http.ask(new GuardedHttp.Question(url, FIELDS, null, TIMEOUT, MAX_BYTES))
        .compose(
            answer ->
                answer.status() == 200
                    ? Future.succeededFuture(answer.content().getBytes())
                    : Future.failedFuture(new IOException("answers " + answer.status())));
  }
}
