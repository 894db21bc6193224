package io.warmgate.ai.mistral;

import static io.warmgate.ai.Dialect.MISTRAL_CHAT;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.embedding.EmbeddingAnswers;
import io.warmgate.ai.embedding.EmbeddingInput;
import io.warmgate.ai.embedding.EmbeddingOutcome;
import io.warmgate.ai.embedding.EmbeddingProvider;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.ai.json.Json;

/** {@code POST /v1/embeddings}, with {@code output_dimension}, and always as numbers. */
public final class MistralEmbeddings implements EmbeddingProvider {

  @Override
  public byte[] write(EmbeddingRequest request) {
    request.extras().requireInert(MISTRAL_CHAT, "");
    ObjectNode root = Json.object().put("model", request.model());
    ArrayNode inputs = root.putArray("input");
    for (EmbeddingInput input : request.inputs()) {
      if (!(input instanceof EmbeddingInput.Text(String text))) {
        throw new TranslationException("input", "is text at Mistral's, not tokens");
      }
      inputs.add(text);
    }
    if (request.dimensions() != null) {
      root.put("output_dimension", request.dimensions());
    }
    return Json.bytes(root);
  }

  @Override
  public EmbeddingOutcome read(byte[] body, EmbeddingRequest asked) {
    return EmbeddingAnswers.read(body, asked.inputs().size());
  }
}
