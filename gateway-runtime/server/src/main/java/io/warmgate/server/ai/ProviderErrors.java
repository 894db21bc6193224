package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.ErrorReader;
import io.warmgate.ai.ErrorWriter;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.server.exchange.OriginResponse;

/** What a provider refuses, or fails at, as the client that asked is told: for nobody else. */
final class ProviderErrors {
  private static final int BAD_GATEWAY = 502;
  private static final ModelError NOT_ACCEPTED =
      ModelError.of(ErrorKind.SERVER, "The provider does not accept the gateway's credential.");

  private ProviderErrors() {}

  /** Of an answer whose status says so. */
  static Future<OriginResponse> read(
      ErrorWriter front, ErrorReader provider, OriginResponse response) {
    int status = response.status();
    return ProviderBody.whole(response)
        .otherwise(Buffer.buffer())
        .map(
            body -> {
              ModelError error = provider.readError(status, body.getBytes());
              // The credential is the gateway's, and what is said of it no client's business.
              return error.kind() == ErrorKind.AUTHENTICATION
                  ? made(front, NOT_ACCEPTED, BAD_GATEWAY, response).meaning(error)
                  : made(front, error, front.writeError(error).status(), response);
            });
  }

  /** Of an answer whose status says nothing of it. */
  static OriginResponse inside(ErrorWriter front, OriginResponse response, ModelError error) {
    return made(front, error, BAD_GATEWAY, response);
  }

  private static ErrorResponse made(
      ErrorWriter front, ModelError error, int status, OriginResponse response) {
    MultiMap fields = ProviderFields.answer(response.headers());
    fields.set("content-type", front.errorType()).set("cache-control", "no-store");
    return ErrorResponse.of(status, fields, Buffer.buffer(front.writeError(error).json()), error);
  }
}
