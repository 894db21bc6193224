package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Clients that come all at once, before a provider that answers nobody until it has met them. */
final class HeldStorm {
  private static final int CLIENTS = 40;

  private HeldStorm() {}

  /** That so many of them get to the model, and the others are told that they are over a limit. */
  static void admits(int enough, ModelPod pod, ScriptedProvider provider) {
    CountDownLatch held = new CountDownLatch(1);
    provider.script =
        request -> {
          waitFor(held);
          request.answer(OPENAI_ANSWER);
        };
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, CLIENTS)
            .mapToObj(_ -> pod.ask("POST", OPENAI, question("gpt", "hi")))
            .toList();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                provider.requests.size() == enough
                    && all.stream().filter(CompletableFuture::isDone).count() == CLIENTS - enough);
    held.countDown();
    assertThat(all.stream().map(one -> ModelPod.get(one).statusCode()))
        .containsOnly(200, 429)
        .filteredOn(status -> status == 200)
        .hasSize(enough);
  }

  /** Until it is let go. */
  static void waitFor(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
