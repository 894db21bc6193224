package io.warmgate.ai.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request item by item: each has a key, so that what one request asked for answers a part of
 * another. Items that are there twice are asked for once.
 */
public final class EmbeddingBatch {
  private static final String FORMAT = "warmgate-embedding/1";

  private final EmbeddingRequest request;
  private final List<InferenceKey> keys = new ArrayList<>();

  /**
   * @param model that is asked, by the provider's name of its resolved version
   */
  public EmbeddingBatch(EmbeddingRequest request, String model) {
    this.request = request;
    request.inputs().forEach(input -> keys.add(key(input, model)));
  }

  private InferenceKey key(EmbeddingInput input, String model) {
    ObjectNode node = Json.object().put("model", model);
    node.set("input", EmbeddingRequests.node(input));
    if (request.dimensions() != null) {
      node.put("dimensions", request.dimensions());
    }
    request
        .extras()
        .fields()
        .forEach((name, value) -> node.withObjectProperty("extras").set(name, value));
    return InferenceKey.ofCanonical(FORMAT, node);
  }

  /** One for each item, in their order. */
  public List<InferenceKey> keys() {
    return List.copyOf(keys);
  }

  /**
   * What remains to be asked for; empty: nothing.
   *
   * @param known vectors that were found
   */
  public Optional<EmbeddingRequest> missing(Map<InferenceKey, Vector> known) {
    List<EmbeddingInput> inputs = List.copyOf(unknown(known).values());
    return inputs.isEmpty() ? Optional.empty() : Optional.of(request.of(inputs));
  }

  private Map<InferenceKey, EmbeddingInput> unknown(Map<InferenceKey, Vector> known) {
    Map<InferenceKey, EmbeddingInput> unknown = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (!known.containsKey(keys.get(i))) {
        unknown.put(keys.get(i), request.inputs().get(i));
      }
    }
    return unknown;
  }

  /**
   * What came for {@link #missing}, by key: to be kept.
   *
   * @throws IllegalArgumentException where it is not as many vectors
   */
  public Map<InferenceKey, Vector> learned(Map<InferenceKey, Vector> known, EmbeddingAnswer asked) {
    Map<InferenceKey, Vector> learned = new LinkedHashMap<>();
    List<InferenceKey> unknown = List.copyOf(unknown(known).keySet());
    if (unknown.size() != asked.vectors().size()) {
      throw new IllegalArgumentException(
          asked.vectors().size() + " vectors for " + unknown.size() + " items");
    }
    for (int i = 0; i < unknown.size(); i++) {
      learned.put(unknown.get(i), asked.vectors().get(i));
    }
    return learned;
  }

  /**
   * The whole answer.
   *
   * @param all found and learned
   * @param tokens of what was asked for now
   * @throws IllegalArgumentException where one is missing
   */
  public EmbeddingAnswer complete(
      Map<InferenceKey, Vector> all, String model, long tokens, Extras extras) {
    List<Vector> vectors = new ArrayList<>();
    for (InferenceKey key : keys) {
      Vector vector = all.get(key);
      if (vector == null) {
        throw new IllegalArgumentException("no vector for " + key);
      }
      vectors.add(vector);
    }
    return new EmbeddingAnswer(model, vectors, tokens, extras);
  }
}
