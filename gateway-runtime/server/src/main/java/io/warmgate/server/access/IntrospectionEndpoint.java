package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.Introspection;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.Map;

/** Asks an issuer what a token is (RFC 7662 §2.1). */
final class IntrospectionEndpoint {
  static final int MAX_BYTES = 64 << 10;

  /** Calls under way, and waiting beside them. */
  private static final int MOST = 16;

  private static final int MOST_WAITING = 1_024;

  private final Introspection asked;
  private final ClientCredentials as;
  private final GuardedHttp http;
  private final Turns<byte[]> turns;
  private final SeldomLog log;

  IntrospectionEndpoint(Introspection asked, ClientCredentials as, GuardedHttp http) {
    this.asked = asked;
    this.as = as;
    this.http = http;
    this.turns = new Turns<>(MOST, MOST_WAITING, InstantSource.system());
    this.log = new SeldomLog("tokens cannot be looked up at " + asked.url());
  }

  /**
   * Asks, at once or when it is its turn.
   *
   * @return the content of a 200. Fails with a {@link Turns.FullException} where the pod has too
   *     many tokens to ask for; with anything else where nobody says what it is
   */
  Future<byte[]> ask(String token) {
    return turns.take(
        asked.timeoutMillis(),
        millis ->
            http.ask(question(token, millis))
                .compose(IntrospectionEndpoint::content)
                .onFailure(log::say));
  }

  private GuardedHttp.Question question(String token, long millis) {
    return new GuardedHttp.Question(
        asked.url(),
        Map.of(
            "content-type", "application/x-www-form-urlencoded",
            "accept", "application/json",
            "authorization", as.authorization()),
        Buffer.buffer("token=" + URLEncoder.encode(token, UTF_8) + "&token_type_hint=access_token"),
        millis,
        MAX_BYTES);
  }

  private static Future<byte[]> content(GuardedHttp.Answer answer) {
    return answer.status() == 200
        ? Future.succeededFuture(answer.content().getBytes())
        : Future.failedFuture(new IOException("answers " + answer.status()));
  }

  /** It answered, and not what it was asked. */
  void isNoAnswer(Throwable cause) {
    log.say(cause);
  }
}
