package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Provider;
import io.warmgate.ai.Teller;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.stream.Replay;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.ai.stream.StreamWriter;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.Reply;
import io.warmgate.server.exchange.Rewriting;
import java.util.function.Consumer;

/**
 * What a provider says, plain or as a stream, as the client's front has it, plain or as a stream.
 * Between the same dialect in the same form bytes are left as they are.
 *
 * @param heard told what a stream says it took; the last word counts
 */
record ChatAnswers(Teller front, ChatRequest request, Provider provider, Consumer<Usage> heard)
    implements Rewriting {
  private static final int OK = 200;

  private boolean wantsStream() {
    return request.delivery().form().isStream();
  }

  private boolean isNative() {
    return front.dialect() == provider.dialect();
  }

  @Override
  public Buffer whole(Reply reply, Buffer body) {
    int status = reply.status();
    MultiMap headers = reply.headers();
    if (status >= 400 && body.length() == 0) {
      headers.set("content-type", front.errorType());
      return Problems.without(front, status);
    }
    if (status != OK) {
      return body;
    }
    boolean stream = ProviderBody.isStream(headers.get("content-type"));
    if (isNative() && !stream && !wantsStream()) {
      return body;
    }
    fields(headers, wantsStream());
    return translated(stream, body);
  }

  @Override
  public Future<OriginResponse> coming(OriginResponse answer) {
    boolean stream = ProviderBody.isStream(answer);
    if (answer.status() != OK || (isNative() && !stream && !wantsStream())) {
      return Future.succeededFuture(answer);
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
    fields(headers, wantsStream());
    if (stream && wantsStream()) {
      headers.remove("content-length");
      return Future.succeededFuture(new RewrittenStream(answer, headers, translation()));
    }
    return ProviderBody.whole(answer)
        .map(body -> new MadeResponse(OK, headers, translated(stream, body)));
  }

  /** Of an answer that is no longer as it was kept. */
  static void fields(MultiMap headers, boolean stream) {
    headers.set("content-type", stream ? "text/event-stream" : "application/json");
    headers.remove("etag").remove("last-modified");
  }

  /**
   * @param stream whether the body is a provider's stream
   */
  private Buffer translated(boolean stream, Buffer body) {
    try {
      if (stream && wantsStream()) {
        StreamTranslation translation = translation();
        return translation.chunk(body).appendBuffer(translation.end());
      }
      ChatAnswer answer = stream ? folded(body) : answer(body);
      return wantsStream() ? replayed(answer) : Buffer.buffer(front.writeAnswer(answer, request));
    } catch (TranslationException e) {
      throw new ProblemException(Problem.MODEL_ANSWER, e);
    } catch (ModelFailure e) {
      throw new ProblemException(Problem.MODEL_ANSWER, e);
    }
  }

  private ChatAnswer folded(Buffer body) {
    ChatAnswer answer = Folding.of(provider, body);
    if (answer.usage() != null) {
      heard.accept(answer.usage());
    }
    return answer;
  }

  private ChatAnswer answer(Buffer body) {
    return switch (provider.readAnswer(body.getBytes())) {
      case Outcome.Answered(ChatAnswer answer) -> answer;
      case Outcome.Failed(ModelError error) -> throw new ModelFailure(error);
    };
  }

  private Buffer replayed(ChatAnswer answer) {
    StreamWriter writer = front.openStream(request);
    StringBuilder written = new StringBuilder();
    for (StreamEvent event : Replay.of(answer)) {
      written.append(writer.write(event));
    }
    return Buffer.buffer(written.toString());
  }

  private StreamTranslation translation() {
    StreamReader reader = new UsageReader(provider.openStream(), heard);
    return isNative()
        ? new NativeStream(front, request, reader)
        : new TranslatedStream(reader, front.openStream(request));
  }
}
