package io.warmgate.ai.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.json.CanonicalJson;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.privacy.SensitiveClass;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a model of tensors is asked. Immutable. */
public final class TensorQuestion {
  private final TensorAction action;
  private final String canonical;
  private final byte[] body;
  private final @Nullable String id;
  private final Set<SensitiveClass> sensitive;

  private TensorQuestion(
      TensorAction action, String canonical, byte[] body, CanonicalTensors read) {
    this.action = action;
    this.canonical = canonical;
    this.body = body;
    this.id = read.id();
    this.sensitive = read.sensitive();
  }

  /**
   * @param sent JSON in UTF-8
   * @throws TranslationException where it is not a request of this protocol
   */
  public static TensorQuestion read(TensorAction action, byte[] sent) {
    if (sent.length == 0) {
      throw new TranslationException("", "empty");
    }
    return TensorJson.read(
        sent,
        parser -> {
          CanonicalTensors reader = new CanonicalTensors(action.protocol(), parser);
          String canonical = reader.read();
          return new TensorQuestion(action, canonical, reader.splices().in(sent), reader);
        });
  }

  public TensorAction action() {
    return action;
  }

  /** The request in one form, however it was written ({@link CanonicalTensors}). */
  public String canonical() {
    return canonical;
  }

  /** For the server, not to be changed: what the client sent, with pictures in plain base64. */
  public byte[] body() {
    return body;
  }

  /** What its texts hold of persons; not what is encoded. */
  public Set<SensitiveClass> sensitive() {
    return sensitive;
  }

  /** The {@link #body}. */
  public JsonNode tree() {
    return TensorJson.tree(body);
  }

  /** That the asker gave the request (Open Inference Protocol); null: none. */
  public @Nullable String id() {
    return id;
  }

  /**
   * Where the answer is kept.
   *
   * @param model as the server calls it
   * @param at the version, or a label, that is asked for; null: whichever the server has
   */
  public InferenceKey key(String model, @Nullable String at) {
    String asked =
        "{\"action\":%s,\"at\":%s,\"model\":%s,\"request\":%s}"
            .formatted(
                text(action.word()),
                text(Objects.requireNonNullElse(at, "")),
                text(model),
                canonical);
    return InferenceKey.ofCanonical(
        action.protocol().keyFormat(), asked.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String value) {
    return CanonicalJson.text(Json.text(value));
  }
}
