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
 * another. Items that are there twice are one. Immutable.
 */
public final class EmbeddingBatch {
  private static final String FORMAT = "warmgate-embedding/1";

  private final EmbeddingRequest request;
  private final List<InferenceKey> keys;
  private final List<EmbeddingInput> items = new ArrayList<>();

  /** For each input which item it is. */
  private final List<Integer> places = new ArrayList<>();

  /**
   * @param model that is asked, by the provider's name of its resolved version
   */
  public EmbeddingBatch(EmbeddingRequest request, String model) {
    this.request = request;
    Map<EmbeddingInput, Integer> known = new LinkedHashMap<>();
    for (EmbeddingInput input : request.inputs()) {
      places.add(known.computeIfAbsent(input, _ -> known.size()));
    }
    items.addAll(known.keySet());
    keys = items.stream().map(item -> key(item, model)).toList();
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

  /** One for each item, in the order in which they are there first: what it alone has, too. */
  public List<InferenceKey> keys() {
    return keys;
  }

  /** Those that differ, in the order of their keys. */
  public List<EmbeddingInput> items() {
    return List.copyOf(items);
  }

  /** How many vectors are asked for, those that are there twice included. */
  public int inputs() {
    return places.size();
  }

  /**
   * What remains to be asked.
   *
   * @param some of the items, by their places among the keys
   */
  public EmbeddingRequest only(List<Integer> some) {
    return request.of(some.stream().map(items::get).toList());
  }

  /**
   * An answer, as each item alone would have got it. What it took is shared among them by their
   * lengths; what else it says, each of them says.
   *
   * @param asked what it answers
   * @return one for each item of {@code asked}, in their order; their tokens are the answer's
   */
  public static List<EmbeddingAnswer> apart(EmbeddingRequest asked, EmbeddingAnswer answer) {
    List<EmbeddingAnswer> each = new ArrayList<>();
    long whole = asked.inputs().stream().mapToLong(EmbeddingBatch::weight).sum();
    long before = 0;
    for (int i = 0; i < answer.vectors().size(); i++) {
      long upTo = before + weight(asked.inputs().get(i));
      long tokens = share(answer.tokens(), upTo, whole) - share(answer.tokens(), before, whole);
      before = upTo;
      each.add(
          new EmbeddingAnswer(
              answer.model(), List.of(answer.vectors().get(i)), tokens, answer.extras()));
    }
    return each;
  }

  private static long weight(EmbeddingInput input) {
    return Math.max(1, input.guessedTokens());
  }

  private static long share(long tokens, long part, long whole) {
    return Math.round((double) tokens * part / whole);
  }

  /**
   * The whole answer. Its tokens are those of the items that differ; what else is said is what the
   * first says.
   *
   * @param ofItems what each item alone gets, in the order of the keys
   * @return empty where they are of several models, or of several lengths: such vectors say nothing
   *     about each other
   * @throws IllegalArgumentException where it is not one for each item
   */
  public Optional<EmbeddingAnswer> joined(List<EmbeddingAnswer> ofItems) {
    if (ofItems.size() != items.size()) {
      throw new IllegalArgumentException(ofItems.size() + " answers for " + items.size());
    }
    EmbeddingAnswer first = ofItems.getFirst();
    int length = vector(first).base64().length();
    long tokens = 0;
    for (EmbeddingAnswer one : ofItems) {
      if (!one.model().equals(first.model()) || vector(one).base64().length() != length) {
        return Optional.empty();
      }
      tokens += one.tokens();
    }
    List<Vector> vectors = places.stream().map(place -> vector(ofItems.get(place))).toList();
    Extras more = first.extras();
    return Optional.of(new EmbeddingAnswer(first.model(), vectors, tokens, more));
  }

  private static Vector vector(EmbeddingAnswer ofOne) {
    return ofOne.vectors().getFirst();
  }
}
