package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;
import static io.warmgate.ai.Dialect.OPENAI_EMBEDDINGS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.embedding.EmbeddingAnswer;
import io.warmgate.ai.embedding.EmbeddingInput;
import io.warmgate.ai.embedding.EmbeddingOutcome;
import io.warmgate.ai.embedding.EmbeddingProvider;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.ai.embedding.Vector;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code batchEmbedContents}: one request an item; of tokens it says nothing. */
public final class GeminiEmbeddings implements EmbeddingProvider {

  @Override
  public byte[] write(EmbeddingRequest request) {
    request.extras().requireInert(GEMINI, "");
    ObjectNode root = Json.object();
    ArrayNode requests = root.putArray("requests");
    for (EmbeddingInput input : request.inputs()) {
      if (!(input instanceof EmbeddingInput.Text(String text))) {
        throw new TranslationException("input", "is text in " + GEMINI.title() + ", not tokens");
      }
      ObjectNode one = requests.addObject().put("model", "models/" + request.model());
      one.putObject("content").putArray("parts").addObject().put("text", text);
      if (request.dimensions() != null) {
        one.put("outputDimensionality", request.dimensions());
      }
    }
    return Json.bytes(root);
  }

  @Override
  public EmbeddingOutcome read(byte[] body, EmbeddingRequest asked) {
    try {
      JsonNode node = Json.parse(body);
      ModelError error = GeminiErrors.inside(node);
      if (error != null) {
        return new EmbeddingOutcome.Failed(error);
      }
      List<Vector> vectors = new ArrayList<>();
      for (FieldReader item : FieldReader.of(node, "").objects("embeddings")) {
        vectors.add(vector(item));
      }
      int items = asked.inputs().size();
      if (vectors.size() != items) {
        throw new TranslationException(
            "embeddings", "must be one vector for each of " + items + " items");
      }
      return new EmbeddingOutcome.Answered(
          new EmbeddingAnswer(asked.model(), vectors, 0, Extras.none(OPENAI_EMBEDDINGS)));
    } catch (TranslationException e) {
      return new EmbeddingOutcome.Failed(
          ModelError.of(
              ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + e.getMessage()));
    }
  }

  private static Vector vector(FieldReader item) {
    List<JsonNode> values = item.list("values");
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      if (!values.get(i).isNumber()) {
        throw new TranslationException(item.at("values"), "must be numbers");
      }
      floats[i] = values.get(i).floatValue();
    }
    if (floats.length == 0) {
      throw new TranslationException(item.at("values"), "is empty");
    }
    return Vector.of(floats);
  }
}
