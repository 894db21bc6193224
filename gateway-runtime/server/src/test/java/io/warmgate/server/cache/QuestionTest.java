package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.config.CacheRule;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Worth;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Questions to models, in the cache's eyes: here a question is the content without its white space,
 * and what an answer is worth stands in its {@code x-worth}.
 */
class QuestionTest {
  private final CountingOrigin origin = new CountingOrigin();
  private final List<String> notStored = new CopyOnWriteArrayList<>();
  private final Pod pod =
      new Pod(
          exchange -> notStored.add(String.valueOf(exchange.notStored())),
          (_, cache) -> (exchange, model) -> asked(cache, exchange, model));

  @BeforeEach
  void begin() {
    pod.serve(
        origin.port(),
        new CacheRule(
            60_000L,
            null,
            null,
            null,
            new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of()),
            List.of("x-team"),
            CacheRule.Tags.NONE,
            30_000,
            CacheRule.OnLogLoss.SERVE),
        "g1",
        null);
    answer("as-it-came");
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  /** Whatever its path, query, white space, credentials, cookies and conditions. */
  @Test
  void oneQuestionHasOneAnswerWhicheverWayItIsAsked() {
    assertThat(ask("/v1/chat", "what is it").body()).isEqualTo("answer 1");
    for (String path : List.of("/v1/chat", "/v1/messages", "/v1/chat?key=secret1234567890")) {
      var hit =
          ask(
              path,
              "what  is it",
              "authorization",
              "Bearer a",
              "cookie",
              "a=b",
              "range",
              "bytes=0-1");
      assertThat(hit.body()).isEqualTo("answer 1");
      assertThat(hit.statusCode()).isEqualTo(200);
      assertThat(status(hit)).contains("hit");
    }
    assertThat(ask("/v1/chat", "what is that").body()).isEqualTo("answer 2");
    assertThat(ask("/v1/chat", "what is it", "x-team", "blue").body()).isEqualTo("answer 3");
  }

  @Test
  void whatIsNeverKeptIsNotLookedUp() {
    assertThat(status(ask("/v1", "never"))).contains("fwd=bypass", "many-choices");
    assertThat(ask("/v1", "never").body()).isEqualTo("answer 2");
  }

  @Test
  void theEndOfAnAnswerTellsThatItIsNotForKeeping() {
    answer("nothing");
    var first = ask("/v1", "how long");
    assertThat(first.body()).isEqualTo("answer 1");
    assertThat(status(first)).doesNotContain("stored");
    await().atMost(10, TimeUnit.SECONDS).until(() -> notStored.contains("truncated"));
    assertThat(ask("/v1", "how long").body()).isEqualTo("answer 2");
  }

  @Test
  void anotherFormIsKeptInItsPlace() {
    answer("instead");
    var first = ask("/v1", "what now");
    assertThat(first.body()).isEqualTo("answer 1");
    assertThat(first.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(status(first)).doesNotContain("stored");
    var second = ask("/v1", "what now");
    assertThat(second.body()).isEqualTo("{\"whole\":\"answer 1\"}");
    assertThat(second.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(status(second)).contains("hit");
  }

  /** A POST to a model changes nothing: what it names is not purged. */
  @Test
  void answersArePurgedByTheirModelsPath() {
    ask("/v1", "one");
    ask("/models/a/b", "never");
    assertThat(status(ask("/v1", "one"))).contains("hit");
    pod.log.apply(
        new PurgeOrder(
            "1",
            new PurgeRequest(
                List.of(), List.of("/models/a/b"), null, List.of(), false, PurgeRequest.Mode.HARD),
            null));
    assertThat(ask("/v1", "one").body()).isEqualTo("answer 3");
  }

  private HttpResponse<String> ask(String path, String body, String... fields) {
    return fields.length == 0
        ? Pod.get(pod.post(path, body, "content-type", "application/json"))
        : Pod.get(pod.post(path, body, fields));
  }

  private void answer(String worth) {
    origin.answer =
        request ->
            request
                .response()
                .putHeader("x-worth", worth)
                .putHeader("content-type", "text/event-stream")
                .end("answer " + request.response().headers().get("x-number"));
  }

  private static Future<Void> asked(CacheStep cache, Exchange exchange, Origin model) {
    return Content.read(exchange.originRequest().body(), 1_000)
        .compose(
            content -> {
              exchange.content(content::stream);
              byte[] material =
                  content
                      .begin()
                      .toString()
                      .replaceAll("\\s+", "")
                      .getBytes(StandardCharsets.UTF_8);
              Reason never =
                  content.begin().toString().equals("never") ? Reason.MANY_CHOICES : null;
              exchange.question(new Question("/models/a/b", Bytes.of(material), never));
              return cache.answer(exchange, request -> new Judged(model.fetch(request)));
            });
  }

  private record Judged(OriginCall call) implements OriginCall {
    @Override
    public Future<OriginResponse> head() {
      return call.head().map(Weighed::new);
    }

    @Override
    public void abort() {
      call.abort();
    }
  }

  private record Weighed(OriginResponse answer) implements OriginResponse {
    @Override
    public int status() {
      return answer.status();
    }

    @Override
    public MultiMap headers() {
      return answer.headers();
    }

    @Override
    public ReadStream<Buffer> body() {
      return answer.body();
    }

    @Override
    public MultiMap trailers() {
      return answer.trailers();
    }

    @Override
    public boolean isJudgedAtEnd() {
      return true;
    }

    @Override
    public Worth worth() {
      @Nullable String worth = answer.headers().get("x-worth");
      return switch (String.valueOf(worth)) {
        case "nothing" -> new Worth.Nothing(Reason.TRUNCATED);
        case "instead" ->
            new Worth.Instead(
                Map.of("content-type", "application/json"),
                Buffer.buffer("{\"whole\":\"answer " + answer.headers().get("x-number") + "\"}"));
        default -> Worth.Plain.AS_IT_CAME;
      };
    }

    @Override
    public void abort() {
      answer.abort();
    }
  }
}
