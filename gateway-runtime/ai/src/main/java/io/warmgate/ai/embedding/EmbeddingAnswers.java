package io.warmgate.ai.embedding;

import static io.warmgate.ai.Dialect.OPENAI_EMBEDDINGS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.OpenAiErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code CreateEmbeddingResponse}, or an error in its place. */
public final class EmbeddingAnswers {
  private EmbeddingAnswers() {}

  /**
   * What a body with status 200 says; never throws.
   *
   * @param items that were asked for: as many vectors have to come
   */
  public static EmbeddingOutcome read(byte[] body, int items) {
    try {
      JsonNode node = Json.parse(body);
      ModelError error = OpenAiErrors.inside(node);
      return error == null
          ? new EmbeddingOutcome.Answered(answer(FieldReader.of(node, ""), items))
          : new EmbeddingOutcome.Failed(error);
    } catch (TranslationException e) {
      return new EmbeddingOutcome.Failed(
          ModelError.of(
              ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + e.getMessage()));
    }
  }

  private static EmbeddingAnswer answer(FieldReader root, int items) {
    root.any("object");
    String model = root.textOr("model", "");
    TreeMap<Long, Vector> vectors = new TreeMap<>();
    long next = 0;
    for (FieldReader item : root.objects("data")) {
      vectors.put(item.wholeOr("index", next++), vector(item));
    }
    // Each item its own: a vector at the wrong place would be kept for another text.
    boolean whole = vectors.size() == items && vectors.firstKey() == 0;
    if (!whole || vectors.lastKey() != items - 1) {
      throw new TranslationException("data", "must be one vector for each of " + items + " items");
    }
    JsonNode usage = root.any("usage");
    long tokens = usage == null ? 0 : usage.path("prompt_tokens").asLong();
    List<Vector> ordered = new ArrayList<>(vectors.values());
    return new EmbeddingAnswer(model, ordered, tokens, root.rest(OPENAI_EMBEDDINGS));
  }

  private static Vector vector(FieldReader item) {
    JsonNode values = item.needed("embedding");
    if (values.isTextual()) {
      return Vector.ofBase64(values.textValue(), item.at("embedding"));
    }
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      if (!values.get(i).isNumber()) {
        throw new TranslationException(item.at("embedding"), "must be numbers, or base64");
      }
      floats[i] = values.get(i).floatValue();
    }
    if (floats.length == 0) {
      throw new TranslationException(item.at("embedding"), "is empty");
    }
    return Vector.of(floats);
  }

  /**
   * For the client.
   *
   * @return JSON in UTF-8
   */
  public static byte[] write(EmbeddingAnswer answer, Encoding encoding) {
    ObjectNode root = Json.object().put("object", "list");
    ArrayNode data = root.putArray("data");
    for (int i = 0; i < answer.vectors().size(); i++) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
      item.set("embedding", node(answer.vectors().get(i), encoding));
    }
    root.put("model", answer.model());
    root.putObject("usage")
        .put("prompt_tokens", answer.tokens())
        .put("total_tokens", answer.tokens());
    answer.extras().writeTo(root, OPENAI_EMBEDDINGS, "");
    return Json.bytes(root);
  }

  private static JsonNode node(Vector vector, Encoding encoding) {
    return switch (encoding) {
      case BASE64 -> Json.text(vector.base64());
      case FLOAT -> {
        ArrayNode values = Json.array();
        for (float value : vector.values()) {
          values.add(value);
        }
        yield values;
      }
    };
  }
}
