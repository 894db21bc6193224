package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import io.warmgate.server.cache.redis.RealRedis;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * What the largest batches take, and for how long others wait for their event loop meanwhile: 2,048
 * texts, 1,536 dimensions. Not in any build; it prints.
 */
class EmbeddingBatchProof {
  private static final int TEXTS = 2_048;
  private static final int ROUNDS = 8;

  private final RealRedis redis = RealRedis.started();
  private final VectorProvider provider = new VectorProvider();

  private ModelPod pod(boolean shared, long memory) {
    ModelPod pod = new ModelPod();
    pod.model("e", Model.Provider.OPENAI, provider.port(), "/v1").cached(ModelPod.KEPT);
    pod.holding(memory);
    if (shared) {
      pod.sharing(redis.address(), 2).serve();
      pod.pod.awaitRedis();
    } else {
      pod.serve();
    }
    return pod;
  }

  private static String batch(int first, String encoding) {
    ObjectNode asked = Json.object().put("model", "e").put("encoding_format", encoding);
    ArrayNode input = asked.putArray("input");
    for (int i = first; i < first + TEXTS; i++) {
      input.add("the text of number " + i + ", which is as long as the title of something");
    }
    return Json.string(asked);
  }

  @Test
  void figures() {
    provider.dimensions = 1_536;
    for (String encoding : List.of("base64", "float")) {
      try (ModelPod pod = pod(false, 256 << 20);
          ModelPod first = pod(true, 256 << 20);
          ModelPod second = pod(true, 1 << 20)) {
        for (int round = 0; round < ROUNDS; round++) {
          boolean last = round == ROUNDS - 1;
          int from = 10_000 * round;
          ask(last, encoding + " miss", pod, batch(from, encoding));
          ask(last, encoding + " hit in memory", pod, batch(from, encoding));
          ask(last, encoding + " half in memory", pod, batch(from + TEXTS / 2, encoding));
          ask(last, encoding + " miss, to Redis", first, batch(from, encoding));
          String there = batch(from, encoding);
          while (second
                  .post("/v1/embeddings", there, "host", "edge", "cache-control", "only-if-cached")
                  .statusCode()
              != 200) {
            Thread.onSpinWait();
          }
          ask(last, encoding + " hit in Redis", second, there);
        }
      }
    }
    provider.close();
    redis.close();
  }

  private static void ask(boolean told, String what, ModelPod pod, String body) {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<List<Long>> others =
        CompletableFuture.supplyAsync(
            () -> {
              List<Long> took = new ArrayList<>();
              while (!over.get()) {
                long began = System.nanoTime();
                // Each connection has an event loop: both are asked.
                CompletableFuture<HttpResponse<String>> one = pod.ask("GET", "/v1/models", "");
                CompletableFuture<HttpResponse<String>> two = pod.ask("GET", "/v1/models", "");
                ModelPod.get(one);
                ModelPod.get(two);
                took.add(System.nanoTime() - began);
              }
              return took;
            });
    long began = System.nanoTime();
    HttpResponse<String> answer = pod.post("/v1/embeddings", body, "host", "edge");
    long millis = (System.nanoTime() - began) / 1_000_000;
    over.set(true);
    assertThat(answer.statusCode()).isEqualTo(200);
    List<Long> waited = others.join();
    Collections.sort(waited);
    if (told) {
      System.out.printf(
          "%-24s %5d ms, %4.1f MB; others at most %5.1f ms, half of them within %4.2f ms; %s%n",
          what,
          millis,
          answer.body().length() / 1e6,
          waited.getLast() / 1e6,
          waited.get(waited.size() / 2) / 1e6,
          ModelPod.status(answer));
    }
  }
}
