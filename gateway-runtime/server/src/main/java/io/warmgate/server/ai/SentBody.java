package io.warmgate.server.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import org.jspecify.annotations.Nullable;

/** What a client sends to a model. */
final class SentBody {
  /** Pictures of a conversation are in it, again with each turn. */
  private static final int MOST = 32 << 20;

  private SentBody() {}

  /**
   * All of it; backends are sent the same from now on.
   *
   * @param content paused; null: there is none
   * @return fails with a {@link ProblemException} where it is too large
   */
  static Future<byte[]> read(Exchange exchange, @Nullable ReadStream<Buffer> content) {
    return Content.read(content, MOST)
        .map(
            sent -> {
              if (!sent.isWhole()) {
                throw new ProblemException(Problem.BODY_TOO_LARGE);
              }
              exchange.content(sent::stream);
              return sent.begin().getBytes();
            });
  }

  /** RFC 9110 §10.1.1: the client waits for a 100 until its content is read here. */
  static void expect(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.headers().remove(HttpHeaderNames.EXPECT);
      request.response().writeContinue();
    }
  }
}
