package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9875, in one pod with L1 alone. */
class CacheGroupsPurgeTest {
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
    origin.answer =
        request -> {
          String group = request.getHeader("x-group");
          String field =
              request.path().startsWith("/change") ? "cache-group-invalidation" : "cache-groups";
          if (group != null) {
            request.response().putHeader(field, group);
          }
          request.response().setStatusCode(request.path().endsWith("fails") ? 409 : 200);
          origin.respond(request, "max-age=60");
        };
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  @Test
  void anUnsafeRequestsAnswerMakesItsGroupsGo() {
    pod.get("/a", "x-group", "\"shop\", \"products\"");
    pod.get("/b", "x-group", "\"products\";revalidate");
    pod.get("/c", "x-group", "\"carts\"");
    pod.get("/d");

    pod.send("POST", "/change", "x-group", "\"products\"");

    assertThat(status(pod.get("/a"))).contains("detail=purged");
    assertThat(status(pod.get("/b"))).contains("detail=purged");
    assertThat(status(pod.get("/c"))).contains("hit");
    assertThat(status(pod.get("/d"))).contains("hit");
  }

  @Test
  void whatIsValidatedStaysInItsGroups() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).end();
          } else {
            request
                .response()
                .putHeader(
                    request.path().equals("/a") ? "cache-groups" : "cache-group-invalidation",
                    "\"products\"");
            origin.respond(request, "no-cache");
          }
        };
    String answer = pod.get("/a").body();
    assertThat(pod.get("/a").body()).as("validated").isEqualTo(answer);
    pod.send("POST", "/change");
    HttpResponse<String> purged = pod.get("/a");
    assertThat(status(purged)).endsWith("; detail=purged");
    assertThat(purged.body()).isNotEqualTo(answer);
  }

  @Test
  void aSafeRequestsAnswerAndAnErrorInvalidateNothing() {
    pod.get("/a", "x-group", "\"products\"");
    pod.get("/change", "x-group", "\"products\"");
    pod.send("HEAD", "/change-too", "x-group", "\"products\"");
    pod.send("POST", "/change-fails", "x-group", "\"products\"");
    assertThat(status(pod.get("/a"))).contains("hit");
  }

  @Test
  void aGroupIsItsOriginsOwn() {
    pod.get("/a", "x-group", "\"products\"");
    pod.sendTo("localhost", "POST", "/change", "x-group", "\"products\"");
    assertThat(status(pod.get("/a"))).contains("hit");
    pod.send("POST", "/change", "x-group", "\"products\"");
    assertThat(status(pod.get("/a"))).contains("detail=purged");
  }

  @Test
  void aGroupIsNoTagOfAnother() {
    pod.get("/a", "x-group", "\"products\"");
    origin.answer =
        request -> {
          request
              .response()
              .putHeader("surrogate-key", "http://127.0.0.1:" + pod.port + " products");
          origin.respond(request, "max-age=60");
        };
    pod.get("/b");
    origin.answer =
        request -> {
          request.response().putHeader("cache-group-invalidation", "\"products\"");
          origin.respond(request, "max-age=60");
        };
    pod.send("POST", "/change");
    assertThat(status(pod.get("/b"))).contains("hit");
    assertThat(status(pod.get("/a"))).contains("detail=purged");
  }

  @Test
  void whatIsInMoreGroupsThanAreKeptIsNotStored() {
    String group = "\"" + "g".repeat(129) + "\"";
    pod.get("/a", "x-group", group);
    assertThat(status(pod.get("/a", "x-group", group)))
        .isEqualTo("warmgate; fwd=uri-miss; detail=tag-limit");
  }
}
