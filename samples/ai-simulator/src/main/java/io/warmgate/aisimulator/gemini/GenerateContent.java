package io.warmgate.aisimulator.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Answering;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.Sequence;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.List;
import java.util.Map;

/** {@code models/NAME:generateContent}, and the same as a stream. */
final class GenerateContent {
  private final Dialect dialect;
  private final Desk desk;
  private final ServedModels models;
  private final Sequence sequence = new Sequence();

  GenerateContent(Dialect dialect, ServedModels models) {
    this.dialect = dialect;
    this.desk = new Desk(dialect);
    this.models = models;
  }

  Answer answer(String name, ObjectNode request, Desk.Mode mode) throws Refused, Fault {
    ServedModel model = models.find(name, Kind.CHAT).orElseThrow(() -> unknown(name));
    GenerateShape.REQUEST.check(request, FieldPath.ROOT);
    GenerateRules.check(request);
    Question question = GenerateReader.read(request);
    return desk.serve(model, mode, (by, headers) -> made(question, mode, by, headers));
  }

  /** The error about a model that is not there, or cannot be asked this. */
  static Refused unknown(String name) {
    return Refused.of(
        404,
        "models/%s is not found for API version v1beta, or is not supported for this method."
            .formatted(name));
  }

  private Answer made(
      Question question, Desk.Mode mode, Answer.By by, Map<String, String> headers) {
    var body = new GeneratedBody(sequence.next(""), by.model().name(), question.inputTokens());
    if (question.transcript().lastUserText().strip().startsWith("block ")) {
      ObjectNode blocked = body.blocked();
      return mode == Desk.Mode.WHOLE
          ? new Answer.Whole(200, headers, blocked, by)
          : streamed(
              headers,
              List.of(new ServerEvent("", blocked.toString(), ServerEvent.Part.FINISH, 0)),
              by);
    }
    Reply reply = Answering.reply(question, by.model().name(), by.behavior(), 0);
    by.model().count(question.inputTokens(), reply.outputTokens());
    return mode == Desk.Mode.WHOLE
        ? new Answer.Whole(200, headers, body.whole(reply), by)
        : streamed(headers, body.events(reply), by);
  }

  private Answer streamed(Map<String, String> headers, List<ServerEvent> events, Answer.By by) {
    Refused broken = Refused.of(503, "The model failed in the middle of its answer.");
    return new Answer.Streamed(headers, events, dialect.errorEvent(broken), by);
  }
}
