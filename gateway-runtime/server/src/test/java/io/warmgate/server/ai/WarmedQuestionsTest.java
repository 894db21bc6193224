package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Access;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.config.KeyParts;
import io.warmgate.config.KeyParts.QueryOrder;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.PurgeRequest.Mode;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions to models that a pod asks itself, before clients do. */
class WarmedQuestionsTest {
  private static final String EMBEDDINGS = "/v1/embeddings";
  private static final CacheRule BY_CONSUMER =
      ModelPod.KEPT.with(
          new CacheOptions(
              Lifetimes.NONE,
              new KeyParts(
                  QueryOrder.KEEP,
                  List.of(),
                  List.of(),
                  List.of(),
                  new KeyParts.CallerPartition(null))));

  private final ScriptedProvider gpt = ScriptedProvider.saying(OPENAI_ANSWER, Said.OPENAI_STREAM);
  private final ScriptedProvider next =
      ScriptedProvider.saying(OPENAI_ANSWER.replace("Hello there", "Hello again"));
  private final ModelPod pod =
      new ModelPod().model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1").cached(ModelPod.KEPT);

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    next.close();
  }

  private WarmRequest asking(String path, String content, @Nullable String consumer) {
    return pod.question(path, content, consumer);
  }

  private Outcome warm(String release, Action action, WarmRequest request) {
    return pod.warm(release, action, request);
  }

  private Outcome fill(WarmRequest request) {
    return warm("", Action.FILL, request);
  }

  @Test
  void whatWasAskedIsThereForClientsOfEachFront() {
    pod.serve();
    WarmRequest hi = asking(OPENAI, question("gpt", "hi"), null);
    assertThat(warm("", Action.CERTIFY, hi).result()).isEqualTo(Result.MISSING);
    assertThat(gpt.requests).isEmpty();

    Outcome filled = fill(hi);
    assertThat(filled.result()).as(filled.detail()).isEqualTo(Result.FILLED);
    assertThat(filled.asked()).isTrue();
    assertThat(filled.taken()).isEqualTo(5);
    assertThat(filled.freshMillis()).isBetween(50_000L, 60_000L);
    assertThat(gpt.last().field("authorization")).isEqualTo("Bearer sk-of-gpt");

    Outcome again = fill(hi);
    assertThat(again.result()).isEqualTo(Result.HIT);
    assertThat(again.asked()).isFalse();
    assertThat(again.taken()).isZero();
    assertThat(warm("", Action.CERTIFY, hi).result()).isEqualTo(Result.HIT);
    assertThat(status(pod.post(OPENAI, question("gpt", "hi")))).contains("; hit");
    assertThat(status(pod.post(ANTHROPIC, streamed("gpt", "hi")))).contains("; hit");
    assertThat(gpt.requests).hasSize(1);
  }

  @Test
  void aStreamAndAnotherFrontLeaveTheSameEntry() {
    pod.serve();
    Outcome filled = fill(asking(ANTHROPIC, streamed("gpt", "hi"), null));
    assertThat(filled.result()).isEqualTo(Result.FILLED);
    assertThat(filled.taken()).isEqualTo(5);
    HttpResponse<String> hit = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(status(hit)).contains("; hit");
    assertThat(hit.body()).contains("Hello there");
    assertThat(gpt.requests).hasSize(1);
  }

  /** Of a warm-up's budget. */
  @Test
  void whatItCostsIsSaid() {
    Price price = new Price("EUR", 2_000_000, 1_000_000, 10_000_000, 7_000_000);
    pod.changed(model -> model.at(price)).serve();
    WarmRequest hi = asking(OPENAI, question("gpt", "hi"), null);
    assertThat(fill(hi).cost()).isEqualTo(new Cost("EUR", 3 * 2_000 + 2 * 10_000 + 7_000));
    assertThat(fill(hi).cost()).as("a hit").isNull();

    gpt.script = request -> request.answer("429 Busy", "application/json", "{}");
    assertThat(fill(asking(OPENAI, question("gpt", "you"), null)).cost())
        .isEqualTo(new Cost("EUR", 0));
  }

  @Test
  void vectorsToo() {
    gpt.script =
        request ->
            request.answer(
                """
                {"object":"list","model":"m","data":[{"object":"embedding","index":0,\
                "embedding":[0.5]}],"usage":{"prompt_tokens":7,"total_tokens":7}}\
                """);
    pod.serve();
    String asked = "{\"model\":\"gpt\",\"input\":\"hi\"}";
    Outcome filled = fill(asking(EMBEDDINGS, asked, null));
    assertThat(filled.result()).as(filled.detail()).isEqualTo(Result.FILLED);
    assertThat(filled.taken()).isEqualTo(7);
    assertThat(status(pod.post(EMBEDDINGS, asked))).contains("; hit");
  }

  /** A list has what is asked together; who asks one of it finds that. */
  @Test
  void textsThatAreAskedTogether() {
    VectorProvider vectors = new VectorProvider();
    gpt.script = vectors::answer;
    pod.serve();
    WarmRequest both = asking(EMBEDDINGS, "{\"model\":\"gpt\",\"input\":[\"a\",\"b\"]}", null);
    assertThat(warm("", Action.CERTIFY, both).result()).isEqualTo(Result.MISSING);
    Outcome filled = fill(both);
    assertThat(filled.result()).as(filled.detail()).isEqualTo(Result.FILLED);
    assertThat(filled.taken()).isEqualTo(2);
    assertThat(filled.freshMillis()).isBetween(50_000L, 60_000L);
    Outcome again = fill(both);
    assertThat(again.result()).isEqualTo(Result.HIT);
    assertThat(again.asked()).isFalse();
    assertThat(warm("", Action.CERTIFY, both).result()).isEqualTo(Result.HIT);
    assertThat(status(pod.post(EMBEDDINGS, "{\"model\":\"gpt\",\"input\":\"b\"}")))
        .contains("; hit");
    WarmRequest more = asking(EMBEDDINGS, "{\"model\":\"gpt\",\"input\":[\"b\",\"c\"]}", null);
    assertThat(warm("", Action.CERTIFY, more).result()).isEqualTo(Result.MISSING);
    assertThat(fill(more).result()).isEqualTo(Result.FILLED);
    assertThat(gpt.last().body()).contains("[\"c\"]");
    int asked = gpt.requests.size();
    assertThat(warm("", Action.REFRESH, both).result()).as("for long").isEqualTo(Result.HIT);
    pod.pod.log.apply(
        new PurgeOrder(
            "1",
            new PurgeRequest(
                List.of(), List.of("/models/test/gpt"), null, List.of(), false, Mode.SOFT),
            null));
    assertThat(warm("", Action.REFRESH, both).result()).isEqualTo(Result.FILLED);
    assertThat(gpt.requests).hasSize(asked + 1);
    WarmRequest personal =
        asking(EMBEDDINGS, "{\"model\":\"gpt\",\"input\":[\"a\",\"ada@example.org\"]}", null);
    assertThat(fill(personal).result()).isEqualTo(Result.NOT_ROUTED);
    gpt.script = request -> request.answer("429 Busy", "application/json", "{}");
    Outcome busy = fill(asking(EMBEDDINGS, "{\"model\":\"gpt\",\"input\":[\"d\",\"e\"]}", null));
    assertThat(busy.result()).as(busy.detail()).isEqualTo(Result.FAILED);
    vectors.close();
  }

  /** Each release has a model, and entries, of its own. */
  @Test
  void theNextReleasesModelIsAskedAndNobodySeesItsAnswersBefore() {
    Model then =
        new Model("test/gpt#1", Model.Provider.OPENAI, "v2", List.of("gpt"), null, 1, List.of());
    pod.next(then, next.port(), "/v1").serve();
    WarmRequest hi = asking(OPENAI, question("gpt", "hi"), null);
    assertThat(warm("r-next", Action.FILL, hi).result()).isEqualTo(Result.FILLED);
    assertThat(next.last().body()).contains("\"v2\"");
    assertThat(gpt.requests).isEmpty();

    HttpResponse<String> old = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(status(old)).contains("fwd=uri-miss");
    assertThat(old.body()).contains("Hello there");
    pod.shifted(100).serve();
    HttpResponse<String> now = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(status(now)).contains("; hit");
    assertThat(now.body()).contains("Hello again");
    assertThat(next.requests).hasSize(1);
    assertThat(warm("r-now", Action.CERTIFY, hi).result()).as("the way back").isEqualTo(Result.HIT);
  }

  @Test
  void itIsTheConsumersInWhosePlaceItIsAsked() {
    pod.knowing(
            new Access(
                List.of(),
                List.of(
                    GuardedTest.consumer("red", "red-key"),
                    GuardedTest.consumer("blue", "blue-key"))))
        .ruled(rule -> rule.withAccess(GuardedTest.KEYS))
        .cached(BY_CONSUMER)
        .serve();
    Outcome nobodys = fill(asking(OPENAI, question("gpt", "hi"), null));
    assertThat(nobodys.result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(nobodys.detail()).contains("kept for each caller");
    assertThat(gpt.requests).isEmpty();

    assertThat(fill(asking(OPENAI, question("gpt", "hi"), "test/red")).result())
        .isEqualTo(Result.FILLED);
    assertThat(gpt.last().head()).doesNotContain("red");
    assertThat(status(asks("red"))).contains("; hit");
    assertThat(status(asks("blue"))).contains("fwd=uri-miss");
    assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(401);
    assertThat(gpt.requests).hasSize(2);
  }

  private HttpResponse<String> asks(String who) {
    return pod.post(OPENAI, question("gpt", "hi"), "authorization", "Bearer " + who + "-key");
  }

  @Test
  void whatIsNeverStoredIsNotWarmed() {
    pod.serve();
    Outcome never = fill(asking(OPENAI, question("gpt", "hi", ",\"n\":2"), null));
    assertThat(never.result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(gpt.requests).as("no money is spent for nothing").isEmpty();

    gpt.script = request -> request.answer(OPENAI_ANSWER.replace("\"stop\"", "\"length\""));
    Outcome cut = fill(asking(OPENAI, question("gpt", "hi"), null));
    assertThat(cut.result()).isEqualTo(Result.CHANGED);
    assertThat(cut.taken()).isEqualTo(5);

    gpt.script = request -> request.answer("429 Busy", "application/json", "{}");
    Outcome busy = fill(asking(OPENAI, question("gpt", "you"), null));
    assertThat(busy.result()).as(busy.detail()).isEqualTo(Result.FAILED);
    assertThat(busy.detail()).contains("429");
  }

  @Test
  void anotherModelsAnswerIsNotAskedFor() {
    pod.standIn("spare", "gpt", Model.Provider.OPENAI, next.port()).serve();
    gpt.script = request -> request.answer("503 Down", "application/json", "{}");
    assertThat(fill(asking(OPENAI, question("gpt", "hi"), null)).result()).isEqualTo(Result.FAILED);
    assertThat(next.requests).isEmpty();
    assertThat(fill(asking(OPENAI, question("spare", "hi"), null)).result())
        .isEqualTo(Result.FILLED);
  }

  /** Nor does it count as something that a release has to be warm for, and never could be. */
  @Test
  void whatClientsAskIsNotRemembered() {
    pod.serve();
    pod.post(OPENAI, question("gpt", "hi"));
    pod.post(OPENAI, question("gpt", "hi"));
    await()
        .untilAsserted(
            () -> {
              HotRequests hot = pod.pod.hot("test/ai", 10);
              assertThat(hot.total()).isPositive();
              assertThat(hot.partitioned()).isEqualTo(hot.total());
              assertThat(hot.requests()).isEmpty();
            });
  }

  @Test
  void whatCannotBeReadSaysWhy() {
    pod.serve();
    assertThat(fill(asking(OPENAI, "{}", null)).result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(fill(asking(OPENAI, question("none", "hi"), null)).detail()).contains("model");
    assertThat(fill(asking("/v1/other", question("gpt", "hi"), null)).result())
        .isEqualTo(Result.NOT_ROUTED);
    WarmRequest list =
        new WarmRequest("GET", "http", "127.0.0.1:" + pod.port(), "/v1/models", List.of());
    assertThat(fill(list).result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(gpt.requests).isEmpty();
  }

  @Test
  void explained() {
    pod.serve();
    Explanation before = explain(question("gpt", "hi"));
    assertThat(before.decided().action()).isEqualTo(Explanation.Action.FORWARD);
    fill(asking(OPENAI, question("gpt", "hi"), null));
    Explanation after = explain(question("gpt", "hi"));
    assertThat(after.decided().action()).isEqualTo(Explanation.Action.SERVE);
    Explanation.Key key =
        Objects.requireNonNull(Objects.requireNonNull(after.cached()).key(), "it is keyed");
    assertThat(key.path()).isEqualTo("/models/test/gpt");
    assertThat(key.method()).isEqualTo("POST");
    String shown = status(pod.post(OPENAI, question("gpt", "hi"), "warmgate-debug", "cache-key"));
    assertThat(shown).contains(key.hash());
    assertThat(explain(question("gpt", "hi", ",\"n\":2")).decided().why().token())
        .isEqualTo("many-choices");
    assertThat(explain("{").decided().action()).isEqualTo(Explanation.Action.ANSWER);
    assertThat(gpt.requests).hasSize(1);
  }

  private Explanation explain(String content) {
    return pod.pod.explain(
        new ExplainRequest(
            "POST",
            "http://127.0.0.1:" + pod.port() + OPENAI,
            List.of(),
            content,
            null,
            ExplainRequest.Origin.ASK));
  }
}
