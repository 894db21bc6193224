package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body up to a limit. */
final class Body {

  /** The body has more bytes than the path takes. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super("the body may have " + limit + " bytes", null, false, false);
    }
  }

  private Body() {}

  /**
   * @return fails with {@link TooLargeException} as soon as it is known to be larger than the limit
   */
  static Future<Buffer> read(HttpServerRequest request, int limit) {
    Promise<Buffer> read = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(read::tryFail);
    request.endHandler(_ -> read.tryComplete(body));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > limit) {
            read.tryFail(new TooLargeException(limit));
          } else {
            body.appendBuffer(chunk);
          }
        });
    return read.future();
  }
}
