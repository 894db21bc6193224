package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.ANTHROPIC_STREAM;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Provider;
import io.warmgate.ai.anthropic.AnthropicProvider;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.openai.OpenAiProvider;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Model;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One entry for every form and every front; one request of the provider for who asks at once. */
class CachedAnswersTest {
  private static final Provider OF_OPENAI = new OpenAiProvider(OpenAiProvider.Flavour.OPENAI);
  private static final Provider OF_ANTHROPIC = new AnthropicProvider(1);

  private final ScriptedProvider gpt = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final ScriptedProvider claude =
      ScriptedProvider.saying(ANTHROPIC_ANSWER, ANTHROPIC_STREAM);
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

  private static String text(String path, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Provider dialect = path.equals(OPENAI) ? OF_OPENAI : OF_ANTHROPIC;
    ChatAnswer said =
        answer.headers().firstValue("content-type").orElse("").equals("text/event-stream")
            ? Folding.of(dialect, Buffer.buffer(answer.body()))
            : ((Outcome.Answered)
                    dialect.readAnswer(answer.body().getBytes(StandardCharsets.UTF_8)))
                .answer();
    return ((Part.Text) said.parts().getFirst()).text();
  }

  /** Whichever form and front came first, the other three are hits. */
  @Test
  void oneEntryAnswersAll() {
    for (String model : List.of("gpt", "claude")) {
      for (String first : List.of(OPENAI, ANTHROPIC)) {
        for (boolean streams : List.of(true, false)) {
          String text = model + first + streams;
          HttpResponse<String> miss =
              pod.post(first, streams ? streamed(model, text) : question(model, text));
          assertThat(status(miss)).contains("fwd=uri-miss");
          assertThat(text(first, miss)).isEqualTo("Hello there");
          ScriptedProvider provider = model.equals("gpt") ? gpt : claude;
          int asked = provider.requests.size();
          for (String again : List.of(OPENAI, ANTHROPIC)) {
            HttpResponse<String> plain = pod.post(again, question(model, text));
            assertThat(status(plain)).as(text).contains("; hit");
            assertThat(plain.headers().firstValue("age")).isPresent();
            assertThat(plain.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(text(again, plain)).isEqualTo("Hello there");
            HttpResponse<String> stream = pod.post(again, streamed(model, text));
            assertThat(status(stream)).as(text).contains("; hit");
            assertThat(stream.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(text(again, stream)).isEqualTo("Hello there");
          }
          assertThat(provider.requests).hasSize(asked);
        }
      }
    }
  }

  @Test
  void aHitInTheProvidersOwnDialectIsWhatItSent() {
    assertThat(status(pod.post(OPENAI, question("gpt", "hi")))).contains("; stored");
    assertThat(pod.post(OPENAI, question("gpt", "hi")).body()).isEqualTo(OPENAI_ANSWER);
  }

  @Test
  void otherQuestionsAreNotAnsweredByIt() {
    pod.post(OPENAI, question("gpt", "hi"));
    for (String[] other :
        new String[][] {
          {question("claude", "hi")},
          {question("gpt", "hi", ",\"temperature\":0.5")},
          {question("gpt", "hi"), "openai-beta", "b"}
        }) {
      HttpResponse<String> answer =
          other.length == 1
              ? pod.post(OPENAI, other[0])
              : pod.post(OPENAI, other[0], other[1], other[2]);
      assertThat(status(answer)).as(other[0]).contains("fwd=uri-miss");
    }
    // Documented defaults, and what no answer depends on.
    String same =
        question("gpt", "hi", ",\"temperature\":1,\"user\":\"u\",\"metadata\":{\"a\":\"b\"}");
    assertThat(status(pod.post(OPENAI, same))).contains("; hit");
  }

  @Test
  void whoAsksWhileAStreamRunsReadsItFromItsBeginning() {
    CountDownLatch go = new CountDownLatch(1);
    gpt.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + OPENAI_STREAM[1]);
          try {
            go.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          for (int i = 2; i < OPENAI_STREAM.length; i++) {
            request.chunk(OPENAI_STREAM[i]);
          }
          request.end();
        };
    CompletableFuture<HttpResponse<String>> first = pod.ask("POST", OPENAI, streamed("gpt", "hi"));
    await().atMost(10, TimeUnit.SECONDS).until(() -> gpt.requests.size() == 1);
    List<CompletableFuture<HttpResponse<String>>> others =
        List.of(
            pod.ask("POST", OPENAI, streamed("gpt", "hi")),
            pod.ask("POST", ANTHROPIC, streamed("gpt", "hi")),
            pod.ask("POST", OPENAI, question("gpt", "hi")),
            pod.ask("POST", ANTHROPIC, question("gpt", "hi")));
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.joined.get() == others.size());
    go.countDown();
    assertThat(text(OPENAI, ModelPod.get(first))).isEqualTo("Hello there");
    assertThat(text(OPENAI, ModelPod.get(others.get(0)))).isEqualTo("Hello there");
    assertThat(text(ANTHROPIC, ModelPod.get(others.get(1)))).isEqualTo("Hello there");
    assertThat(text(OPENAI, ModelPod.get(others.get(2)))).isEqualTo("Hello there");
    assertThat(text(ANTHROPIC, ModelPod.get(others.get(3)))).isEqualTo("Hello there");
    assertThat(gpt.requests).hasSize(1);
    others.forEach(other -> assertThat(status(ModelPod.get(other))).contains("; collapsed"));
  }

  /** Whatever its path, query, credentials, cookies, ranges and conditions. */
  @Test
  void theRestOfARequestIsNoPartOfTheQuestion() {
    pod.post(OPENAI, question("gpt", "hi"));
    HttpResponse<String> hit =
        pod.post(
            "/other/chat/completions?key=1",
            question("gpt", "hi"),
            "authorization",
            "Bearer a",
            "cookie",
            "a=b",
            "range",
            "bytes=0-1",
            "if-none-match",
            "*");
    assertThat(hit.statusCode()).isEqualTo(200);
    assertThat(hit.body()).isEqualTo(OPENAI_ANSWER);
    assertThat(status(hit)).contains("; hit");
  }

  @Test
  void aFieldThatThePolicyNamesIsPartOfIt() {
    pod.cached(
            new CacheRule(
                60_000L,
                null,
                null,
                null,
                ModelPod.KEPT.query(),
                List.of("x-team"),
                CacheRule.Tags.NONE,
                30_000,
                CacheRule.OnLogLoss.SERVE))
        .serve();
    pod.post(OPENAI, question("gpt", "hi"), "x-team", "red");
    assertThat(status(pod.post(OPENAI, question("gpt", "hi"), "x-team", "blue")))
        .contains("fwd=uri-miss");
    assertThat(status(pod.post(OPENAI, question("gpt", "hi"), "x-team", "red"))).contains("; hit");
  }

  /** A question changes nothing: what its path names is not purged by it. */
  @Test
  void answersArePurgedByTheirModelsPath() {
    pod.post(OPENAI, question("gpt", "hi"));
    pod.post(OPENAI, question("gpt", "hi", ",\"n\":2"));
    assertThat(status(pod.post(OPENAI, question("gpt", "hi")))).contains("; hit");
    pod.pod.log.apply(
        new PurgeOrder(
            "1",
            new PurgeRequest(
                List.of(),
                List.of("/models/test/gpt"),
                null,
                List.of(),
                false,
                PurgeRequest.Mode.HARD),
            null));
    assertThat(status(pod.post(OPENAI, question("gpt", "hi")))).contains("detail=purged");
  }

  @Test
  void clientsMayWantAnotherAnswer() {
    HttpResponse<String> none =
        pod.post(ANTHROPIC, question("gpt", "hi"), "cache-control", "only-if-cached");
    assertThat(none.statusCode()).isEqualTo(504);
    assertThat(none.body()).contains("\"type\":\"error\"");
    pod.post(OPENAI, question("gpt", "hi"), "cache-control", "no-store");
    pod.post(OPENAI, question("gpt", "hi"));
    assertThat(gpt.requests).hasSize(2);
    pod.post(OPENAI, question("gpt", "hi"), "cache-control", "no-cache");
    assertThat(gpt.requests).hasSize(3);
    assertThat(status(pod.post(OPENAI, question("gpt", "hi"), "cache-control", "only-if-cached")))
        .contains("; hit");
  }
}
