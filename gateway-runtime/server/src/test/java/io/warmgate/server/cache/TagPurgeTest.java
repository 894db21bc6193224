package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.PurgeRequest.Mode;
import io.warmgate.httpcache.rule.TagRule;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purges by tag, and soft ones, in one pod with L1 alone. */
class TagPurgeTest {
  private CountingOrigin origin = new CountingOrigin();
  private Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"").putHeader("surrogate-key", tag(request));
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).end();
          } else {
            origin.respond(request, "max-age=60");
          }
        };
  }

  private static String tag(io.vertx.core.http.HttpServerRequest request) {
    String tag = request.getParam("tag");
    return tag == null ? "none" : tag.replace('+', ' ');
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private void purge(String id, Mode mode, String... tags) {
    pod.log.apply(
        new PurgeOrder(
            id, new PurgeRequest(List.of(tags), List.of(), null, List.of(), false, mode), null));
  }

  @Test
  void aTagNamesWhatHasIt() {
    pod.get("/a?tag=product:1+shop");
    pod.get("/b?tag=product:2+shop");
    purge("1", Mode.HARD, "product:1");
    assertThat(status(pod.get("/a?tag=product:1+shop"))).contains("detail=purged");
    assertThat(status(pod.get("/b?tag=product:2+shop"))).contains("hit");
    purge("2", Mode.HARD, "shop", "other");
    assertThat(status(pod.get("/b?tag=product:2+shop"))).contains("detail=purged");
    assertThat(status(pod.get("/b?tag=product:2+shop"))).contains("hit");
  }

  @Test
  void anAnswerUnderWayWhoseTagIsPurgedServesNobodyWhoAsksAfterwards() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> before = pod.ask("/a?tag=t");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    purge("1", Mode.HARD, "t");
    CompletableFuture<HttpResponse<String>> after = pod.ask("/a?tag=t");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
    assertThat(Pod.get(before).body()).isNotEqualTo(Pod.get(after).body());
    assertThat(pod.get("/a?tag=t").body()).isEqualTo(Pod.get(after).body());
  }

  @Test
  void aSoftPurgeCostsAValidationWhereTheOriginSaysThatNothingChanged() {
    String answer = pod.get("/a?tag=t").body();
    purge("1", Mode.SOFT, "t");
    HttpResponse<String> validated = pod.get("/a?tag=t");
    assertThat(status(validated)).contains("fwd=stale").contains("fwd-status=304");
    assertThat(validated.body()).isEqualTo(answer);
    assertThat(status(pod.get("/a?tag=t"))).contains("hit");
    purge("2", Mode.HARD, "t");
    assertThat(pod.get("/a?tag=t").body()).as("validated, and tagged still").isNotEqualTo(answer);
  }

  @Test
  void whatHasMoreTagsThanAreKeptIsNotStored() {
    String tags = "t".concat("+x").repeat(10) + "+" + "y".repeat(TagRule.MAX_LENGTH + 1);
    pod.get("/a?tag=" + tags);
    assertThat(status(pod.get("/a?tag=" + tags))).doesNotContain("hit").doesNotContain("stored;");
  }
}
