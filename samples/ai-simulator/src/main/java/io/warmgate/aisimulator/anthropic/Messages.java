package io.warmgate.aisimulator.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Answering;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.Sequence;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.Map;

/** {@code POST /v1/messages}. */
final class Messages {
  private final Dialect dialect;
  private final Desk desk;
  private final ServedModels models;
  private final Sequence sequence;

  Messages(Dialect dialect, ServedModels models, Sequence sequence) {
    this.dialect = dialect;
    this.desk = new Desk(dialect);
    this.models = models;
    this.sequence = sequence;
  }

  Answer answer(ObjectNode request) throws Refused, Fault {
    MessagesShape.REQUEST.check(request, FieldPath.ROOT);
    MessagesRules.check(request);
    Question question = MessagesReader.read(request);
    String name = request.path("model").textValue();
    ServedModel model =
        models.find(name, Kind.CHAT).orElseThrow(() -> AnthropicModels.unknown(name));
    Desk.Mode mode = request.path("stream").asBoolean() ? Desk.Mode.STREAMED : Desk.Mode.WHOLE;
    return desk.serve(model, mode, (by, headers) -> made(mode, question, by, headers));
  }

  private Answer made(
      Desk.Mode mode, Question question, Answer.By by, Map<String, String> headers) {
    Reply reply = Answering.reply(question, by.model().name(), by.behavior(), 0);
    by.model().count(question.inputTokens(), reply.outputTokens());
    var body =
        new MessageBody(sequence.next("msg_"), by.model().name(), question.inputTokens(), sequence);
    return mode == Desk.Mode.WHOLE
        ? new Answer.Whole(200, headers, body.whole(reply), by)
        : new Answer.Streamed(
            headers,
            new MessageStream(body).events(reply),
            dialect.errorEvent(Refused.of(529, "Overloaded")),
            by);
  }
}
