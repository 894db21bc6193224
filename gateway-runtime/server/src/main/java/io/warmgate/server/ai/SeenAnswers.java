package io.warmgate.server.ai;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.httpcache.Bytes;
import io.warmgate.server.ai.SeenQuestion.Form;
import io.warmgate.server.ai.SeenQuestion.Written;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Reply;
import io.warmgate.server.exchange.Rewriting;
import java.util.function.Supplier;

/**
 * Answers to a question that may be remembered: what the cache answers is, together with what it
 * was written as, so that the same entry is not written anew for who asks in the same bytes.
 *
 * @param mark of the question
 * @param seen what it came to
 * @param answers what makes of an answer what the client understands; asked where it is needed
 */
record SeenAnswers(
    QuestionMemory memory, Bytes mark, SeenQuestion seen, Supplier<Rewriting> answers)
    implements Rewriting {
  private static final int OK = 200;

  @Override
  public Buffer whole(Reply reply, Buffer body) {
    boolean kept =
        reply.status() == OK && !ProviderBody.isStream(reply.headers().get("content-type"));
    if (!kept) {
      return answers.get().whole(reply, body);
    }
    if (seen.form() == Form.AS_KEPT) {
      if (memory.find(mark) == null) {
        memory.answered(mark, seen);
      }
      return body;
    }
    Written last = seen.written();
    if (last != null && buffer(last.kept()).equals(body)) {
      ChatAnswers.fields(reply.headers(), seen.form() == Form.STREAM);
      return buffer(last.told());
    }
    Buffer told = answers.get().whole(reply, body);
    Written now = new Written(Bytes.of(body.getBytes()), Bytes.of(told.getBytes()));
    memory.answered(mark, seen.with(now));
    return told;
  }

  /** Without a copy; whoever writes it has a position of its own. */
  private static Buffer buffer(Bytes bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.array()));
  }

  @Override
  public Future<OriginResponse> coming(OriginResponse answer) {
    return answers.get().coming(answer);
  }
}
