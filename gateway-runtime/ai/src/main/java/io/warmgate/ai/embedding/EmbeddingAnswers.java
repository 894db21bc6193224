package io.warmgate.ai.embedding;

import static io.warmgate.ai.Dialect.OPENAI_EMBEDDINGS;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.OpenAiErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code CreateEmbeddingResponse}, or an error in its place. */
public final class EmbeddingAnswers {
  /** What is written of a vector beside itself, about, in bytes. */
  private static final int AROUND = 64;

  private EmbeddingAnswers() {}

  /**
   * What a body with status 200 says; never throws.
   *
   * @param items that were asked for: as many vectors have to come
   */
  public static EmbeddingOutcome read(byte[] body, int items) {
    try {
      VectorReader.Read read = VectorReader.read(body, items);
      ModelError error = OpenAiErrors.inside(read.rest());
      return error == null
          ? new EmbeddingOutcome.Answered(answer(read))
          : new EmbeddingOutcome.Failed(error);
    } catch (TranslationException e) {
      return new EmbeddingOutcome.Failed(
          ModelError.of(
              ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + e.getMessage()));
    }
  }

  private static EmbeddingAnswer answer(VectorReader.Read read) {
    if (read.vectors().isEmpty()) {
      throw new TranslationException("data", "is missing");
    }
    FieldReader root = FieldReader.of(read.rest(), "");
    root.any("object");
    String model = root.textOr("model", "");
    JsonNode usage = root.any("usage");
    long tokens = usage == null ? 0 : usage.path("prompt_tokens").asLong();
    return new EmbeddingAnswer(model, read.vectors(), tokens, root.rest(OPENAI_EMBEDDINGS));
  }

  /**
   * How vectors are written in an answer, of which no more is read than has to be.
   *
   * @return null: it has none
   */
  public static @Nullable Encoding encoding(InputStream body) {
    return VectorReader.encoding(body);
  }

  /**
   * For the client.
   *
   * @return JSON in UTF-8
   */
  public static byte[] write(EmbeddingAnswer answer, Encoding encoding) {
    List<Vector> vectors = answer.vectors();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(
            vectors.isEmpty()
                ? AROUND
                : vectors.size() * (AROUND + vectors.getFirst().base64().length()));
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("object", "list");
      json.writeArrayFieldStart("data");
      for (int i = 0; i < vectors.size(); i++) {
        json.writeStartObject();
        json.writeStringField("object", "embedding");
        json.writeNumberField("index", i);
        json.writeFieldName("embedding");
        write(vectors.get(i), encoding, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      for (Map.Entry<String, JsonNode> field : rest(answer).properties()) {
        json.writeFieldName(field.getKey());
        json.writeTree(field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static ObjectNode rest(EmbeddingAnswer answer) {
    ObjectNode root = Json.object().put("model", answer.model());
    root.putObject("usage")
        .put("prompt_tokens", answer.tokens())
        .put("total_tokens", answer.tokens());
    answer.extras().writeTo(root, OPENAI_EMBEDDINGS, "");
    return root;
  }

  private static void write(Vector vector, Encoding encoding, JsonGenerator json)
      throws IOException {
    switch (encoding) {
      case BASE64 -> json.writeString(vector.base64());
      case FLOAT -> {
        json.writeStartArray();
        for (float value : vector.values()) {
          json.writeNumber(value);
        }
        json.writeEndArray();
      }
    }
  }
}
