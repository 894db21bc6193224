package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.ContentEmbedding;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import io.warmgate.aisimulator.suite.Pictures;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Google's own SDK asks the simulator, without anything between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SimulatorGeminiSdkTest {
  private static final String MODEL = "sim-1";
  private static final Map<String, Object> CITY =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("city", Map.of("type", "string")),
          "required",
          List.of("city"));

  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final Client client = client(SimulatorOptions.DEFAULT_KEY);

  private Client client(String key) {
    return Client.builder()
        .apiKey(key)
        .httpOptions(
            HttpOptions.builder().baseUrl(simulator.url().toString()).apiVersion("v1beta").build())
        .build();
  }

  @AfterAll
  void stop() {
    client.close();
    simulator.close();
  }

  private GenerateContentResponse ask(String text, @Nullable GenerateContentConfig config) {
    return ask(List.of(Content.fromParts(Part.fromText(text))), config);
  }

  private GenerateContentResponse ask(
      List<Content> contents, @Nullable GenerateContentConfig config) {
    GenerateContentConfig said = config == null ? GenerateContentConfig.builder().build() : config;
    return client.models.generateContent(MODEL, contents, said);
  }

  private static String text(GenerateContentResponse response) {
    return Objects.requireNonNull(response.text());
  }

  @Test
  void answers() {
    GenerateContentResponse response = ask("say Bonjour le monde", null);
    assertThat(text(response)).isEqualTo("Bonjour le monde");
    assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    assertThat(response.modelVersion()).contains(MODEL);
    assertThat(response.usageMetadata().orElseThrow().candidatesTokenCount()).contains(3);
  }

  @Test
  void heedsInstructionsLimitsAndPictures() {
    String plain = text(ask("and now?", null));
    String instructed =
        text(
            ask(
                "and now?",
                GenerateContentConfig.builder()
                    .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
                    .build()));
    assertThat(instructed).isNotEqualTo(plain);
    GenerateContentResponse cut =
        ask("count 100", GenerateContentConfig.builder().maxOutputTokens(3).build());
    assertThat(text(cut)).isEqualTo("1 2 3");
    assertThat(cut.finishReason().knownEnum()).isEqualTo(FinishReason.Known.MAX_TOKENS);
    assertThat(text(ask("count 9", GenerateContentConfig.builder().stopSequences(" 4").build())))
        .isEqualTo("1 2 3");
    byte[] picture = Base64.getDecoder().decode(Pictures.base64(1));
    Content showing =
        Content.fromParts(Part.fromText("what is this?"), Part.fromBytes(picture, "image/png"));
    assertThat(text(ask(List.of(showing), null))).contains("1 image(s)");
  }

  @Test
  void answersByASchema() {
    String answer =
        text(
            ask(
                "the weather in Oslo",
                GenerateContentConfig.builder()
                    .responseMimeType("application/json")
                    .responseJsonSchema(CITY)
                    .build()));
    assertThat(answer).isEqualTo("{\"city\":\"Oslo\"}");
  }

  @Test
  void streams() {
    List<GenerateContentResponse> chunks;
    try (var stream = client.models.generateContentStream(MODEL, "count 5", null)) {
      chunks = StreamSupport.stream(stream.spliterator(), false).toList();
    }
    assertThat(chunks).hasSizeGreaterThan(3);
    assertThat(String.join("", chunks.stream().map(GenerateContentResponse::text).toList()))
        .isEqualTo("1 2 3 4 5");
    assertThat(chunks.getLast().finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
  }

  @Test
  void callsToolsAndUsesWhatTheyBring() {
    GenerateContentConfig config = withTools("AUTO");
    List<Content> contents = new ArrayList<>();
    contents.add(Content.fromParts(Part.fromText("get_weather and get_time in Rome")));
    GenerateContentResponse asked = ask(contents, config);
    List<FunctionCall> calls = Objects.requireNonNull(asked.functionCalls());
    assertThat(calls).extracting(call -> call.name().orElseThrow()).hasSize(2);
    assertThat(calls.getFirst().args().orElseThrow()).containsEntry("city", "Rome");
    contents.add(asked.candidates().orElseThrow().getFirst().content().orElseThrow());
    List<Part> results = new ArrayList<>();
    for (FunctionCall call : calls) {
      results.add(
          Part.builder()
              .functionResponse(
                  FunctionResponse.builder()
                      .id(call.id().orElseThrow())
                      .name(call.name().orElseThrow())
                      .response(Map.of("output", results.isEmpty() ? "sunny" : "noon"))
                      .build())
              .build());
    }
    contents.add(Content.builder().role("user").parts(results).build());
    assertThat(text(ask(contents, config))).isEqualTo("The tools say: sunny and noon");
    contents.set(1, Content.builder().role("model").parts(unsigned(calls)).build());
    ClientException lost = catchThrowableOfType(ClientException.class, () -> ask(contents, config));
    assertThat(lost.getMessage()).contains("thought_signature");
  }

  private static List<Part> unsigned(List<FunctionCall> calls) {
    return calls.stream().map(call -> Part.builder().functionCall(call).build()).toList();
  }

  private static GenerateContentConfig withTools(String mode) {
    List<FunctionDeclaration> functions =
        List.of("get_weather", "get_time").stream()
            .map(
                name -> FunctionDeclaration.builder().name(name).parametersJsonSchema(CITY).build())
            .toList();
    return GenerateContentConfig.builder()
        .tools(Tool.builder().functionDeclarations(functions).build())
        .toolConfig(
            ToolConfig.builder()
                .functionCallingConfig(FunctionCallingConfig.builder().mode(mode).build())
                .build())
        .build();
  }

  @Test
  void obeysTheChoiceOfTools() {
    assertThat(ask("say hello", withTools("ANY")).functionCalls()).hasSize(1);
    assertThat(ask("get_time", withTools("VALIDATED")).functionCalls()).hasSize(1);
    assertThat(ask("get_time", withTools("NONE")).functionCalls()).isNullOrEmpty();
  }

  @Test
  void showsItsThoughts() {
    GenerateContentResponse response =
        ask(
            "say hello",
            GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder().includeThoughts(true).build())
                .build());
    assertThat(Objects.requireNonNull(response.parts()).getFirst().thought()).contains(true);
    assertThat(response.usageMetadata().orElseThrow().thoughtsTokenCount()).isPresent();
  }

  @Test
  void questionsMayBeBlockedAndAnswersCut() {
    GenerateContentResponse blocked = ask("block this", null);
    assertThat(blocked.candidates()).isEmpty();
    assertThat(blocked.promptFeedback().orElseThrow().blockReason()).isPresent();
    assertThat(ask("filter this", null).finishReason().knownEnum())
        .isEqualTo(FinishReason.Known.SAFETY);
  }

  @Test
  void embeds() {
    List<ContentEmbedding> both =
        client
            .models
            .embedContent(
                "sim-embedding",
                List.of("one", "two"),
                EmbedContentConfig.builder().outputDimensionality(5).build())
            .embeddings()
            .orElseThrow();
    assertThat(both).hasSize(2);
    assertThat(both.getFirst().values().orElseThrow()).hasSize(5);
  }

  /** Page by page. */
  @Test
  void listsItsModels() {
    ListModelsConfig two = ListModelsConfig.builder().pageSize(2).build();
    List<String> names =
        StreamSupport.stream(client.models.list(two).spliterator(), false)
            .map(model -> model.name().orElseThrow())
            .toList();
    assertThat(names).contains("models/" + MODEL, "models/sim-embedding").doesNotHaveDuplicates();
  }

  @Test
  void refuses() {
    ClientException unknown =
        catchThrowableOfType(
            ClientException.class, () -> client.models.generateContent("none", "hello", null));
    assertThat(unknown.code()).isEqualTo(404);
    assertThat(unknown.status()).isEqualTo("NOT_FOUND");
    try (Client stranger = client("wrong")) {
      ClientException refused =
          catchThrowableOfType(
              ClientException.class, () -> stranger.models.generateContent(MODEL, "hello", null));
      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.getMessage()).contains("API key not valid");
    }
  }
}
