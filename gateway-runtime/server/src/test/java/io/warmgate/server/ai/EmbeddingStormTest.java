package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.PurgeRequest.Mode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Many batches that overlap, with purges and another model in the middle: whoever asks gets the
 * vectors of his own texts, all of one model.
 */
class EmbeddingStormTest {
  private static final int CLIENTS = 12;
  private static final int REQUESTS = 60;
  private static final int TEXTS = 120;

  private final VectorProvider provider = new VectorProvider();
  private final ModelPod pod =
      new ModelPod()
          .model("e", Model.Provider.OPENAI, provider.port(), "/v1")
          .cached(ModelPod.KEPT)
          .serve();

  @Test
  void eachGetsTheVectorsOfHisOwnTexts() throws Exception {
    long seed = System.nanoTime();
    List<Future<Void>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        clients.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < REQUESTS; n++) {
                    between(random);
                    ask(random);
                  }
                  return null;
                }));
      }
      for (Future<Void> client : clients) {
        client.get(60, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      pod.close();
      provider.close();
    }
    int asked = provider.asked().stream().mapToInt(List::size).sum();
    assertThat(asked).as("far less than what clients asked").isLessThan(CLIENTS * REQUESTS * 8);
  }

  /** Now and then something changes. */
  private void between(Random random) {
    switch (random.nextInt(120)) {
      case 0 ->
          pod.pod.log.apply(
              new PurgeOrder(
                  "p" + random.nextLong(),
                  new PurgeRequest(
                      List.of(),
                      List.of("/models/test/e"),
                      null,
                      List.of(),
                      false,
                      random.nextBoolean() ? Mode.HARD : Mode.SOFT),
                  null));
      case 1 -> provider.model = "e-" + random.nextInt(3);
      default -> {}
    }
  }

  private void ask(Random random) {
    ObjectNode asked = Json.object().put("model", "e");
    List<String> texts = new ArrayList<>();
    ArrayNode input = asked.putArray("input");
    // Some texts are asked for more than others.
    for (int left = 1 + random.nextInt(24); left > 0; left--) {
      String text = "text " + random.nextInt(1 + random.nextInt(TEXTS));
      texts.add(text);
      input.add(text);
    }
    if (random.nextBoolean()) {
      asked.put("encoding_format", "base64");
    }
    HttpResponse<String> answer = pod.post("/v1/embeddings", Json.string(asked));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String model = Json.parse(answer.body()).path("model").asText();
    assertThat(VectorProvider.vectors(answer))
        .as(answer.headers().toString())
        .isEqualTo(
            texts.stream().map(text -> VectorProvider.vector(text, model, 4).base64()).toList());
  }
}
