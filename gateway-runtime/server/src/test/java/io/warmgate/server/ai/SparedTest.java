package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Model;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Saved;
import io.warmgate.server.exchange.Tokens;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hits and those who join do not spend; and that nobody is told what is kept for it. */
class SparedTest {
  private final ScriptedProvider provider = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("gpt", Model.Provider.OPENAI, provider.port(), "/v1").cached(ModelPod.KEPT).serve();
  }

  @AfterEach
  void end() {
    pod.close();
    provider.close();
  }

  /** Of requests that ended, in their order. */
  private List<Exchange> ended(int count) {
    Awaitility.await().until(() -> pod.ended.size() == count);
    return pod.ended;
  }

  private static Tokens saved(Exchange exchange) {
    Saved saved = Objects.requireNonNull(exchange.saved());
    assertThat(saved.model().id()).isEqualTo("test/gpt");
    return saved.tokens();
  }

  private static void assertUntold(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet()).doesNotContain(UsageField.NAME);
  }

  @Test
  void hitsKnowWhatTheirWholeAnswerTook() {
    assertUntold(pod.post(OPENAI, question("gpt", "hi")));
    // Often enough for heads that are made ready, and shared.
    for (int i = 0; i < 40; i++) {
      assertUntold(pod.post(OPENAI, question("gpt", "hi")));
    }
    assertUntold(pod.post(ANTHROPIC, streamed("gpt", "hi")));
    List<Exchange> all = ended(42);
    assertThat(all.getFirst().saved()).isNull();
    assertThat(all.subList(1, 42))
        .allSatisfy(hit -> assertThat(saved(hit)).isEqualTo(Tokens.of(3, 2)));
  }

  @Test
  void hitsKnowWhatTheStreamTookThatTheyCameOf() {
    assertUntold(pod.post(ANTHROPIC, streamed("gpt", "hi")));
    assertUntold(pod.post(OPENAI, question("gpt", "hi")));
    List<Exchange> all = ended(2);
    assertThat(all.getFirst().saved()).isNull();
    assertThat(saved(all.getLast())).isEqualTo(Tokens.of(3, 2));
  }

  @Test
  void whoJoinsAStreamSparesWhatTheFirstOneSpends() {
    CountDownLatch go = new CountDownLatch(1);
    provider.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + OPENAI_STREAM[1]);
          await(go);
          for (int i = 2; i < OPENAI_STREAM.length; i++) {
            request.chunk(OPENAI_STREAM[i]);
          }
          request.end();
        };
    CompletableFuture<HttpResponse<String>> first = pod.ask("POST", OPENAI, streamed("gpt", "hi"));
    Awaitility.await().until(() -> provider.requests.size() == 1);
    List<CompletableFuture<HttpResponse<String>>> others = others();
    Awaitility.await().until(() -> pod.joined.get() == others.size());
    go.countDown();
    assertSpared(first, others);
  }

  @Test
  void whoJoinsAWholeAnswerSparesWhatTheFirstOneSpends() {
    CountDownLatch go = new CountDownLatch(1);
    provider.script =
        request -> {
          await(go);
          request.answer(OPENAI_ANSWER);
        };
    CompletableFuture<HttpResponse<String>> first = pod.ask("POST", OPENAI, question("gpt", "hi"));
    Awaitility.await().until(() -> provider.requests.size() == 1);
    List<CompletableFuture<HttpResponse<String>>> others = others();
    go.countDown();
    assertSpared(first, others);
  }

  private List<CompletableFuture<HttpResponse<String>>> others() {
    return Stream.of(OPENAI, ANTHROPIC)
        .flatMap(
            path ->
                Stream.of(question("gpt", "hi"), streamed("gpt", "hi"))
                    .map(body -> pod.ask("POST", path, body)))
        .toList();
  }

  private void assertSpared(
      CompletableFuture<HttpResponse<String>> first,
      List<CompletableFuture<HttpResponse<String>>> others) {
    assertUntold(ModelPod.get(first));
    others.forEach(other -> assertUntold(ModelPod.get(other)));
    List<Exchange> all = ended(1 + others.size());
    assertThat(provider.requests).hasSize(1);
    assertThat(all).filteredOn(one -> one.inference() != null).hasSize(1);
    assertThat(all)
        .filteredOn(one -> one.inference() == null)
        .hasSize(others.size())
        .allSatisfy(one -> assertThat(saved(one)).isEqualTo(Tokens.of(3, 2)));
    assertThat(all).filteredOn(one -> one.inference() != null).allMatch(one -> one.saved() == null);
  }

  @Test
  void noProviderSaysWhatIsSpared() {
    provider.script =
        request ->
            request.answer(
                "200 OK",
                "Content-Type: application/json\r\nWarmgate-Usage: 900 0 0 900 0\r\n",
                "",
                OPENAI_ANSWER);
    assertUntold(pod.post(OPENAI, question("gpt", "hi")));
    assertUntold(pod.post(OPENAI, question("gpt", "hi")));
    assertThat(saved(ended(2).getLast())).isEqualTo(Tokens.of(3, 2));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
