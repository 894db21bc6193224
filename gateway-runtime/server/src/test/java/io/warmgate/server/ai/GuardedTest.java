package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Access;
import io.warmgate.config.AccessRule;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.Consumer;
import io.warmgate.config.KeyParts;
import io.warmgate.config.KeyParts.QueryOrder;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may ask a model, how much, and whose the answers are. */
class GuardedTest {
  /** Keys, as both SDKs send them. */
  static final AccessRule KEYS =
      new AccessRule(
          List.of("authorization", "x-api-key"),
          List.of(),
          false,
          AccessRule.Callers.CONSUMERS,
          Map.of(),
          AccessRule.OnUnavailable.DENY,
          false,
          0);

  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ModelPod pod =
      new ModelPod().model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1");

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
  }

  static Consumer consumer(String name, String key) {
    return new Consumer(
        "test/" + name,
        List.of(new Consumer.Key(sha256(key), null)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void guarded() {
    pod.knowing(
            new Access(
                List.of(), List.of(consumer("red", "red-key"), consumer("blue", "blue-key"))))
        .ruled(rule -> rule.withAccess(KEYS));
  }

  @Test
  void strangersAreToldInTheirOwnWords() {
    guarded();
    pod.serve();
    HttpResponse<String> none = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.body()).contains("invalid_api_key");
    assertThat(none.headers().firstValue("content-type")).hasValue("application/json");
    HttpResponse<String> wrong = pod.post(ANTHROPIC, question("gpt", "hi"), "x-api-key", "no");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("authentication_error");
    assertThat(gpt.requests).isEmpty();
    assertThat(pod.get("/v1/models").statusCode()).isEqualTo(401);
    assertThat(pod.get("/v1/models", "authorization", "Bearer red-key").body()).contains("\"gpt\"");
  }

  @Test
  void callersHaveAnswersOfTheirOwnWhereThePolicySaysSo() {
    guarded();
    pod.cached(
            ModelPod.KEPT.with(
                new CacheOptions(
                    Lifetimes.NONE,
                    new KeyParts(
                        QueryOrder.KEEP,
                        List.of(),
                        List.of(),
                        List.of(),
                        new KeyParts.CallerPartition(null)))))
        .serve();
    asks("red");
    assertThat(status(asks("red"))).contains("; hit");
    assertThat(status(asks("blue"))).contains("fwd=uri-miss");
    assertThat(gpt.requests).hasSize(2);
  }

  @Test
  void andShareThemWhereItDoesNot() {
    guarded();
    pod.cached(ModelPod.KEPT).serve();
    asks("red");
    assertThat(status(asks("blue"))).contains("; hit");
    assertThat(gpt.requests).hasSize(1);
    assertThat(gpt.last().head()).doesNotContain("red-key");
  }

  private HttpResponse<String> asks(String who) {
    return pod.post(OPENAI, question("gpt", "hi"), "authorization", "Bearer " + who + "-key");
  }

  @Test
  void whatALimitRefuses() {
    pod.ruled(
            rule ->
                rule.withLimits(
                    List.of(
                        new Limit(
                            "few",
                            Limit.By.CLIENT_ADDRESS,
                            Limit.Unit.REQUESTS,
                            1,
                            3_600_000,
                            Limit.Hits.COUNTED,
                            Limit.Mode.ENFORCE))))
        .serve();
    assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(200);
    HttpResponse<String> openAis = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(openAis.statusCode()).isEqualTo(429);
    assertThat(openAis.body()).contains("rate_limit_exceeded", "few");
    assertThat(openAis.headers().firstValue("retry-after")).isPresent();
    assertThat(openAis.headers().firstValue("ratelimit")).isPresent();
    assertThat(pod.post(ANTHROPIC, question("gpt", "hi")).body()).contains("rate_limit_error");
  }
}
