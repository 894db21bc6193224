package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.ANTHROPIC_STREAM;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Model;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Inference.Counted;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call to a model is told once, with what it came to. */
class MeteringTest {
  private final ScriptedProvider provider = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final ScriptedProvider other =
      ScriptedProvider.saying(ANTHROPIC_ANSWER, ANTHROPIC_STREAM);
  private final ModelPod pod =
      new ModelPod().model("gpt", Model.Provider.OPENAI, provider.port(), "/v1");

  @AfterEach
  void end() {
    pod.close();
    provider.close();
    other.close();
  }

  /** All that were told until now, and this many. */
  private List<Inference> told(int count) {
    await().until(() -> pod.inferred.size() >= count);
    assertThat(pod.inferred).hasSize(count);
    return pod.inferred;
  }

  private Inference only() {
    return told(1).getFirst();
  }

  private static void assertCounted(Inference call, Ending ending, long input, long output) {
    assertThat(call.ending()).isEqualTo(ending);
    assertThat(call.tokens()).isEqualTo(Tokens.of(input, output));
    assertThat(call.took().all()).isPositive();
  }

  @Test
  void wholeAnswersByEachProvider() {
    pod.model("claude", Model.Provider.ANTHROPIC, other.port(), "").serve();
    pod.post(OPENAI, question("gpt", "hi"));
    pod.post(OPENAI, question("claude", "hi"));
    List<Inference> calls = told(2);
    for (Inference call : calls) {
      assertCounted(call, Ending.ANSWERED, 3, 2);
      assertThat(call.counted()).isEqualTo(Counted.BY_PROVIDER);
      assertThat(call.took().firstToken()).isNegative();
    }
    assertThat(calls)
        .extracting(call -> call.model().id())
        .containsExactly("test/gpt", "test/claude");
    assertThat(calls).extracting(Inference::answeredBy).containsExactly("made-by-1", "made-by-2");
  }

  @Test
  void streamsByEachProviderForEachFront() {
    pod.model("claude", Model.Provider.ANTHROPIC, other.port(), "").serve();
    Stream.of("gpt", "claude")
        .forEach(
            model -> {
              pod.post(OPENAI, streamed(model, "hi"));
              pod.post(ANTHROPIC, streamed(model, "hi"));
            });
    for (Inference call : told(4)) {
      assertCounted(call, Ending.ANSWERED, 3, 2);
      assertThat(call.counted()).isEqualTo(Counted.BY_PROVIDER);
      assertThat(call.took().firstToken()).isPositive().isLessThanOrEqualTo(call.took().all());
    }
  }

  @Test
  void providersThatDoNotCountAreCountedByLength() {
    String[] uncounted =
        Arrays.stream(OPENAI_STREAM)
            .filter(frame -> !frame.contains("prompt_tokens"))
            .toArray(String[]::new);
    provider.script = request -> request.streamed(uncounted);
    pod.serve();
    pod.post(OPENAI, streamed("gpt", "x".repeat(400)));
    Inference call = only();
    // "Hello there" has 11 characters; a turn has 16 around its own.
    assertCounted(call, Ending.ANSWERED, 104, 3);
    assertThat(call.counted()).isEqualTo(Counted.BY_LENGTH);
  }

  @Test
  void streamsThatAreCutCountAsFarAsTheyCame() {
    provider.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + OPENAI_STREAM[1]);
          request.connection().close();
        };
    pod.serve();
    pod.post(OPENAI, streamed("gpt", "hi"));
    Inference call = only();
    assertCounted(call, Ending.BROKEN, 5, 2);
    assertThat(call.counted()).isEqualTo(Counted.BY_LENGTH);
    assertThat(call.answeredBy()).isEqualTo("made-by-1");
  }

  @Test
  void clientsThatGoAwayInAStreamHaveHadWhatCame() throws IOException {
    provider.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + OPENAI_STREAM[1]);
          assertThat(request.connection().in().read()).isNegative();
        };
    pod.serve();
    askAndLeave(streamed("gpt", "hi"), "Hello");
    assertCounted(only(), Ending.GIVEN_UP, 5, 2);
  }

  @Test
  void clientsThatGoAwayBeforeTheAnswerMayHaveBeenRead() throws IOException {
    provider.script = request -> assertThat(request.connection().in().read()).isNegative();
    pod.serve();
    try (Socket _ = sent(question("gpt", "hi"))) {
      await().until(() -> !provider.requests.isEmpty());
    }
    assertCounted(only(), Ending.GIVEN_UP, 5, 0);
  }

  private Socket sent(String body) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), pod.port());
    client
        .getOutputStream()
        .write(
            "POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(OPENAI, body.length(), body)
                .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private void askAndLeave(String body, String once) throws IOException {
    try (Socket client = sent(body)) {
      StringBuilder came = new StringBuilder();
      byte[] some = new byte[4_096];
      while (came.indexOf(once) < 0) {
        int read = client.getInputStream().read(some);
        assertThat(read).isPositive();
        came.append(new String(some, 0, read, StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void errorsCostNothing() {
    provider.script =
        request ->
            request.answer(
                "400 Bad Request",
                "application/json",
                "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}");
    pod.serve();
    pod.post(OPENAI, question("gpt", "hi"));
    assertCounted(only(), Ending.REFUSED, 0, 0);
  }

  @Test
  void errorsInA200CostNothing() {
    provider.script =
        request -> request.answer("{\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}");
    pod.serve();
    pod.post(OPENAI, question("gpt", "hi"));
    assertCounted(only(), Ending.REFUSED, 0, 0);
  }

  @Test
  void whoCannotBeConnectedIsToldToo() {
    provider.close();
    pod.serve();
    pod.post(OPENAI, question("gpt", "hi"));
    assertCounted(only(), Ending.BROKEN, 0, 0);
  }

  @Test
  void whoIsGivenUpForAnotherIsToldAsWellAsTheOther() {
    provider.script = request -> assertThat(request.connection().in().read()).isNegative();
    pod.standIn("other", "gpt", Model.Provider.ANTHROPIC, other.port()).beginning(100).serve();
    assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(200);
    List<Inference> calls = told(2);
    assertThat(calls)
        .extracting(call -> call.model().id(), Inference::ending)
        .containsExactlyInAnyOrder(
            tuple("test/gpt", Ending.GIVEN_UP), tuple("test/other", Ending.ANSWERED));
    assertThat(pod.ended.getFirst().inference()).isNotNull();
  }

  @Test
  void vectorsAreReadAndNothingIsWritten() {
    provider.script =
        request ->
            request.answer(
                """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],\
                "model":"e","usage":{"prompt_tokens":7,"total_tokens":7}}\
                """);
    pod.serve();
    pod.post("/v1/embeddings", "{\"model\":\"gpt\",\"input\":\"a\"}");
    Inference call = only();
    assertCounted(call, Ending.ANSWERED, 7, 0);
    assertThat(call.answeredBy()).isEqualTo("e");
  }

  @Test
  void hitsAndWhoJoinsAreNoCalls() {
    pod.cached(ModelPod.KEPT).serve();
    pod.post(OPENAI, question("gpt", "hi"));
    pod.post(OPENAI, question("gpt", "hi"));
    pod.post(OPENAI, streamed("gpt", "hi"));
    await().until(() -> pod.ended.size() == 3);
    assertCounted(only(), Ending.ANSWERED, 3, 2);
  }
}
