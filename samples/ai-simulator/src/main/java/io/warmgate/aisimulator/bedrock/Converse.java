package io.warmgate.aisimulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Answering;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.Tokens;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /model/ID/converse}, and the same as a stream. */
final class Converse {
  private final Dialect dialect;
  private final Desk desk;
  private final ServedModels models;
  private final Sequence sequence = new Sequence();

  Converse(Dialect dialect, ServedModels models) {
    this.dialect = dialect;
    this.desk = new Desk(dialect);
    this.models = models;
  }

  /** Of a request. */
  String nextId() {
    return sequence.next("req-");
  }

  Answer answer(String name, ObjectNode request, Desk.Mode mode) throws Refused, Fault {
    ServedModel model =
        models
            .find(name, Kind.CHAT)
            .orElseThrow(() -> Refused.of(404, "The provided model identifier is invalid."));
    ConverseShape.REQUEST.check(request, FieldPath.ROOT);
    ConverseRules.check(request);
    Question question = ConverseReader.read(request);
    return desk.serve(model, mode, (by, headers) -> made(question, mode, by, headers));
  }

  private Answer made(
      Question question, Desk.Mode mode, Answer.By by, Map<String, String> headers) {
    Map<String, String> head = new HashMap<>(headers);
    head.put("x-amzn-requestid", nextId());
    var body = new ConverseBody(question.inputTokens(), sequence);
    boolean blocked = question.transcript().lastUserText().strip().startsWith("block ");
    Reply reply =
        blocked
            ? new Reply(
                List.of(),
                Tokens.of("Sorry, the model cannot answer this question."),
                List.of(),
                Reply.End.FILTERED,
                "")
            : Answering.reply(question, by.model().name(), by.behavior(), 0);
    String reason = blocked ? "guardrail_intervened" : ConverseBody.reason(reply);
    by.model().count(question.inputTokens(), reply.outputTokens());
    if (mode == Desk.Mode.WHOLE) {
      return new Answer.Whole(200, head, body.whole(reply, reason), by);
    }
    Refused broken =
        Refused.of(424, "The model failed in the middle of its answer.")
            .ofType("ModelStreamErrorException");
    return new Answer.Streamed(
        head, body.events(reply, reason), dialect.errorEvent(broken), by, dialect.framing());
  }
}
