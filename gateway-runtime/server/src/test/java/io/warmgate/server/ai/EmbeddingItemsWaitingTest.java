package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who asks for texts that others are asking for. */
class EmbeddingItemsWaitingTest extends SeveralTexts {
  private CompletableFuture<HttpResponse<String>> begin(String... texts) {
    return pod.ask("POST", PATH, of(texts.length == 1 ? "\"" + texts[0] + "\"" : list(texts), ""));
  }

  /** Counts the requests that come from now on. */
  private AtomicInteger begun() {
    AtomicInteger begun = new AtomicInteger();
    pod.watching =
        new Observer() {
          @Override
          public void begun(Exchange exchange) {
            begun.incrementAndGet();
          }

          @Override
          public void ended(Exchange exchange) {}
        };
    return begun;
  }

  @Test
  void whoAsksForATextThatIsOnItsWayWaitsForIt() {
    serve();
    AtomicInteger begun = begun();
    provider.hold = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> both = begin("a", "b");
    await().until(() -> provider.provider.requests.size() == 1);
    CompletableFuture<HttpResponse<String>> one = begin("b");
    CompletableFuture<HttpResponse<String>> same = begin("b", "a");
    CompletableFuture<HttpResponse<String>> other = begin("c", "b");
    await().until(() -> provider.provider.requests.size() == 2);
    assertThat(provider.asked().getLast()).containsExactly("c");
    await().until(() -> begun.get() == 4);
    provider.hold.countDown();
    assertVectors(ModelPod.get(both), "a", "b");
    assertVectors(ModelPod.get(one), "b");
    assertThat(status(ModelPod.get(one))).contains("fwd=uri-miss; collapsed");
    assertVectors(ModelPod.get(same), "b", "a");
    assertThat(status(ModelPod.get(same))).contains("fwd=uri-miss; collapsed");
    assertVectors(ModelPod.get(other), "c", "b");
    assertThat(status(ModelPod.get(other))).contains("fwd=uri-miss; stored; collapsed");
    assertThat(provider.asked()).hasSize(2);
    await().until(() -> pod.ended.size() == 4);
    assertThat(pod.ended.stream().filter(ended -> ended.saved() != null)).hasSize(3);
    assertThat(pod.joined).hasValue(4);
  }

  @Test
  void aBatchWaitsForATextThatIsAskedForAlone() {
    serve();
    provider.hold = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> one = begin("b");
    await().until(() -> provider.provider.requests.size() == 1);
    CompletableFuture<HttpResponse<String>> both = begin("a", "b");
    await().until(() -> provider.provider.requests.size() == 2);
    provider.hold.countDown();
    assertVectors(ModelPod.get(one), "b");
    assertVectors(ModelPod.get(both), "a", "b");
    assertThat(provider.asked()).containsExactly(List.of("b"), List.of("a"));
  }

  /** What is wrong with one text is no word on another. */
  @Test
  void whoWaitsForABatchThatFailsAsksForHimself() {
    serve();
    provider.provider.script =
        request -> {
          if (request.body().contains("bad")) {
            VectorProvider.await(provider.hold);
            request.answer("500 Error", "application/json", "{}");
          } else {
            provider.answer(request);
          }
        };
    AtomicInteger begun = begun();
    provider.hold = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> batch = begin("bad", "b");
    await().until(() -> provider.provider.requests.size() == 1);
    CompletableFuture<HttpResponse<String>> one = begin("b");
    CompletableFuture<HttpResponse<String>> two = begin("b", "c");
    await().until(() -> begun.get() == 3);
    provider.hold.countDown();
    assertThat(ModelPod.get(batch).statusCode()).isGreaterThanOrEqualTo(500);
    assertVectors(ModelPod.get(one), "b");
    assertVectors(ModelPod.get(two), "b", "c");
    await().until(() -> pod.ended.size() == 3);
    long fetched =
        provider.asked().stream()
            .filter(texts -> texts.contains("b") && !texts.contains("bad"))
            .count();
    assertThat(
            pod.ended.stream()
                .map(Exchange::saved)
                .filter(Objects::nonNull)
                .mapToLong(saved -> saved.tokens().total())
                .sum())
        .as("who asked for b himself saved nothing, of c neither")
        .isEqualTo(2 - fetched);
    assertThat(status(ask("b", "c"))).contains("; hit");
  }
}
