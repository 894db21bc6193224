package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Answering;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.Sequence;
import io.warmgate.aisimulator.model.ModelBehavior;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code POST /v1/chat/completions}. */
final class ChatCompletions {
  private final Dialect dialect;
  private final Desk desk;
  private final ServedModels models;
  private final Sequence sequence;
  private final InstantSource clock;

  ChatCompletions(Dialect dialect, ServedModels models, Sequence sequence, InstantSource clock) {
    this.dialect = dialect;
    this.desk = new Desk(dialect);
    this.models = models;
    this.sequence = sequence;
    this.clock = clock;
  }

  Answer answer(ObjectNode request) throws Refused, Fault {
    ChatShape.REQUEST.check(request, FieldPath.ROOT);
    ChatRules.check(request);
    Question question = ChatReader.read(request);
    String name = request.path("model").textValue();
    ServedModel model = models.find(name, Kind.CHAT).orElseThrow(() -> ModelList.unknown(name));
    boolean streamed = request.path("stream").asBoolean();
    return desk.serve(
        model,
        streamed ? Desk.Mode.STREAMED : Desk.Mode.WHOLE,
        (by, headers) -> made(request, question, by, headers));
  }

  private Answer made(
      ObjectNode request, Question question, Answer.By by, Map<String, String> headers) {
    ServedModel model = by.model();
    ModelBehavior behavior = by.behavior();
    List<Reply> replies =
        IntStream.range(0, request.path("n").asInt(1))
            .mapToObj(choice -> Answering.reply(question, model.name(), behavior, choice))
            .toList();
    var head =
        new ChatHead(
            sequence.next("chatcmpl-"),
            clock.instant().getEpochSecond(),
            model.name(),
            "fp_" + behavior.version());
    int output = replies.stream().mapToInt(Reply::outputTokens).sum();
    model.count(question.inputTokens(), output);
    ObjectNode usage = ChatBody.usage(question.inputTokens(), output);
    if (!request.path("stream").asBoolean()) {
      return new Answer.Whole(
          200, headers, new ChatBody(request, head).body(replies, sequence, usage), by);
    }
    return new Answer.Streamed(
        headers,
        new ChatStream(request, head, usage).events(replies, sequence),
        dialect.errorEvent(Refused.of(500, "The model failed in the middle of its answer.")),
        by);
  }
}
