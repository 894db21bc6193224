package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;

/**
 * Reads a stream until its answer begins: up to there another model can be asked without anybody
 * having heard a word of this one.
 */
final class FirstToken {
  private FirstToken() {}

  /**
   * @param response whose body was not touched
   * @return the same answer, from its beginning; fails with a {@link ModelFailure} where it ends
   *     with an error before it begins, or otherwise as its body does
   */
  static Future<OriginResponse> await(OriginResponse response, Provider provider) {
    StreamReader reader = provider.openStream();
    Promise<OriginResponse> begun = Promise.promise();
    Buffer held = Buffer.buffer();
    ReadStream<Buffer> body = response.body();
    body.exceptionHandler(begun::tryFail);
    body.endHandler(
        _ -> {
          List<StreamEvent> last = reader.end();
          if (!fails(last, begun)) {
            begun.tryComplete(new Held(response, new Content(held, null)));
          }
        });
    body.handler(
        chunk -> {
          held.appendBuffer(chunk);
          List<StreamEvent> events = reader.read(chunk.getBytes());
          if (!fails(events, begun) && events.stream().anyMatch(FirstToken::tells)) {
            body.pause();
            begun.tryComplete(new Held(response, new Content(held, body)));
          }
        });
    body.resume();
    return begun.future();
  }

  private static boolean fails(List<StreamEvent> events, Promise<OriginResponse> begun) {
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.Failed(var error)) {
        return begun.tryFail(new ModelFailure(error));
      }
    }
    return false;
  }

  /** Whether somebody hears something of it. */
  private static boolean tells(StreamEvent event) {
    return switch (event) {
      case StreamEvent.PartGrew _, StreamEvent.Stopped _, StreamEvent.Ended _ -> true;
      case StreamEvent.PartBegun(int _, var part) -> isWhole(part);
      default -> false;
    };
  }

  /** Parts that do not grow are told at once; a call of a tool by its name. */
  private static boolean isWhole(Part part) {
    return !(part instanceof Part.Text
        || part instanceof Part.Refusal
        || part instanceof Part.Reasoning);
  }

  /** An answer whose beginning was read. */
  private record Held(OriginResponse answer, ReadStream<Buffer> body)
      implements DelegatingResponse {
    Held(OriginResponse answer, Content content) {
      this(answer, content.stream());
    }
  }
}
