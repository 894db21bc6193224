package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warmgate.aisimulator.bedrock.BedrockDialect;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Amazon's own SDK speaks to the simulator as it does to Bedrock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorBedrockSdkTest {
  private static final String KEY = SimulatorOptions.DEFAULT_KEY;
  private static final AwsCredentials USER =
      AwsBasicCredentials.create(BedrockDialect.ACCESS_KEY_ID, KEY);

  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final BedrockRuntimeClient user = client(simulator.url(), USER);
  private final BedrockRuntimeAsyncClient streams =
      BedrockRuntimeAsyncClient.builder()
          .endpointOverride(simulator.url())
          .region(Region.EU_CENTRAL_1)
          .credentialsProvider(StaticCredentialsProvider.create(USER))
          .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
          .build();

  @AfterAll
  void close() {
    user.close();
    streams.close();
    simulator.close();
  }

  private static BedrockRuntimeClient client(URI url, AwsCredentials credentials) {
    return BedrockRuntimeClient.builder()
        .endpointOverride(url)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  private static BedrockRuntimeClient byKey(URI url, String key) {
    return BedrockRuntimeClient.builder()
        .endpointOverride(url)
        .region(Region.EU_CENTRAL_1)
        .tokenProvider(StaticTokenProvider.create(() -> key))
        .authSchemeProvider(
            _ -> List.of(AuthSchemeOption.builder().schemeId("smithy.api#httpBearerAuth").build()))
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  private static Message says(ConversationRole role, ContentBlock... blocks) {
    return Message.builder().role(role).content(blocks).build();
  }

  private static Message asks(String text) {
    return says(ConversationRole.USER, ContentBlock.fromText(text));
  }

  private static Consumer<ConverseRequest.Builder> asking(String text) {
    return request -> request.modelId("sim-1").messages(asks(text));
  }

  private static String text(ConverseResponse response) {
    return response.output().message().content().getLast().text();
  }

  @Test
  void answers() {
    ConverseResponse response =
        user.converse(
            r ->
                asking("count 20")
                    .andThen(
                        b ->
                            b.system(SystemContentBlock.fromText("Be brief."))
                                .inferenceConfig(
                                    c -> c.temperature(0.5f).topP(0.9f).stopSequences(" 5")))
                    .accept(r));
    assertThat(text(response)).isEqualTo("1 2 3 4");
    assertThat(response.stopReason()).isEqualTo(StopReason.STOP_SEQUENCE);
    assertThat(response.usage().inputTokens()).isPositive();
    assertThat(response.usage().outputTokens()).isEqualTo(4);
    assertThat(response.responseMetadata().requestId()).startsWith("req-");
    ConverseResponse cut =
        user.converse(
            r -> asking("count 20").andThen(b -> b.inferenceConfig(c -> c.maxTokens(3))).accept(r));
    assertThat(cut.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    assertThat(user.converse(asking("filter what you say")).stopReason())
        .isEqualTo(StopReason.CONTENT_FILTERED);
    assertThat(user.converse(asking("block this")).stopReason())
        .isEqualTo(StopReason.GUARDRAIL_INTERVENED);
  }

  @Test
  void seesPictures() {
    byte[] png =
        Base64.getDecoder()
            .decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    Message message =
        says(
            ConversationRole.USER,
            ContentBlock.fromImage(
                i -> i.format("png").source(s -> s.bytes(SdkBytes.fromByteArray(png)))),
            ContentBlock.fromText("what is it"));
    assertThat(text(user.converse(r -> r.modelId("sim-1").messages(message))))
        .contains("with 1 image(s)");
  }

  @Test
  void answersByASchema() {
    ConverseResponse response =
        user.converse(
            r ->
                asking("a town")
                    .andThen(
                        b ->
                            b.outputConfig(
                                o ->
                                    o.effort("max")
                                        .textFormat(
                                            f ->
                                                f.type("json_schema")
                                                    .structure(
                                                        s ->
                                                            s.jsonSchema(
                                                                j ->
                                                                    j.name("town")
                                                                        .schema(
                                                                            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}"))))))
                    .accept(r));
    assertThat(text(response)).startsWith("{\"city\":");
    assertThat(
            response
                .output()
                .message()
                .content()
                .getFirst()
                .reasoningContent()
                .reasoningText()
                .signature())
        .startsWith("sim-");
  }

  private static ToolConfiguration tools() {
    Document schema =
        Document.mapBuilder()
            .putString("type", "object")
            .putMap("properties", p -> p.putMap("city", c -> c.putString("type", "string")))
            .build();
    return ToolConfiguration.builder()
        .tools(Tool.fromToolSpec(s -> s.name("get_weather").inputSchema(i -> i.json(schema))))
        .build();
  }

  @Test
  void callsToolsAndTakesTheirResults() {
    Message asked = asks("get_weather please");
    ConverseResponse called =
        user.converse(r -> r.modelId("sim-1").messages(asked).toolConfig(tools()));
    assertThat(called.stopReason()).isEqualTo(StopReason.TOOL_USE);
    ToolUseBlock call = called.output().message().content().getFirst().toolUse();
    assertThat(call.name()).isEqualTo("get_weather");
    Message result =
        says(
            ConversationRole.USER,
            ContentBlock.fromToolResult(
                t ->
                    t.toolUseId(call.toolUseId())
                        .status(ToolResultStatus.SUCCESS)
                        .content(ToolResultContentBlock.fromText("sunny"))));
    List<Message> all = List.of(asked, called.output().message(), result);
    assertThat(text(user.converse(r -> r.modelId("sim-1").messages(all).toolConfig(tools()))))
        .isEqualTo("The tools say: sunny");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> user.converse(r -> r.modelId("sim-1").messages(all)))
        .withMessageContaining("toolConfig field must be defined");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(
            () ->
                user.converse(
                    r -> r.modelId("sim-1").messages(all.subList(0, 2)).toolConfig(tools())))
        .withMessageContaining("must end with a user message");
  }

  private List<String> streamed(Consumer<ConverseStreamRequest.Builder> asked) {
    List<String> heard = new ArrayList<>();
    var visitor =
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockStart(e -> heard.add("call " + e.start().toolUse().name()))
            .onContentBlockDelta(
                e ->
                    heard.add(
                        e.delta().toolUse() == null
                            ? String.valueOf(e.delta().text())
                            : e.delta().toolUse().input()))
            .onMessageStop(e -> heard.add("stop " + e.stopReasonAsString()))
            .onMetadata(e -> heard.add("used " + e.usage().outputTokens()))
            .build();
    streams
        .converseStream(asked, ConverseStreamResponseHandler.builder().subscriber(visitor).build())
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    return heard;
  }

  @Test
  void streams() {
    assertThat(streamed(r -> r.modelId("sim-1").messages(asks("count 3"))))
        .containsExactly("1", " 2", " 3", "stop end_turn", "used 3");
    assertThat(
            String.join(
                "|",
                streamed(
                    r -> r.modelId("sim-1").messages(asks("get_weather")).toolConfig(tools()))))
        .startsWith("call get_weather|{")
        .contains("|stop tool_use|");
  }

  @Test
  void streamsBreak() {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(
            () -> streamed(r -> r.modelId("sim-error-in-stream").messages(asks("count 30"))))
        .withCauseInstanceOf(ModelStreamErrorException.class);
  }

  @Test
  void refuses() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> user.converse(r -> r.modelId("nobody:0").messages(asks("hi"))));
    for (int i = 0; i < 3; i++) {
      user.converse(r -> r.modelId("sim-limited").messages(asks("hi")));
    }
    assertThatExceptionOfType(ThrottlingException.class)
        .isThrownBy(() -> user.converse(r -> r.modelId("sim-limited").messages(asks("hi"))));
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(
            () ->
                user.converse(
                    r ->
                        asking("hi")
                            .andThen(b -> b.inferenceConfig(c -> c.temperature(1.5f)))
                            .accept(r)))
        .withMessageContaining("'1.5' at 'inferenceConfig.temperature'");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(
            () ->
                user.converse(
                    r -> asking("hi").andThen(b -> b.promptVariables(Map.of())).accept(r)))
        .withMessageContaining("extraneous key [promptVariables]");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> user.converse(asking(" ")))
        .withMessageContaining("is blank");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> user.converse(r -> r.modelId("sim-1").messages(asks("a"), asks("b"))))
        .withMessageContaining("alternate");
  }

  @Test
  void takesSessionsAndKeys() {
    AwsCredentials session =
        AwsSessionCredentials.create(
            BedrockDialect.SESSION_KEY_ID, KEY, BedrockDialect.SESSION_TOKEN);
    try (var ofSession = client(simulator.url(), session);
        var ofKey = byKey(simulator.url(), KEY)) {
      assertThat(text(ofSession.converse(asking("say hello")))).isEqualTo("hello");
      assertThat(text(ofKey.converse(asking("say hello")))).isEqualTo("hello");
    }
  }

  private void turnedAway(BedrockRuntimeClient client, String code) {
    try (client) {
      assertThatExceptionOfType(BedrockRuntimeException.class)
          .isThrownBy(() -> client.converse(asking("say hello")))
          .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }
  }

  @Test
  void turnsAwayWhoeverElse() {
    URI url = simulator.url();
    String id = BedrockDialect.ACCESS_KEY_ID;
    turnedAway(client(url, AwsBasicCredentials.create(id, "x")), "InvalidSignatureException");
    turnedAway(client(url, AwsBasicCredentials.create("AKIA", KEY)), "UnrecognizedClientException");
    turnedAway(
        client(url, AwsSessionCredentials.create(BedrockDialect.SESSION_KEY_ID, KEY, "x")),
        "UnrecognizedClientException");
    turnedAway(byKey(url, "another"), "AccessDeniedException");
  }
}
