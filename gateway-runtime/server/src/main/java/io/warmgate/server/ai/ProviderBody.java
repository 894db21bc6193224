package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bodies of answers, as a provider or the cache has them. */
final class ProviderBody {
  /** No answer that is one is longer; an error's own words are far shorter. */
  private static final int MOST = 32 << 20;

  /** 2,048 vectors of 1,536 numbers that are written out are 40 MB. */
  static final int MOST_OF_VECTORS = 64 << 20;

  private ProviderBody() {}

  static boolean isStream(OriginResponse response) {
    return isStream(response.headers().get("content-type"));
  }

  static boolean isStream(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  /**
   * All of a body.
   *
   * @return fails with a {@link ProblemException} where it breaks off or is too long
   */
  static Future<Buffer> whole(OriginResponse response) {
    return whole(response, MOST);
  }

  /**
   * The same of a body of so many bytes at most.
   *
   * @return fails with a {@link ProblemException} where it breaks off or is too long
   */
  static Future<Buffer> whole(OriginResponse response, int most) {
    ReadStream<Buffer> body = response.body();
    return Content.read(body, most)
        .recover(cause -> Future.failedFuture(new ProblemException(Problem.BAD_GATEWAY, cause)))
        .compose(
            content -> {
              if (content.isWhole()) {
                return Future.succeededFuture(content.begin());
              }
              response.abort();
              return Future.failedFuture(
                  new ProblemException(
                      Problem.MODEL_ANSWER,
                      ModelFailure.unreadable("The provider's answer is too long.")));
            });
  }
}
