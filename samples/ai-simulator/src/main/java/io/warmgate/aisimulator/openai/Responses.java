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
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.time.InstantSource;
import java.util.Map;

/** {@code POST /v1/responses}. Nothing is kept: there is no response to go on from. */
final class Responses {
  private final Dialect errors;
  private final Desk desk;
  private final ServedModels models;
  private final Sequence sequence;
  private final InstantSource clock;

  Responses(Dialect dialect, ServedModels models, Sequence sequence, InstantSource clock) {
    this.errors = new ResponsesErrors(dialect);
    this.desk = new Desk(errors);
    this.models = models;
    this.sequence = sequence;
    this.clock = clock;
  }

  Answer answer(ObjectNode request) throws Refused, Fault {
    ResponsesShape.REQUEST.check(request, FieldPath.ROOT);
    ResponsesRules.check(request);
    if (request.hasNonNull("previous_response_id")) {
      String id = request.path("previous_response_id").asText();
      throw Refused.of(400, "Previous response with id '%s' not found.".formatted(id))
          .about("previous_response_id")
          .coded("previous_response_not_found");
    }
    Question question = ResponsesReader.read(request);
    String name = request.path("model").textValue();
    ServedModel model = models.find(name, Kind.CHAT).orElseThrow(() -> ModelList.unknown(name));
    Desk.Mode mode = request.path("stream").asBoolean() ? Desk.Mode.STREAMED : Desk.Mode.WHOLE;
    return desk.serve(model, mode, (by, headers) -> made(request, question, by, headers));
  }

  private Answer made(
      ObjectNode request, Question question, Answer.By by, Map<String, String> headers) {
    Reply reply = Answering.reply(question, by.model().name(), by.behavior(), 0);
    by.model().count(question.inputTokens(), reply.outputTokens());
    var body =
        new ResponseBody(
            request, sequence.next("resp_"), clock.instant().getEpochSecond(), sequence);
    int input = question.inputTokens();
    return request.path("stream").asBoolean()
        ? new Answer.Streamed(
            headers,
            new ResponseStream(request, body).events(reply, input),
            errors.errorEvent(Refused.of(500, "The model failed in the middle of its answer.")),
            by)
        : new Answer.Whole(200, headers, body.whole(reply, body.items(reply), input), by);
  }
}
