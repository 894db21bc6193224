package io.warmgate.aisimulator.gemini;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import java.util.Map;
import java.util.Set;

/** The Gemini API under {@code /v1beta}. */
public final class GeminiDialect implements Dialect {
  /** What its paths begin with. */
  public static final String BASE = "/v1beta/";

  private static final String MODELS = BASE + "models/";
  private static final String BAD_KEY = "API_KEY_INVALID";

  private final Set<String> keys;
  private final GenerateContent generate;
  private final BatchEmbedContents embed;
  private final GeminiModels models;

  /**
   * The API.
   *
   * @param keys the API keys that are accepted
   */
  public GeminiDialect(Set<String> keys, ServedModels models) {
    this.keys = Set.copyOf(keys);
    this.generate = new GenerateContent(this, models);
    this.embed = new BatchEmbedContents(this, models);
    this.models = new GeminiModels(models);
  }

  @Override
  public Answer answer(Call call) throws Refused {
    authenticate(call);
    if (call.method().equals("GET") && call.path().equals(BASE + "models")) {
      return models.page(call.query());
    }
    int colon = call.path().lastIndexOf(':');
    if (!call.method().equals("POST") || !call.path().startsWith(MODELS) || colon < 0) {
      throw Refused.of(404, "Method not found: " + call.method() + " " + call.path());
    }
    String model = call.path().substring(MODELS.length(), colon);
    try {
      return switch (call.path().substring(colon + 1)) {
        case "generateContent" -> generate.answer(model, call.json(), Desk.Mode.WHOLE);
        case "streamGenerateContent" -> {
          if (!call.query().equals("alt=sse")) {
            throw Refused.of(400, "Only streams of server-sent events are simulated: alt=sse");
          }
          yield generate.answer(model, call.json(), Desk.Mode.STREAMED);
        }
        case "batchEmbedContents" -> embed.answer(model, call.json());
        default -> throw Refused.of(404, "Method not found: " + call.path());
      };
    } catch (Fault fault) {
      throw GeminiFaults.say(fault);
    }
  }

  /** In the field of its own alone: a key in the query gets into logs. */
  private void authenticate(Call call) throws Refused {
    String key = call.header("x-goog-api-key").orElse("");
    if (key.isEmpty()) {
      throw Refused.of(
          403, "Method doesn't allow unregistered callers (callers without established identity).");
    }
    if (!keys.contains(key)) {
      throw Refused.of(400, "API key not valid. Please pass a valid API key.").coded(BAD_KEY);
    }
  }

  @Override
  public ObjectNode error(Refused refused) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error =
        root.putObject("error")
            .put("code", refused.status())
            .put("message", refused.message())
            .put("status", refused.type() == null ? status(refused.status()) : refused.type());
    if (BAD_KEY.equals(refused.code())) {
      error
          .putArray("details")
          .addObject()
          .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
          .put("reason", BAD_KEY)
          .put("domain", "googleapis.com");
    }
    return root;
  }

  private static String status(int status) {
    return switch (status) {
      case 400, 413 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> "INTERNAL";
    };
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    return new ServerEvent("", error(refused).toString(), ServerEvent.Part.TERMINAL, 0);
  }

  /** It says nothing of what is left. */
  @Override
  public Map<String, String> limits(RateStanding standing) {
    return Map.of();
  }
}
