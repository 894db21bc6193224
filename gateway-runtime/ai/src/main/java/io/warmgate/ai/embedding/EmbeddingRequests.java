package io.warmgate.ai.embedding;

import static io.warmgate.ai.Dialect.OPENAI_EMBEDDINGS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code CreateEmbeddingRequest}. */
public final class EmbeddingRequests {
  private EmbeddingRequests() {}

  /**
   * @param body JSON in UTF-8
   * @throws TranslationException where it is no such request
   */
  public static EmbeddingRequest read(byte[] body) {
    FieldReader root = FieldReader.of(Json.parse(body), "");
    String model = root.neededText("model");
    List<EmbeddingInput> inputs = inputs(root.needed("input"));
    Encoding encoding =
        switch (root.textOr("encoding_format", "float")) {
          case "float" -> Encoding.FLOAT;
          case "base64" -> Encoding.BASE64;
          default ->
              throw new TranslationException("encoding_format", "is neither float nor base64");
        };
    Long dimensions = root.whole("dimensions");
    String user = root.text("user");
    return new EmbeddingRequest(
        model, inputs, encoding, dimensions, user, root.rest(OPENAI_EMBEDDINGS));
  }

  /** A text, texts, one list of tokens, or lists of tokens. */
  private static List<EmbeddingInput> inputs(JsonNode input) {
    if (input.isTextual()) {
      return List.of(new EmbeddingInput.Text(input.textValue()));
    }
    if (!input.isArray() || input.isEmpty()) {
      throw new TranslationException("input", "must be a string, or an array that is not empty");
    }
    if (input.get(0).isNumber()) {
      return List.of(tokens(input, "input"));
    }
    List<EmbeddingInput> inputs = new ArrayList<>();
    for (int i = 0; i < input.size(); i++) {
      JsonNode item = input.get(i);
      inputs.add(
          item.isTextual()
              ? new EmbeddingInput.Text(item.textValue())
              : tokens(item, "input[" + i + "]"));
    }
    return inputs;
  }

  private static EmbeddingInput tokens(JsonNode list, String path) {
    List<Long> tokens = new ArrayList<>();
    for (JsonNode token : list) {
      if (!token.isIntegralNumber() || !token.canConvertToLong()) {
        throw new TranslationException(path, "must be a string, or whole numbers");
      }
      tokens.add(token.longValue());
    }
    if (tokens.isEmpty()) {
      throw new TranslationException(path, "must be a string, or whole numbers");
    }
    return new EmbeddingInput.Tokens(tokens);
  }

  /**
   * For the provider.
   *
   * @return JSON in UTF-8
   */
  public static byte[] write(EmbeddingRequest request) {
    ObjectNode root = Json.object().put("model", request.model());
    ArrayNode inputs = root.putArray("input");
    request.inputs().forEach(input -> inputs.add(node(input)));
    if (request.encoding() == Encoding.BASE64) {
      root.put("encoding_format", "base64");
    }
    if (request.dimensions() != null) {
      root.put("dimensions", request.dimensions());
    }
    if (request.user() != null) {
      root.put("user", request.user());
    }
    request.extras().writeTo(root, OPENAI_EMBEDDINGS, "");
    return Json.bytes(root);
  }

  static JsonNode node(EmbeddingInput input) {
    return switch (input) {
      case EmbeddingInput.Text(String text) -> Json.text(text);
      case EmbeddingInput.Tokens(List<Long> tokens) -> {
        ArrayNode node = Json.array();
        tokens.forEach(node::add);
        yield node;
      }
    };
  }
}
