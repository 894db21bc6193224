package io.warmgate.aisimulator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import java.util.Map;
import java.util.Set;

/** Azure OpenAI's v1 API: OpenAI's models behind another door, and watched. */
public final class AzureDialect implements Dialect {
  /** What its paths begin with. */
  public static final String BASE = "/openai/";

  private static final String FILTERED = "content_filter";
  private static final Set<String> SERVED =
      Set.of(
          "POST /openai/v1/chat/completions",
          "POST /openai/v1/embeddings",
          "GET /openai/v1/models");

  private final Set<String> keys;
  private final Dialect openAi;

  /**
   * The API.
   *
   * @param keys the API keys that are accepted
   * @param openAi what is behind the door, which knows the same keys
   */
  public AzureDialect(Set<String> keys, Dialect openAi) {
    this.keys = Set.copyOf(keys);
    this.openAi = openAi;
  }

  @Override
  public Answer answer(Call call) throws Refused {
    String key = authenticated(call);
    boolean one = call.method().equals("GET") && call.path().startsWith("/openai/v1/models/");
    if (!one && !SERVED.contains(call.method() + " " + call.path())) {
      throw Refused.of(404, "Resource not found");
    }
    boolean chat = call.path().endsWith("/chat/completions");
    if (chat && Verdicts.isBlocked(call.json())) {
      throw Refused.of(
              400,
              "The response was filtered due to the prompt triggering Azure OpenAI's content"
                  + " management policy. Please modify your prompt and retry.")
          .about("prompt")
          .coded(FILTERED);
    }
    Answer answer = openAi.answer(behind(call, key));
    return chat ? Verdicts.on(answer) : answer;
  }

  /** By the field of Azure's own, or as OpenAI's clients send it. */
  private String authenticated(Call call) throws Refused {
    String bearer = call.header("authorization").orElse("");
    String key =
        call.header("api-key")
            .orElse(bearer.startsWith("Bearer ") ? bearer.substring("Bearer ".length()) : "");
    if (!keys.contains(key)) {
      throw Refused.of(
          401,
          "Access denied due to invalid subscription key or wrong API endpoint. Make sure to"
              + " provide a valid key for an active subscription.");
    }
    return key;
  }

  private static Call behind(Call call, String key) {
    Map<String, String> headers =
        Map.of(
            "authorization",
            "Bearer " + key,
            "content-type",
            call.header("content-type").orElse(""));
    return new Call(
        call.method(), call.path().substring(BASE.length() - 1), "", headers, call.body());
  }

  @Override
  public ObjectNode error(Refused refused) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error = root.putObject("error");
    error.put("code", code(refused)).put("message", refused.message());
    if (refused.status() == 400) {
      error
          .put("type", refused.type() == null ? "invalid_request_error" : refused.type())
          .put("param", refused.param());
    }
    if (FILTERED.equals(refused.code())) {
      error.putNull("type").put("status", 400);
      error
          .putObject("innererror")
          .put("code", "ResponsibleAIPolicyViolation")
          .set("content_filter_result", Verdicts.filtered());
    }
    return root;
  }

  /** Where OpenAI has a word, Azure mostly has the number. */
  private static String code(Refused refused) {
    return switch (refused.status()) {
      case 400 -> refused.code() == null ? "BadRequest" : refused.code();
      case 404 -> "model_not_found".equals(refused.code()) ? "DeploymentNotFound" : "404";
      default -> Integer.toString(refused.status());
    };
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    JsonNode error = error(refused);
    return new ServerEvent("", error.toString(), ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Map<String, String> limits(RateStanding standing) {
    return openAi.limits(standing);
  }
}
