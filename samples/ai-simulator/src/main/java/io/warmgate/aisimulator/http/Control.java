package io.warmgate.aisimulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.model.ApiKeys;
import io.warmgate.aisimulator.model.KeyBehavior;
import io.warmgate.aisimulator.model.ModelBehavior;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /_simulator}: says what models do and have done, and lets them do something else. */
public final class Control {
  /** Where it is; it wants no credential. */
  public static final String PATH = "/_simulator";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .build();

  private final ServedModels models;
  private final ApiKeys keys;

  public Control(ServedModels models, ApiKeys keys) {
    this.models = models;
    this.keys = keys;
  }

  /**
   * What is wanted.
   *
   * @param reset back to the models and counts of the start, before anything else
   * @param models by name: what each does from now on, all else as by default; null takes it away
   * @param keys what becomes of requests with each from now on; null: they are answered
   */
  record Wanted(
      @Nullable Boolean reset,
      @Nullable Map<String, @Nullable ModelBehavior> models,
      @Nullable Map<String, @Nullable KeyBehavior> keys) {}

  /** The models that a JSON object describes, as {@code models} of a request to here does. */
  public static Map<String, ModelBehavior> read(byte[] json) throws IOException {
    return JSON.readValue(
        json, JSON.getTypeFactory().constructMapType(Map.class, String.class, ModelBehavior.class));
  }

  Answer answer(Call call) {
    return switch (call.method()) {
      case "GET" -> new Answer.Whole(200, Map.of(), state(), null);
      case "POST" -> post(call.body());
      default -> error(405, "GET or POST, not " + call.method());
    };
  }

  private Answer post(byte[] body) {
    try {
      Wanted wanted = JSON.readValue(body, Wanted.class);
      if (Boolean.TRUE.equals(wanted.reset())) {
        models.reset();
        keys.reset();
      }
      if (wanted.models() != null) {
        wanted.models().forEach(this::set);
      }
      if (wanted.keys() != null) {
        wanted.keys().forEach(this::set);
      }
      return new Answer.Whole(200, Map.of(), state(), null);
    } catch (JsonProcessingException malformed) {
      return error(400, malformed.getOriginalMessage());
    } catch (IOException unreadable) {
      return error(400, String.valueOf(unreadable.getMessage()));
    }
  }

  private void set(String name, @Nullable ModelBehavior behavior) {
    if (behavior == null) {
      models.remove(name);
    } else {
      models.set(name, behavior);
    }
  }

  private void set(String key, @Nullable KeyBehavior behavior) {
    if (behavior == null) {
      keys.remove(key);
    } else {
      keys.set(key, behavior);
    }
  }

  private ObjectNode state() {
    ObjectNode state = JSON.createObjectNode();
    ObjectNode byName = state.putObject("models");
    for (ServedModel model : models.all()) {
      ObjectNode entry = byName.putObject(model.name());
      entry.set("behavior", JSON.valueToTree(model.behavior()));
      entry.set("counts", JSON.valueToTree(model.counts()));
    }
    state.set("keys", JSON.valueToTree(keys.all()));
    return state;
  }

  private static Answer error(int status, String message) {
    return new Answer.Whole(status, Map.of(), JSON.createObjectNode().put("error", message), null);
  }
}
