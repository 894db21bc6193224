package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import io.warmgate.server.cache.redis.RealRedis;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two pods that keep vectors in one Redis, text by text, as the user that a gateway has there. */
class EmbeddingItemsIT {
  private static final String PATH = "/v1/embeddings";

  private final RealRedis redis = RealRedis.asUser("uid-1");
  private final VectorProvider provider = new VectorProvider();
  private final ModelPod one = new ModelPod();
  private final ModelPod other = new ModelPod();

  @BeforeEach
  void begin() {
    redis.start();
    provider.dimensions = 256;
    for (ModelPod pod : List.of(one, other)) {
      pod.model("e", Model.Provider.OPENAI, provider.port(), "/v1")
          .cached(ModelPod.KEPT)
          .sharing(redis.address(), 2)
          .serve();
      pod.pod.awaitRedis();
    }
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
    provider.close();
    redis.close();
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "text " + i).toList();
  }

  /** By the same name, which is a part of keys. */
  private static HttpResponse<String> ask(ModelPod pod, List<String> texts, String... headers) {
    ArrayNode input = Json.array();
    texts.forEach(input::add);
    return pod.post(
        PATH,
        "{\"model\":\"e\",\"input\":" + Json.string(input) + "}",
        Stream.concat(Stream.of("host", "gateway.test"), Stream.of(headers))
            .toArray(String[]::new));
  }

  private void assertVectors(HttpResponse<String> answer, List<String> texts) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(VectorProvider.vectors(answer))
        .isEqualTo(
            texts.stream().map(text -> VectorProvider.vector(text, "e-1", 256).base64()).toList());
  }

  /** More than are asked of Redis, and written there, at a time. */
  @Test
  void whatOnePodAskedForTheOtherFinds() {
    assertVectors(ask(one, texts(0, 300)), texts(0, 300));
    await()
        .until(
            () -> ask(other, texts(0, 300), "cache-control", "only-if-cached").statusCode() == 200);
    HttpResponse<String> hit = ask(other, texts(0, 300));
    assertVectors(hit, texts(0, 300));
    assertThat(status(hit)).contains("; hit");
    HttpResponse<String> partly = ask(other, texts(150, 350));
    assertVectors(partly, texts(150, 350));
    assertThat(status(partly)).contains("fwd=partial");
    assertThat(provider.asked()).containsExactly(texts(0, 300), texts(300, 350));
    await()
        .until(
            () -> ask(one, texts(320, 321), "cache-control", "only-if-cached").statusCode() == 200);
    assertVectors(ask(one, texts(320, 321)), texts(320, 321));
  }

  @Test
  void withoutRedisEachPodGoesOnByItself() {
    ask(one, texts(0, 100));
    redis.kill();
    assertVectors(ask(one, texts(0, 120)), texts(0, 120));
    assertVectors(ask(other, texts(0, 120)), texts(0, 120));
    assertThat(provider.asked()).containsExactly(texts(0, 100), texts(100, 120), texts(0, 120));
  }
}
