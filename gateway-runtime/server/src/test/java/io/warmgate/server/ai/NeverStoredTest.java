package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.ai.cache.NeverStored;
import io.warmgate.config.Model;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each reason for which an answer is never kept: asked twice, the provider is asked twice. */
class NeverStoredTest {
  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ScriptedProvider claude =
      new ScriptedProvider(request -> request.answer(ANTHROPIC_ANSWER));
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1")
        .model("claude", Model.Provider.ANTHROPIC, claude.port(), "")
        .cached(ModelPod.KEPT)
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    claude.close();
  }

  @ParameterizedTest
  @EnumSource(NeverStored.class)
  void isNeitherKeptNorFound(NeverStored why) {
    String asked = scene(why);
    pod.post(OPENAI, asked);
    pod.post(OPENAI, asked);
    assertThat(gpt.requests.size() + claude.requests.size()).isEqualTo(2);
    // An answer whose status says that it is none is not looked into.
    String word = why == NeverStored.STATUS ? "no-store" : why.token();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(pod.ended)
                    .hasSize(2)
                    .allSatisfy(exchange -> assertThat(exchange.notStored()).isEqualTo(word)));
  }

  /** What is asked for it; providers are told what to answer. */
  private String scene(NeverStored why) {
    return switch (why) {
      case STATEFUL -> question("gpt", "hi", ",\"store\":true");
      case MANY_CHOICES -> question("gpt", "hi", ",\"n\":2");
      case LOGPROBS -> question("gpt", "hi", ",\"logprobs\":true");
      case AUDIO -> question("gpt", "hi", ",\"modalities\":[\"text\",\"audio\"]");
      case HOSTED_TOOLS -> question("gpt", "hi", ",\"web_search_options\":{}");
      case REMOTE_IMAGE ->
          saying("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.test/b.png\"}}");
      case FILE_REFERENCE -> saying("{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}");
      case NOT_UNDERSTOOD -> saying("{\"type\":\"smell\"}");
      case STATUS -> {
        gpt.script = request -> request.answer("404 Not Found", "application/json", "{}");
        yield question("gpt", "hi");
      }
      case ERROR ->
          streaming(OPENAI_STREAM[0], "data: {\"error\":{\"message\":\"no\",\"code\":500}}\n\n");
      case STREAM_CUT -> streaming(OPENAI_STREAM[0], OPENAI_STREAM[1], OPENAI_STREAM[3]);
      case NO_STOP_REASON -> streaming(OPENAI_STREAM[0], OPENAI_STREAM[1], "data: [DONE]\n\n");
      case TRUNCATED -> answering("\"stop\"", "\"length\"");
      case FILTERED -> answering("\"stop\"", "\"content_filter\"");
      case UNKNOWN_STOP_REASON -> answering("\"stop\"", "\"tired\"");
      case REFUSED -> answering("\"refusal\":null", "\"refusal\":\"no\"");
      case EMPTY -> answering("\"Hello there\"", "\"\"");
      case TOOL_CALLS -> answering("\"refusal\":null", called("buy", "{}"));
      case NOT_JSON -> question("gpt", "hi", ",\"response_format\":{\"type\":\"json_object\"}");
      case MALFORMED_TOOL_CALL -> answering("\"refusal\":null", called("look_up", "{"));
      case PAUSED -> {
        claude.script =
            request -> request.answer(ANTHROPIC_ANSWER.replace("end_turn", "pause_turn"));
        yield question("claude", "hi");
      }
    };
  }

  private static String saying(String part) {
    return question("gpt", "hi").replace("\"hi\"", "[" + part + "]");
  }

  private static String called(String tool, String arguments) {
    return """
    "tool_calls":[{"id":"c","type":"function",\
    "function":{"name":"%s","arguments":"%s"}}]\
    """
        .formatted(tool, arguments);
  }

  private String answering(String before, String now) {
    gpt.script = request -> request.answer(OPENAI_ANSWER.replace(before, now));
    return question("gpt", "hi");
  }

  private String streaming(String... frames) {
    gpt.script = request -> request.streamed(frames);
    return streamed("gpt", "hi");
  }
}
