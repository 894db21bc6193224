package io.warmgate.server.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.embedding.Vector;
import io.warmgate.ai.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;

/**
 * A provider of vectors, each text's own: whoever gets another text's, or another model's, sees it.
 * What it takes is the texts' length.
 */
final class VectorProvider implements AutoCloseable {
  final ScriptedProvider provider = new ScriptedProvider(this::answer);
  volatile String model = "e-1";
  volatile int dimensions = 4;

  /** Nothing is answered before it is down. */
  volatile CountDownLatch hold = new CountDownLatch(0);

  /** The vector that a model has of a text. */
  static Vector vector(String text, String model, int dimensions) {
    float[] values = new float[dimensions];
    SplittableRandom random = new SplittableRandom((model + "\n" + text).hashCode());
    for (int i = 0; i < dimensions; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.of(values);
  }

  /** Each of its answers, without a call. */
  void answer(ScriptedProvider.Request request) throws IOException {
    await(hold);
    request.answer(whole(Json.parse(request.body())));
  }

  static void await(CountDownLatch down) throws IOException {
    try {
      down.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String whole(JsonNode asked) {
    boolean base64 = asked.path("encoding_format").asText().equals("base64");
    String by = model;
    int length = asked.path("dimensions").asInt(dimensions);
    ObjectNode root = Json.object().put("object", "list");
    ArrayNode data = root.putArray("data");
    int tokens = 0;
    for (String text : texts(asked)) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      Vector vector = vector(text, by, length);
      if (base64) {
        item.put("embedding", vector.base64());
      } else {
        ArrayNode values = item.putArray("embedding");
        for (float value : vector.values()) {
          values.add(value);
        }
      }
      tokens += text.length();
    }
    root.put("model", by);
    root.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return Json.string(root);
  }

  private static List<String> texts(JsonNode asked) {
    JsonNode input = asked.path("input");
    return input.isTextual() || input.path(0).isNumber()
        ? List.of(input.isTextual() ? input.textValue() : input.toString())
        : StreamSupport.stream(input.spliterator(), false)
            .map(item -> item.isTextual() ? item.textValue() : item.toString())
            .toList();
  }

  /** What it was asked, request by request; of token ids their JSON. */
  List<List<String>> asked() {
    List<List<String>> all = new ArrayList<>();
    provider.requests.forEach(request -> all.add(texts(Json.parse(request.body()))));
    return all;
  }

  /** The vectors of an answer, in base64, in the order of their indices. */
  static List<String> vectors(HttpResponse<String> answer) {
    List<String> vectors = new ArrayList<>();
    for (JsonNode item : Json.parse(answer.body()).path("data")) {
      if (item.path("index").asInt(-1) != vectors.size()) {
        throw new AssertionError("out of order: " + answer.body());
      }
      JsonNode vector = item.path("embedding");
      vectors.add(vector.isTextual() ? vector.textValue() : base64(vector));
    }
    return vectors;
  }

  private static String base64(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return Vector.of(values).base64();
  }

  int port() {
    return provider.port();
  }

  @Override
  public void close() {
    hold.countDown();
    provider.close();
  }
}
