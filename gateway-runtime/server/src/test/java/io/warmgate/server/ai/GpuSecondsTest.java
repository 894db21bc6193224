package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.Tensors;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.Saved;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models whose time costs something: how long it is, what hits save of it, what budgets count. */
class GpuSecondsTest {
  /** A second costs 1, so that a microsecond is what clients are told of budgets in. */
  private static final Price BY_TIME = new Price("USD", 0, 0, 0, 0, 1_000_000_000_000L);

  private static final Pattern LEFT = Pattern.compile("\"budget\";r=([0-9]+)");
  private static final String INFER = "/v2/models/eye/infer";
  private static final String TENSORS = "{\"inputs\":[]}";
  private static final String OUTPUTS = "{\"outputs\":[],\"model_name\":\"m\"}";

  /** That the server takes for each answer. */
  private static final long MICROS = 20_000;

  private final ScriptedProvider server = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final ModelPod pod = new ModelPod();

  @AfterEach
  void end() {
    pod.close();
    server.close();
  }

  private static Model model(String name, Model.Provider provider) {
    return new Model(
        "test/" + name,
        provider,
        "provider-" + name,
        List.of(name),
        null,
        512,
        List.of(),
        provider.takesTensors() ? Tensors.PLAIN : null,
        BY_TIME);
  }

  private ModelPod tensors() {
    server.script =
        request -> {
          compute();
          request.answer(OUTPUTS);
        };
    return pod.model(model("eye", Model.Provider.KSERVE_V2), server.port(), "");
  }

  private static void compute() {
    long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(MICROS);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private List<Inference> told(int count) {
    await().until(() -> pod.inferred.size() == count);
    return pod.inferred;
  }

  private List<Saved> saved(int exchanges) {
    await().until(() -> pod.ended.size() == exchanges);
    return pod.ended.stream().map(one -> one.saved()).filter(Objects::nonNull).toList();
  }

  @Test
  void aHitOfTensorsSavesWhatItsAnswerTook() {
    tensors().cached(ModelPod.KEPT).serve();
    long begun = System.nanoTime();
    HttpResponse<String> miss = pod.post(INFER, TENSORS);
    long micros = told(1).getFirst().micros();
    assertThat(micros).isBetween(MICROS, (System.nanoTime() - begun) / 1_000);
    HttpResponse<String> hit = pod.post(INFER, TENSORS);
    assertThat(status(hit)).contains("; hit");
    assertThat(saved(2))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.micros()).isEqualTo(micros);
              assertThat(one.tokens().total()).isZero();
            });
    assertThat(List.of(miss, hit))
        .as("nobody is told")
        .allSatisfy(one -> assertThat(one.headers().map()).doesNotContainKey(UsageField.NAME));
  }

  @Test
  void aHitOfTextSavesIt() {
    server.script =
        request -> {
          compute();
          request.answer(OPENAI_ANSWER);
        };
    pod.model(model("llama", Model.Provider.OPENAI_COMPATIBLE), server.port(), "/v1")
        .cached(ModelPod.KEPT)
        .serve();
    pod.post(OPENAI, question("llama", "hi"));
    pod.post(OPENAI, question("llama", "hi"));
    pod.post(ANTHROPIC, streamed("llama", "hi"));
    long micros = told(1).getFirst().micros();
    assertThat(micros).isGreaterThanOrEqualTo(MICROS);
    assertThat(saved(3)).hasSize(2).allMatch(one -> one.micros() == micros);
    assertThat(saved(3)).allMatch(one -> one.tokens().total() == 5);
  }

  /** It is known at its end, what it has to be kept with then. */
  @Test
  void aStreamTakesUntilItsLastByteAndWhoReadsItAlongSavesThat() {
    CountDownLatch go = new CountDownLatch(1);
    server.script =
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + OPENAI_STREAM[1]);
          VectorProvider.await(go);
          compute();
          for (int i = 2; i < OPENAI_STREAM.length; i++) {
            request.chunk(OPENAI_STREAM[i]);
          }
          request.end();
        };
    pod.model(model("llama", Model.Provider.OPENAI_COMPATIBLE), server.port(), "/v1")
        .cached(ModelPod.KEPT)
        .serve();
    CompletableFuture<HttpResponse<String>> first =
        pod.ask("POST", OPENAI, streamed("llama", "hi"));
    await().until(() -> server.requests.size() == 1);
    CompletableFuture<HttpResponse<String>> other =
        pod.ask("POST", OPENAI, streamed("llama", "hi"));
    await().until(() -> pod.joined.get() == 1);
    go.countDown();
    ModelPod.get(first);
    ModelPod.get(other);
    long micros = told(1).getFirst().micros();
    assertThat(micros).isGreaterThanOrEqualTo(MICROS);
    assertThat(saved(2)).singleElement().matches(one -> one.micros() >= MICROS);
    pod.post(OPENAI, streamed("llama", "hi"));
    assertThat(saved(3)).hasSize(2).anyMatch(one -> one.micros() == micros);
  }

  /** Each text has its part, by its length. */
  @Test
  void textsHaveTheirPartsOfIt() {
    try (VectorProvider vectors = new VectorProvider()) {
      server.script =
          request -> {
            compute();
            vectors.answer(request);
          };
      pod.model(model("vectors", Model.Provider.OPENAI_COMPATIBLE), server.port(), "/v1")
          .cached(ModelPod.KEPT)
          .serve();
      String longer = "b".repeat(40);
      String texts = "{\"model\":\"vectors\",\"input\":[\"%s\",\"%s\"]}";
      pod.post("/v1/embeddings", texts.formatted("a", longer));
      pod.post("/v1/embeddings", "{\"model\":\"vectors\",\"input\":\"a\"}");
      pod.post("/v1/embeddings", texts.formatted(longer, "a"));
      long micros = told(1).getFirst().micros();
      assertThat(micros).isGreaterThanOrEqualTo(MICROS);
      List<Saved> saved = saved(3);
      assertThat(saved).hasSize(2);
      double part = (double) saved.getFirst().tokens().total() / saved.getLast().tokens().total();
      assertThat(part).isBetween(0.01, 0.2);
      assertThat(saved.getFirst().micros())
          .isBetween((long) (micros * part) - 1, (long) (micros * part) + 1);
      assertThat(saved.getLast().micros()).isBetween(micros - 2, micros);
    }
  }

  @Test
  void whatIsRefusedCostsNothing() {
    tensors().serve();
    server.script =
        request -> {
          compute();
          request.answer("500 Broken", "application/json", "{\"error\":\"no\"}");
        };
    pod.post(INFER, TENSORS);
    assertThat(told(1).getFirst().ending()).isEqualTo(Ending.REFUSED);
    assertThat(told(1).getFirst().micros()).isZero();
    server.close();
    pod.post(INFER, TENSORS);
    assertThat(told(2).getLast().ending()).isEqualTo(Ending.BROKEN);
    assertThat(told(2).getLast().micros()).as("nothing was sent").isZero();
  }

  /** It was worked on as long as somebody waited. */
  @Test
  void whatIsGivenUpCostsWhatItTookUntilThen() {
    tensors().serve();
    server.script = GpuSecondsTest::stalls;
    CompletableFuture<HttpResponse<String>> answer = pod.ask("POST", INFER, TENSORS);
    await().until(() -> server.requests.size() == 1);
    answer.cancel(true);
    Inference call = told(1).getFirst();
    assertThat(call.ending()).isEqualTo(Ending.GIVEN_UP);
    assertThat(call.answers()).isZero();
    assertThat(call.micros()).isPositive();
  }

  private static void stalls(ScriptedProvider.Request request) throws IOException {
    assertThat(request.connection().in().read()).isNegative();
  }

  /** While it waits in the gateway no GPU works on it. */
  @Test
  void timeInTheGatewaysQueueIsNoTime() {
    CountDownLatch go = new CountDownLatch(1);
    tensors().oneAtATime().serve();
    server.script =
        request -> {
          VectorProvider.await(go);
          request.answer(OUTPUTS);
        };
    CompletableFuture<HttpResponse<String>> first = pod.ask("POST", INFER, TENSORS);
    await().until(() -> server.requests.size() == 1);
    CompletableFuture<HttpResponse<String>> second =
        pod.ask("POST", INFER, TENSORS.replace("[]", "[ ]"));
    await().until(() -> pod.begun.get() == 2);
    compute();
    go.countDown();
    ModelPod.get(first);
    ModelPod.get(second);
    Inference.Took took = told(2).getLast().took();
    assertThat(took.computing()).isPositive();
    assertThat(took.all() - took.computing())
        .as("it came to the queue while that time passed")
        .isGreaterThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(MICROS) / 2);
  }

  @Test
  void aBudgetIsClaimedByWhatAnswersTookOfLateAndPutRight() {
    long budget = 2_500_000;
    Limit limit = CostLimitTest.money(Limit.By.ROUTE, budget, Limit.Mode.ENFORCE);
    tensors().ruled(rule -> rule.withLimits(List.of(limit))).serve();
    assertLeft(pod.post(INFER, TENSORS), budget - 1_000_000);
    long first = told(1).getFirst().micros();
    long claimed = (long) Math.ceil((2 * 1_000_000 + first) / 3.0);
    assertLeft(pod.post(INFER, TENSORS), budget - first - claimed);
    long second = told(2).getLast().micros();
    claimed = (long) Math.ceil((2 * 1_000_000 + first + second) / 4.0);
    assertLeft(pod.post(INFER, TENSORS), budget - first - second - claimed);
    assertThat(pod.get("/v2/models/eye").statusCode())
        .as("to be told takes no time")
        .isEqualTo(200);
  }

  private static void assertLeft(HttpResponse<?> answer, long micros) {
    Matcher left = LEFT.matcher(answer.headers().firstValue("ratelimit").orElse(""));
    assertThat(left.find()).isTrue();
    assertThat(Long.parseLong(left.group(1)))
        .as("averages are rounded")
        .isBetween(micros - 2, micros + 2);
  }

  /** All at once on what is enough for two. */
  @Test
  void noMoreBeginThanTheBudgetCarries() {
    CountDownLatch go = new CountDownLatch(1);
    Limit limit = CostLimitTest.money(Limit.By.ROUTE, 2_500_000, Limit.Mode.ENFORCE);
    tensors().ruled(rule -> rule.withLimits(List.of(limit))).serve();
    server.script =
        request -> {
          VectorProvider.await(go);
          request.answer(OUTPUTS);
        };
    CompletableFuture<HttpResponse<String>> one = pod.ask("POST", INFER, TENSORS);
    CompletableFuture<HttpResponse<String>> two = pod.ask("POST", INFER, TENSORS);
    await().until(() -> server.requests.size() == 2);
    assertThat(pod.post(INFER, TENSORS).statusCode()).isEqualTo(429);
    go.countDown();
    assertThat(ModelPod.get(one).statusCode()).isEqualTo(200);
    assertThat(ModelPod.get(two).statusCode()).isEqualTo(200);
    told(2);
    await().untilAsserted(() -> assertThat(pod.post(INFER, TENSORS).statusCode()).isEqualTo(200));
  }
}
