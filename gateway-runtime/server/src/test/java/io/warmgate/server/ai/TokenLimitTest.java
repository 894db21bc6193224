package io.warmgate.server.ai;

import static io.warmgate.server.ai.HeldStorm.waitFor;
import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Access;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Consumer;
import io.warmgate.config.Limit;
import io.warmgate.config.Limit.By;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a limit of tokens counts, on one pod that counts for itself. */
class TokenLimitTest {
  private static final long HOUR = 3_600_000;

  /** What {@code question("gpt", "hi")} is guessed to have. */
  private static final int INPUT = 5;

  /** What it may write at most, which nobody knows better before the first answer. */
  private static final int MOST_OUTPUT = 100;

  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ScriptedProvider claude = ScriptedProvider.saying(ANTHROPIC_ANSWER);
  private final ModelPod pod =
      new ModelPod().model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1");

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    claude.close();
  }

  static Limit tokens(By by, long amount) {
    return new Limit(
        "budget", by, Limit.Unit.TOKENS, amount, HOUR, Limit.Hits.FREE, Limit.Mode.ENFORCE);
  }

  private ModelPod limited(By by, long amount) {
    return pod.ruled(rule -> rule.withLimits(List.of(tokens(by, amount))));
  }

  private static String answer(int input, int output) {
    return OPENAI_ANSWER.replaceFirst(
        "\"prompt_tokens\":3,\"completion_tokens\":2",
        "\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output);
  }

  private HttpResponse<String> ask(String text) {
    return pod.post(OPENAI, question("gpt", text));
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** What is left while a question is being asked that claims so much. */
  private static void assertLeft(HttpResponse<?> answer, long left) {
    assertThat(field(answer, "ratelimit")).startsWith("\"budget\";r=" + left);
  }

  @Test
  void whoIsAboveItGets429InHisOwnWords() {
    limited(By.ROUTE, 200).serve();
    gpt.script = request -> request.answer(answer(150, 50));
    HttpResponse<String> first = ask("hi");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(field(first, "ratelimit-policy")).isEqualTo("\"budget\";q=200;qu=\"tokens\";w=3600");
    HttpResponse<String> refused = ask("hi");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("rate_limit_exceeded", "budget");
    assertThat(Integer.parseInt(field(refused, "retry-after"))).isBetween(3_000, 3_780);
    assertThat(field(refused, "ratelimit")).matches("\"budget\";r=0;t=[0-9]{4}");
    HttpResponse<String> anthropics = pod.post(ANTHROPIC, question("gpt", "hi"));
    assertThat(anthropics.statusCode()).isEqualTo(429);
    assertThat(anthropics.body()).contains("rate_limit_error");
    assertThat(gpt.requests).hasSize(1);
    assertThat(pod.get("/v1/models").statusCode()).as("which asks no model").isEqualTo(200);
  }

  @Test
  void whatWasClaimedAndNotTakenIsPutBack() {
    limited(By.ROUTE, 1_000).serve();
    assertLeft(ask("hi"), 1_000 - INPUT - MOST_OUTPUT);
    // That took 5. One short answer says little.
    assertLeft(ask("hi"), 1_000 - 5 - INPUT - MOST_OUTPUT);
    assertLeft(ask("hi"), 1_000 - 10 - INPUT - MOST_OUTPUT);
  }

  @Test
  void answersOfLateSayWhatIsClaimed() {
    limited(By.ROUTE, 1_000).serve();
    for (int i = 0; i < 50; i++) {
      ask("hi");
    }
    assertThat(field(ask("hi"), "ratelimit"))
        .as("of 250 taken, and a claim of some more than the 2 that answers write")
        .matches("\"budget\";r=7[34][0-9].*");
  }

  /** Who answers first is short, and says little of the others. */
  @Test
  void whoIsStillBeingAnsweredKeepsClaimsUp() {
    int held = 30;
    int answered = 20;
    limited(By.ROUTE, 10_000).serve();
    CountDownLatch letGo = new CountDownLatch(1);
    gpt.script =
        request -> {
          if (request.body().contains("long")) {
            waitFor(letGo);
          }
          request.answer(OPENAI_ANSWER);
        };
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, held)
            .mapToObj(_ -> pod.ask("POST", OPENAI, question("gpt", "long")))
            .toList();
    await().atMost(20, TimeUnit.SECONDS).until(() -> gpt.requests.size() == held);
    for (int i = 0; i < answered; i++) {
      ask("hi");
    }
    // The guess as two answers, those that are there, and those that are under way: 78.2.
    int expected = Math.ceilDiv(2 * 512 + answered * 2 + held * MOST_OUTPUT, 2 + answered + held);
    int left = 10_000 - held * (INPUT + MOST_OUTPUT) - answered * 5;
    assertLeft(ask("hi"), left - INPUT - expected);
    letGo.countDown();
    all.forEach(one -> assertThat(ModelPod.get(one).statusCode()).isEqualTo(200));
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(field(ask("hi"), "ratelimit"))
                    .as("short ones alone are under way no more")
                    .matches("\"budget\";r=9[67][0-9]{2}.*"));
  }

  @Test
  void whatIsTakenBeyondTheClaimCounts() {
    limited(By.ROUTE, 1_000).serve();
    gpt.script = request -> request.answer(answer(300, 100));
    ask("hi");
    assertLeft(ask("hi"), 1_000 - 400 - INPUT - MOST_OUTPUT);
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    assertLeft(ask("hi"), 1_000 - 800 - INPUT - MOST_OUTPUT);
  }

  /** All at once on what is enough for some. */
  @Test
  void noMoreBeginThanTheBudgetCarries() {
    int enough = 7;
    limited(By.ROUTE, enough * (long) (INPUT + MOST_OUTPUT) + 50).serve();
    HeldStorm.admits(enough, pod, gpt);
    assertThat(ask("hi").statusCode()).as("they took less").isEqualTo(200);
  }

  @Test
  void whatHasMoreThanTheAmountIsAskedOnceNothingIsTaken() {
    limited(By.ROUTE, 150).serve();
    assertThat(ask("hi").statusCode()).isEqualTo(200);
    gpt.script = request -> request.answer(answer(60, 0));
    String longer = "a".repeat(600);
    assertThat(ask(longer).statusCode()).as("5 of 150 are taken").isEqualTo(429);
    assertThat(ask("hi").statusCode()).isEqualTo(200);
    assertThat(ask("hi").statusCode()).isEqualTo(429);
  }

  @Test
  void hitsTakeNothingAndAreAnsweredAboveTheLimit() {
    limited(By.ROUTE, 120).cached(ModelPod.KEPT).serve();
    gpt.script = request -> request.answer(answer(60, 50));
    assertThat(ask("hi").statusCode()).isEqualTo(200);
    assertThat(ask("ho").statusCode()).isEqualTo(429);
    HttpResponse<String> hit = ask("hi");
    assertThat(hit.statusCode()).isEqualTo(200);
    assertThat(status(hit)).contains("; hit");
    assertThat(field(hit, "ratelimit")).as("it says nothing of a hit").isEmpty();
    assertThat(gpt.requests).hasSize(1);
  }

  @Test
  void whoJoinsTakesNothing() {
    limited(By.ROUTE, 1_000).cached(ModelPod.KEPT).serve();
    CountDownLatch held = new CountDownLatch(1);
    gpt.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + OPENAI_STREAM[1]);
          waitFor(held);
          for (int i = 2; i < OPENAI_STREAM.length; i++) {
            request.chunk(OPENAI_STREAM[i].replace("\"prompt_tokens\":3", "\"prompt_tokens\":148"));
          }
          request.end();
        };
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 20)
            .mapToObj(_ -> pod.ask("POST", OPENAI, streamed("gpt", "hi")))
            .toList();
    await().atMost(20, TimeUnit.SECONDS).until(() -> pod.joined.get() == 19);
    held.countDown();
    assertThat(all).allSatisfy(one -> assertThat(ModelPod.get(one).statusCode()).isEqualTo(200));
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    assertLeft(ask("ho"), 1_000 - 150 - INPUT - MOST_OUTPUT);
  }

  @Test
  void aStreamGoesToItsEndAboveTheLimit() {
    limited(By.ROUTE, 120).serve();
    String[] frames = OPENAI_STREAM.clone();
    frames[4] = frames[4].replace("\"prompt_tokens\":3", "\"prompt_tokens\":300");
    gpt.script = request -> request.streamed(frames);
    HttpResponse<String> first = pod.post(OPENAI, streamed("gpt", "hi"));
    assertThat(first.body()).contains("Hello", " there", "[DONE]");
    assertThat(ask("hi").statusCode()).isEqualTo(429);
  }

  /** Its provider has it paid for as far as it went. */
  @Test
  void aCutStreamTakesWhatCame() {
    limited(By.ROUTE, 1_000).serve();
    gpt.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0]);
          request.chunk(OPENAI_STREAM[1].replace("Hello", "x".repeat(400)));
          request.connection().close();
        };
    pod.post(OPENAI, streamed("gpt", "hi"));
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    assertLeft(ask("hi"), 1_000 - (INPUT + 100) - INPUT - MOST_OUTPUT);
  }

  @Test
  void anErrorTakesNothing() {
    limited(By.ROUTE, 1_000).serve();
    gpt.script = request -> request.answer("500 Internal Server Error", "text/plain", "no");
    ask("hi");
    gpt.script = request -> request.connection().close();
    ask("hi");
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    assertLeft(ask("hi"), 1_000 - INPUT - MOST_OUTPUT);
  }

  /** Its server says it, and takes no tokens. */
  @Test
  void whatAModelIsTakesNothing() {
    pod.model(
        new Model(
            "test/eye",
            Model.Provider.KSERVE_V2,
            "provider-eye",
            List.of("eye"),
            null,
            512,
            List.of(),
            Tensors.PLAIN,
            null),
        gpt.port(),
        "");
    limited(By.ROUTE, 1_000).serve();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = pod.get("/v2/models/eye");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertLeft(answer, 999);
    }
  }

  private void standsIn() {
    pod.standIn("claude", "gpt", Model.Provider.ANTHROPIC, claude.port()).beginning(300);
  }

  private static void stalls(ScriptedProvider.Request request) throws IOException {
    // Until the gateway gives it up.
    assertThat(request.connection().in().read()).isNegative();
  }

  /** The first model has read it, and somebody pays for that. */
  @Test
  void eachModelThatIsAskedCounts() {
    standsIn();
    limited(By.ROUTE, 1_000).serve();
    gpt.script = TokenLimitTest::stalls;
    assertThat(ask("hi").body()).contains("Hello there");
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    HttpResponse<String> after = pod.post(OPENAI, question("claude", "hi"));
    assertLeft(after, 1_000 - INPUT - 5 - INPUT - MOST_OUTPUT);
  }

  @Test
  void eachModelHasABudgetOfItsOwn() {
    standsIn();
    limited(By.BACKEND, 1_000).serve();
    gpt.script = TokenLimitTest::stalls;
    ask("hi");
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    assertLeft(pod.post(OPENAI, question("claude", "hi")), 1_000 - 5 - INPUT - MOST_OUTPUT);
    // gpt rests, so that claude is asked again, and what was claimed of gpt is put back.
    assertLeft(ask("hi"), 1_000 - INPUT - INPUT - MOST_OUTPUT);
  }

  /** What comes after the answer began is for the cache. */
  @Test
  void whatIsBroughtUpToDateInTheBackgroundIsNobodys() {
    limited(By.ROUTE, 1_000).cached(staleAtOnce()).serve();
    ask("hi");
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () -> {
              ask("hi");
              return gpt.requests.size() > 2;
            });
    assertLeft(ask("ho"), 1_000 - 5 - INPUT - MOST_OUTPUT);
  }

  private static CacheRule staleAtOnce() {
    return new CacheRule(
        1_000L,
        null,
        60_000L,
        60_000L,
        ModelPod.KEPT.query(),
        List.of(),
        ModelPod.KEPT.tags(),
        30_000,
        CacheRule.OnLogLoss.SERVE);
  }

  /** Of the consumer's limits those of tokens count where models are asked. */
  @Test
  void consumersHaveBudgetsOfTheirOwn() {
    Consumer red = GuardedTest.consumer("red", "red-key");
    pod.knowing(
            new Access(
                List.of(),
                List.of(
                    new Consumer(
                        red.id(),
                        red.keys(),
                        red.tokens(),
                        red.certificates(),
                        red.grants(),
                        List.of(tokens(By.CONSUMER, 110))),
                    GuardedTest.consumer("blue", "blue-key"))))
        .ruled(rule -> rule.withAccess(GuardedTest.KEYS))
        .serve();
    gpt.script = request -> request.answer(answer(60, 50));
    assertThat(asks("red")).isEqualTo(200);
    assertThat(asks("red")).isEqualTo(429);
    assertThat(asks("blue")).isEqualTo(200);
  }

  private int asks(String who) {
    return pod.post(OPENAI, question("gpt", "hi"), "authorization", "Bearer " + who + "-key")
        .statusCode();
  }
}
