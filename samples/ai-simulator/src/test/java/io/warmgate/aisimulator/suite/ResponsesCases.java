package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plain answers of the Responses API. */
public interface ResponsesCases extends OpenAiTarget {
  /**
   * What is asked for as a class.
   *
   * @param city any
   */
  record Place(String city) {}

  @Test
  default void respondsToAText() {
    Response response = respond(asking("say Good morning"));

    assertThat(text(response)).isEqualTo("Good morning");
    assertThat(response.status()).contains(ResponseStatus.COMPLETED);
    var usage = response.usage().orElseThrow();
    assertThat(usage.outputTokens()).isEqualTo(2);
    assertThat(usage.totalTokens()).isEqualTo(usage.inputTokens() + usage.outputTokens());
  }

  @Test
  default void respondsAsChatDoes() {
    String chat =
        Chats.text(
            openAi()
                .chat()
                .completions()
                .create(Chats.asking(target().chatModel(), "tell me something").build()));

    assertThat(text(respond(asking("tell me something")))).isEqualTo(chat);
  }

  @Test
  default void respondsToInstructionsAndTurns() {
    List<ResponseInputItem> turns =
        List.of(
            turn(EasyInputMessage.Role.USER, "hello"),
            turn(EasyInputMessage.Role.ASSISTANT, "Hello!"),
            turn(EasyInputMessage.Role.USER, "and now?"));

    String instructed = text(respond(request().inputOfResponse(turns).instructions("Be brief.")));

    assertThat(instructed).contains("and now?");
    assertThat(instructed).isNotEqualTo(text(respond(request().inputOfResponse(turns))));
  }

  @Test
  default void respondsIncompletelyWhereTokensAreFew() {
    Response response = respond(asking("count 100").maxOutputTokens(3));

    assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
    assertThat(response.incompleteDetails().orElseThrow().reason())
        .contains(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS);
    assertThat(text(response)).isEqualTo("1 2 3");
  }

  @Test
  default void respondsWithCallsAndUsesWhatTheyBring() {
    var turns = new ArrayList<>(List.of(turn(EasyInputMessage.Role.USER, "get_weather in Rome")));
    Response asked = respond(withTool(request().inputOfResponse(turns)));

    var call = asked.output().getFirst().asFunctionCall();
    assertThat(call.name()).isEqualTo("get_weather");
    assertThat(call.arguments()).contains("\"Rome\"");

    turns.add(ResponseInputItem.ofFunctionCall(call));
    turns.add(
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("sunny")
                .build()));
    assertThat(text(respond(withTool(request().inputOfResponse(turns)))))
        .isEqualTo("The tools say: sunny");
  }

  @Test
  default void respondsWithAnObjectOfAClass() throws Exception {
    var response =
        openAi()
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model(target().chatModel())
                    .input("the weather in Oslo")
                    .text(Place.class)
                    .build());

    String text = text(response.rawResponse());
    assertThat(JsonMapper.builder().build().readTree(text).path("city").asText()).isEqualTo("Oslo");
  }

  @Test
  default void respondsWithARefusal() {
    var message = respond(asking("refuse this")).output().getFirst().asMessage();

    assertThat(message.content().getFirst().asRefusal().refusal())
        .isEqualTo("I cannot help with that.");
  }

  private ResponseCreateParams.Builder request() {
    return ResponseCreateParams.builder().model(target().chatModel());
  }

  private ResponseCreateParams.Builder asking(String text) {
    return request().input(text);
  }

  private Response respond(ResponseCreateParams.Builder request) {
    return openAi().responses().create(request.build());
  }

  private static ResponseInputItem turn(EasyInputMessage.Role role, String text) {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(role).content(text).build());
  }

  /** The request with a tool. */
  static ResponseCreateParams.Builder withTool(ResponseCreateParams.Builder request) {
    var parameters = FunctionTool.Parameters.builder();
    Schemas.weather()
        .forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
    return request.addTool(
        FunctionTool.builder()
            .name("get_weather")
            .parameters(parameters.build())
            .strict(true)
            .build());
  }

  /** What the response says. */
  static String text(Response response) {
    return response.output().stream()
        .filter(ResponseOutputItem::isMessage)
        .findFirst()
        .orElseThrow()
        .asMessage()
        .content()
        .getFirst()
        .asOutputText()
        .text();
  }
}
