package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.bedrock.ConverseEvents;
import io.warmgate.ai.bedrock.ConverseHead;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;
import java.util.Locale;
import java.util.Objects;

/**
 * What came from Bedrock, as it is read: a stream of Amazon's frames as server-sent events, and
 * with a body what its head alone says.
 */
record BedrockAnswer(OriginResponse answer, MultiMap headers, ReadStream<Buffer> body)
    implements DelegatingResponse {
  private static final int OK = 200;

  static Future<OriginResponse> of(OriginResponse came) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(came.headers());
    String id = Objects.requireNonNullElse(headers.get("x-amzn-requestid"), "");
    if (came.status() != OK) {
      String type = Objects.requireNonNullElse(headers.get("x-amzn-errortype"), "");
      return ProviderBody.whole(came)
          .otherwise(Buffer.buffer())
          .map(body -> whole(came, headers, ConverseHead.failed(type, body.getBytes())));
    }
    String media = Objects.requireNonNullElse(headers.get("content-type"), "");
    if (media.toLowerCase(Locale.ROOT).startsWith(ConverseEvents.MEDIA_TYPE)) {
      headers.set("content-type", "text/event-stream").remove("content-length");
      return Future.succeededFuture(new RewrittenStream(came, headers, new Events(id)));
    }
    return ProviderBody.whole(came)
        .map(body -> whole(came, headers, ConverseHead.answered(id, body.getBytes())));
  }

  private static OriginResponse whole(OriginResponse came, MultiMap headers, byte[] body) {
    headers.set("content-length", Integer.toString(body.length));
    return new BedrockAnswer(came, headers, new Content(Buffer.buffer(body), null).stream());
  }

  /** Its frames, which have an end of their own: a break is told by what is missing. */
  private static final class Events implements StreamTranslation {
    private final ConverseEvents events = new ConverseEvents();
    private Buffer first;

    Events(String requestId) {
      this.first = Buffer.buffer(events.begin(requestId));
    }

    @Override
    public Buffer chunk(Buffer came) {
      Buffer told = first.appendString(events.read(came.getBytes()));
      first = Buffer.buffer();
      return told;
    }

    @Override
    public Buffer end() {
      return Buffer.buffer(events.end());
    }

    @Override
    public Buffer broken() {
      return Buffer.buffer();
    }

    @Override
    public boolean hasFailed() {
      return events.isUnreadable();
    }
  }
}
