package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Access;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Conditions;
import io.warmgate.config.Conditions.Condition;
import io.warmgate.config.Conditions.Condition.Part;
import io.warmgate.config.KeyParts;
import io.warmgate.config.KeyParts.QueryOrder;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.PurgeRequest.Mode;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Saved;
import io.warmgate.server.exchange.Tokens;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts that are asked together, and kept one by one. */
class EmbeddingItemsTest extends SeveralTexts {
  @Test
  void aTextAloneAndAmongOthersIsOneEntry() {
    serve();
    assertVectors(alone("cat"), "cat");
    HttpResponse<String> partly = ask("dog", "cat", "fish");
    assertVectors(partly, "dog", "cat", "fish");
    assertThat(status(partly)).contains("fwd=partial; stored; ttl=").contains("partly-stored");
    assertThat(partly.headers().firstValue("age")).hasValue("0");
    assertThat(status(alone("fish"))).contains("; hit");
    HttpResponse<String> hit = ask("fish", "dog", "cat");
    assertVectors(hit, "fish", "dog", "cat");
    assertThat(status(hit)).contains("; hit; ttl=").endsWith("detail=fresh");
    assertThat(hit.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(hit.headers().map()).doesNotContainKey(UsageField.NAME);
    assertThat(provider.asked()).containsExactly(List.of("cat"), List.of("dog", "fish"));
  }

  @Test
  void whatIsNotThereAtAllIsToldAsItCame() {
    provider.provider.script =
        request ->
            request.answer(
                """
                {"object":"list","data":[{"object":"embedding","index":1,"embedding":[0.250]},\
                {"index":0,"embedding":[0.5]}],"model":"m","odd":1.50,\
                "usage":{"prompt_tokens":3,"total_tokens":3}}\
                """);
    serve();
    HttpResponse<String> miss = ask("a", "bcdefgh");
    assertThat(miss.body()).contains("[0.250]").contains("\"odd\":1.50");
    assertThat(status(miss)).contains("fwd=uri-miss; stored; ttl=").contains("nothing-found");
    HttpResponse<String> hit = ask("bcdefgh", "a");
    assertThat(Json.parse(hit.body()).at("/data/0/embedding/0").asDouble()).isEqualTo(0.25);
    assertThat(Json.parse(hit.body()).path("odd").decimalValue()).isEqualTo("1.50");
    assertThat(usage(hit)).isEqualTo(3);
    // Shared by the texts' lengths: a token is four characters.
    assertThat(usage(alone("bcdefgh"))).isEqualTo(2);
    assertThat(usage(alone("a"))).isEqualTo(1);
    assertThat(provider.provider.requests).hasSize(1);
  }

  @Test
  void whatIsThereTwiceIsAskedOnce() {
    serve();
    HttpResponse<String> twice = ask("a", "b", "a", "a");
    assertVectors(twice, "a", "b", "a", "a");
    assertThat(usage(twice)).isEqualTo(2);
    assertVectors(ask("c", "b", "c"), "c", "b", "c");
    assertVectors(ask("d", "d"), "d", "d");
    assertVectors(ask("d", "d"), "d", "d");
    assertThat(provider.asked()).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
  }

  @Test
  void inBothEncodings() {
    serve();
    String base64 = ",\"encoding_format\":\"base64\"";
    HttpResponse<String> miss = pod.post(PATH, of(list("a", "b"), base64));
    assertVectors(miss, "a", "b");
    HttpResponse<String> floats = ask("a", "b", "c");
    assertVectors(floats, "a", "b", "c");
    assertThat(Json.parse(floats.body()).at("/data/0/embedding").isArray()).isTrue();
    HttpResponse<String> hit = pod.post(PATH, of(list("c", "a"), base64));
    assertVectors(hit, "c", "a");
    assertThat(Json.parse(hit.body()).at("/data/0/embedding").isTextual()).isTrue();
    assertVectors(alone("b"), "b");
    assertThat(provider.asked()).hasSize(2);
    assertThat(provider.provider.last().body()).doesNotContain("encoding_format");
  }

  @Test
  void ofAsManyDimensionsAsAreAskedFor() {
    serve();
    String two = ",\"dimensions\":2,\"user\":\"u\",\"odd\":true";
    assertVectors(pod.post(PATH, of(list("a", "b"), two)), 2, "a", "b");
    assertVectors(pod.post(PATH, of(list("a", "c"), two)), 2, "a", "c");
    assertThat(Json.parse(provider.provider.last().body()))
        .isEqualTo(Json.parse(of("[\"c\"]", two).replace("\"e\"", "\"provider-e\"")));
    assertVectors(ask("a", "b"), "a", "b");
    assertThat(provider.asked()).hasSize(3);
  }

  @Test
  void idsOfTokensAreItemsToo() {
    serve();
    HttpResponse<String> one = pod.post(PATH, of("[1,2]", ""));
    assertThat(one.statusCode()).isEqualTo(200);
    HttpResponse<String> both = pod.post(PATH, of("[[3],[1,2]]", ""));
    assertVectors(both, "[3]", "[1,2]");
    assertThat(provider.asked().getLast()).containsExactly("[3]");
    assertThat(status(ask("[3]", "[1,2]"))).as("texts that look so").contains("fwd=uri-miss");
  }

  private static Tokens saved(Exchange exchange) {
    Saved saved = Objects.requireNonNull(exchange.saved());
    assertThat(saved.model().id()).isEqualTo("test/e");
    return saved.tokens();
  }

  @Test
  void whatWasAskedIsPaidForAndTheRestIsSaved() {
    serve();
    String four = "aaaa";
    String eight = "bbbbbbbb";
    assertThat(usage(ask(four, eight))).isEqualTo(12);
    assertThat(usage(ask("cc", four, eight))).isEqualTo(14);
    assertThat(usage(ask("cc", eight))).isEqualTo(10);
    await().until(() -> pod.ended.size() == 3);
    assertThat(pod.inferred)
        .extracting(Inference::tokens)
        .containsExactly(Tokens.of(12, 0), Tokens.of(2, 0));
    assertThat(pod.ended.getFirst().saved()).isNull();
    assertThat(saved(pod.ended.get(1))).isEqualTo(Tokens.of(12, 0));
    assertThat(saved(pod.ended.get(2))).isEqualTo(Tokens.of(10, 0));
  }

  /** Vectors of two models say nothing about each other. */
  @Test
  void anotherModelsVectorsAreNotMixedIn() {
    serve();
    ask("a", "b");
    provider.model = "e-2";
    HttpResponse<String> all = ask("a", "b", "c");
    assertVectors(all, "a", "b", "c");
    assertThat(Json.parse(all.body()).path("model").asText()).isEqualTo("e-2");
    assertThat(status(all)).contains("fwd=stale; stored").contains("several-models");
    assertThat(status(ask("a", "b", "c"))).contains("; hit");
    assertThat(provider.asked())
        .containsExactly(List.of("a", "b"), List.of("c"), List.of("a", "b", "c"));
    await().until(() -> pod.ended.size() == 3);
    assertThat(pod.ended.get(1).saved()).as("nothing was").isNull();
  }

  @Test
  void norAreThoseThatAreAllThere() {
    serve();
    alone("a");
    provider.dimensions = 3;
    alone("b");
    HttpResponse<String> refused =
        pod.post(PATH, of(list("a", "b"), ""), "cache-control", "only-if-cached");
    assertThat(refused.statusCode()).isEqualTo(504);
    assertVectors(ask("a", "b"), 3, "a", "b");
    assertThat(provider.asked().getLast()).containsExactly("a", "b");
    assertThat(status(ask("b", "a"))).contains("; hit");
  }

  @Test
  void whatClientsSayOfCaching() {
    serve();
    ask("a", "b");
    HttpResponse<String> none =
        pod.post(PATH, of(list("a", "c"), ""), "cache-control", "only-if-cached");
    assertThat(none.statusCode()).isEqualTo(504);
    assertThat(none.body()).contains("\"error\"");
    HttpResponse<String> anew = pod.post(PATH, of(list("a", "b"), ""), "cache-control", "no-cache");
    assertVectors(anew, "a", "b");
    assertThat(status(anew)).contains("fwd=request; stored").contains("request-no-cache");
    HttpResponse<String> unkept =
        pod.post(PATH, of(list("a", "d"), ""), "cache-control", "no-store");
    assertVectors(unkept, "a", "d");
    assertThat(status(unkept)).contains("fwd=partial").contains("detail=request-no-store");
    assertThat(provider.asked()).hasSize(3);
    assertThat(provider.asked().getLast()).containsExactly("d");
    assertThat(status(alone("d"))).contains("fwd=uri-miss");
    assertThat(status(pod.post(PATH, of(list("a", "b"), ""), "cache-control", "max-age=60")))
        .contains("; hit");
    assertThat(status(pod.post(PATH, of(list("a", "b"), ""), "cache-control", "min-fresh=70")))
        .contains("fwd=request");
  }

  @Test
  void whatIsPrivateOfOneTextKeepsNoOtherOut() {
    serve();
    HttpResponse<String> first = ask("a", "I am ada@example.org", "b");
    assertVectors(first, "a", "I am ada@example.org", "b");
    assertThat(status(first)).contains("fwd=uri-miss; stored");
    HttpResponse<String> again = ask("a", "I am ada@example.org", "b");
    assertVectors(again, "a", "I am ada@example.org", "b");
    assertThat(status(again)).contains("fwd=partial").contains("detail=sensitive");
    assertThat(provider.asked().getLast()).containsExactly("I am ada@example.org");
    assertThat(status(ask("b", "a"))).contains("; hit");
  }

  @Test
  void whatAPolicyBypassesIsNoneForTheCacheAsAWhole() {
    serve(
        ModelPod.KEPT.with(
            CacheOptions.NONE.with(
                new Conditions(
                    List.of(new Condition(Part.FIELD, "/user", "me")),
                    List.of(new Condition(Part.FIELD, "/user", "robot")),
                    null))));
    String mine = of(list("a", "a"), ",\"user\":\"me\"");
    pod.post(PATH, mine);
    HttpResponse<String> again = pod.post(PATH, mine);
    assertVectors(again, "a", "a");
    assertThat(status(again)).contains("fwd=bypass").contains("detail=bypass");
    assertThat(provider.asked()).containsExactly(List.of("a", "a"), List.of("a", "a"));
    String robots = of(list("a", "b"), ",\"user\":\"robot\"");
    pod.post(PATH, robots);
    assertThat(status(pod.post(PATH, robots))).contains("fwd=uri-miss").contains("unstored");
    ask("a", "b");
    assertThat(status(pod.post(PATH, robots))).contains("; hit");
    assertThat(provider.asked()).hasSize(5);
  }

  @Test
  void ofWhatFailsNothingIsKept() {
    serve();
    alone("a");
    provider.provider.script =
        request ->
            request.answer(
                "400 Bad Request",
                "application/json",
                "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\"}}");
    HttpResponse<String> refused = ask("a", "b", "c");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("too long");
    assertThat(status(refused)).contains("fwd=partial").contains("detail=error-status");
    provider.provider.script =
        request ->
            request.answer("{\"data\":[{\"index\":0,\"embedding\":[1,2,3,4]}],\"model\":\"e-1\"}");
    HttpResponse<String> tooFew = ask("a", "b", "c");
    assertThat(tooFew.statusCode()).isEqualTo(502);
    assertThat(tooFew.body()).contains("\"error\"");
    provider.provider.script = request -> request.connection().close();
    assertThat(ask("a", "b", "c").statusCode()).isEqualTo(502);
    provider.provider.script = provider::answer;
    assertVectors(ask("a", "b", "c"), "a", "b", "c");
    assertThat(provider.asked()).last().isEqualTo(List.of("b", "c"));
  }

  private void purge(String id, PurgeRequest what) {
    pod.pod.log.apply(new PurgeOrder(id, what, null));
  }

  @Test
  void purgesNameThem() {
    serve(
        new CacheRule(
            60_000L,
            null,
            null,
            null,
            new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of()),
            List.of(),
            new CacheRule.Tags(List.of(), List.of("vectors")),
            30_000,
            CacheRule.OnLogLoss.SERVE));
    ask("a", "b");
    purge("1", new PurgeRequest(List.of("vectors"), List.of(), null, List.of(), false, Mode.HARD));
    assertThat(status(ask("a", "b"))).contains("detail=purged");
    assertThat(status(ask("a", "b"))).contains("; hit");
    purge(
        "2",
        new PurgeRequest(List.of(), List.of("/models/test/e"), null, List.of(), false, Mode.HARD));
    alone("a");
    assertThat(status(ask("a", "b"))).contains("fwd=partial");
    assertThat(provider.asked().getLast()).containsExactly("b");
  }

  @Test
  void whatIsStaleIsAskedFor() {
    serve();
    ask("a", "b");
    purge(
        "1",
        new PurgeRequest(List.of(), List.of("/models/test/e"), null, List.of(), false, Mode.SOFT));
    alone("b");
    HttpResponse<String> partly = ask("a", "b", "c");
    assertVectors(partly, "a", "b", "c");
    assertThat(status(partly)).contains("fwd=partial");
    assertThat(provider.asked().getLast()).containsExactly("a", "c");
    assertThat(status(ask("c", "b", "a"))).contains("; hit");
  }

  @Test
  void consumersShareNothing() {
    pod.knowing(
            new Access(
                List.of(),
                List.of(
                    GuardedTest.consumer("red", "red-key"),
                    GuardedTest.consumer("blue", "blue-key"))))
        .ruled(rule -> rule.withAccess(GuardedTest.KEYS));
    serve(
        ModelPod.KEPT.with(
            new CacheOptions(
                Lifetimes.NONE,
                new KeyParts(
                    QueryOrder.KEEP,
                    List.of(),
                    List.of(),
                    List.of(),
                    new KeyParts.CallerPartition(null)))));
    String asked = of(list("a", "b"), "");
    pod.post(PATH, asked, "authorization", "Bearer red-key");
    assertThat(status(pod.post(PATH, asked, "authorization", "Bearer red-key"))).contains("; hit");
    assertThat(status(pod.post(PATH, asked, "authorization", "Bearer blue-key")))
        .contains("fwd=uri-miss");
    assertThat(provider.asked()).hasSize(2);
  }

  @Test
  void aLimitIsHeldToWhatIsAsked() {
    pod.ruled(rule -> rule.withLimits(List.of(TokenLimitTest.tokens(Limit.By.ROUTE, 1_000))));
    serve();
    String known = "x".repeat(1_200);
    alone(known);
    HttpResponse<String> refused = ask(known, "y");
    assertThat(refused.statusCode()).as("nothing is left for the second").isEqualTo(429);
    assertThat(refused.body()).contains("rate_limit_exceeded");
    assertThat(status(ask(known, known))).as("a hit costs nothing").contains("; hit");
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void aClaimIsOfWhatIsNotThere() {
    pod.ruled(rule -> rule.withLimits(List.of(TokenLimitTest.tokens(Limit.By.ROUTE, 1_000))));
    serve();
    String known = "x".repeat(800);
    alone(known);
    HttpResponse<String> partly = ask(known, "y".repeat(40));
    assertThat(partly.statusCode())
        .as("200 are left, and both together would claim 210")
        .isEqualTo(200);
    assertThat(ask("z".repeat(800)).statusCode()).isEqualTo(429);
  }

  /** More than are looked up, kept and told Redis at a time. */
  @Test
  void manyAtOnce() {
    serve();
    String[] texts = IntStream.range(0, 300).mapToObj(i -> "text " + i).toArray(String[]::new);
    ask(Arrays.copyOf(texts, 150));
    HttpResponse<String> partly = ask(texts);
    assertVectors(partly, texts);
    assertThat(provider.asked().getLast()).containsExactly(Arrays.copyOfRange(texts, 150, 300));
    assertThat(status(ask(texts))).contains("; hit");
  }

  @Test
  void geminisToo() {
    pod.model("g", Model.Provider.GEMINI, provider.port(), "/v1beta");
    provider.provider.script =
        request -> {
          ArrayNode vectors = Json.array();
          Json.parse(request.body())
              .path("requests")
              .forEach(
                  one -> {
                    String text = one.at("/content/parts/0/text").asText();
                    vectors.addObject().putArray("values").add(text.length()).add(0.5);
                  });
          request.answer(Json.string(Json.object().set("embeddings", vectors)));
        };
    serve();
    String asked = of(list("a", "bb"), "").replace("\"e\"", "\"g\"");
    HttpResponse<String> miss = pod.post(PATH, asked);
    assertThat(Json.parse(miss.body()).at("/data/1/embedding/0").asInt()).isEqualTo(2);
    HttpResponse<String> partly = pod.post(PATH, asked.replace("\"a\"", "\"ccc\""));
    assertThat(Json.parse(partly.body()).at("/data/0/embedding/0").asInt()).isEqualTo(3);
    assertThat(status(partly)).contains("fwd=partial");
    assertThat(provider.provider.last().body()).doesNotContain("bb");
    assertThat(status(pod.post(PATH, asked))).contains("; hit");
  }
}
