package io.warmgate.ai.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The versions of a model that a server's word on it has, in its order. What could not stand in an
 * AiModelBackend as its version is left out.
 *
 * @param ready those that answer, as far as it says; of the Open Inference Protocol it does not
 * @param listed those that are there, or on their way in
 */
public record ModelVersions(List<String> ready, List<String> listed) {
  private static final Pattern VERSION =
      Pattern.compile("[A-Za-z0-9]([-+._A-Za-z0-9]{0,61}[A-Za-z0-9])?");

  public ModelVersions {
    ready = List.copyOf(ready);
    listed = List.copyOf(listed);
  }

  /**
   * Of {@code GET v2/models/NAME}: {@code {"versions": ["1", "2"]}}. "Optional for servers that
   * don't support versions": then it has none.
   *
   * @throws TranslationException where it is no such answer
   */
  public static ModelVersions ofOpenInference(byte[] body) {
    JsonNode model = Json.parse(body);
    if (!model.isObject()) {
      throw new TranslationException("", "not what a model is");
    }
    List<String> listed = new ArrayList<>();
    model.path("versions").forEach(version -> add(version, listed));
    return new ModelVersions(List.of(), listed);
  }

  /** Of {@code GET …/ready}, answered with 200: whether it says no more than that. */
  public static boolean isReady(byte[] body) {
    try {
      return Json.parse(body).path("ready").asBoolean(true);
    } catch (TranslationException _) {
      // "The … health API … indicates … by HTTP status": there need be nothing in it.
      return true;
    }
  }

  /**
   * Of {@code GET v1/models/NAME}: {@code {"model_version_status": [{"version": "2", "state":
   * "AVAILABLE"}]}}; states are those of {@code get_model_status.proto}.
   *
   * @throws TranslationException where it is no such answer
   */
  public static ModelVersions ofTensorFlow(byte[] body) {
    JsonNode all = Json.parse(body).path("model_version_status");
    if (!all.isArray()) {
      throw new TranslationException("model_version_status", "is not there");
    }
    List<String> ready = new ArrayList<>();
    List<String> listed = new ArrayList<>();
    for (JsonNode status : all) {
      switch (status.path("state").asText()) {
        case "AVAILABLE" -> {
          add(status.path("version"), ready);
          add(status.path("version"), listed);
        }
        case "START", "LOADING" -> add(status.path("version"), listed);
        default -> {
          // UNLOADING, END: it is gone, or as good as gone.
        }
      }
    }
    return new ModelVersions(ready, listed);
  }

  private static void add(JsonNode version, List<String> to) {
    String text = version.asText();
    if (VERSION.matcher(text).matches() && !to.contains(text)) {
      to.add(text);
    }
  }
}
