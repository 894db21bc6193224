package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.PurgeRequest.Mode;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A purge while a route has two releases: what it names is gone from both. */
class PurgeSidesTest {
  private final CountingOrigin blue = new CountingOrigin();
  private final CountingOrigin green = new CountingOrigin();
  private final Pod pod = new Pod();
  private final TwoSides sides = new TwoSides(blue.port(), green.port(), HONOR);

  @BeforeEach
  void begin() {
    for (CountingOrigin origin : List.of(blue, green)) {
      origin.answer =
          request -> {
            request.response().putHeader("surrogate-key", "product:1");
            origin.respond(request, "max-age=60");
          };
    }
    pod.take(sides.config(pod, 0));
  }

  @AfterEach
  void end() {
    pod.close();
    blue.close();
    green.close();
  }

  private Result green(WarmOrder.Action action) {
    WarmRequest request = new WarmRequest("GET", "http", Pod.HOST, "/a", List.of());
    WarmReport report =
        Pod.await(
            pod.warm(
                new WarmOrder(TwoSides.ROUTE, "r-green", action, 1, 10_000, List.of(request))));
    return report.outcomes().getFirst().result();
  }

  private static PurgeRequest request(
      List<String> tags, List<String> paths, String prefix, List<String> hosts, boolean all) {
    return new PurgeRequest(tags, paths, prefix.isEmpty() ? null : prefix, hosts, all, Mode.HARD);
  }

  static Stream<PurgeRequest> selections() {
    return Stream.of(
        request(List.of("product:1"), List.of(), "", List.of(), false),
        request(List.of(), List.of("/a"), "", List.of(), false),
        request(List.of(), List.of(), "/a", List.of(), false),
        request(List.of(), List.of(), "", List.of(Pod.HOST), false),
        request(List.of(), List.of(), "", List.of(), true));
  }

  @ParameterizedTest
  @MethodSource("selections")
  void reachesTheReleaseThatServesAndTheOneThatIsWarmed(PurgeRequest selection) {
    pod.get("/a");
    assertThat(status(pod.get("/a"))).contains("hit");
    assertThat(green(WarmOrder.Action.FILL)).isEqualTo(Result.FILLED);
    assertThat(green(WarmOrder.Action.CERTIFY)).isEqualTo(Result.HIT);

    pod.log.apply(new PurgeOrder("1", selection, null));

    assertThat(green(WarmOrder.Action.CERTIFY)).as("green is cold again").isEqualTo(Result.MISSING);
    assertThat(status(pod.get("/a"))).contains("detail=purged");
    assertThat(blue.requests).hasValue(2);
    pod.take(sides.config(pod, 100));
    assertThat(status(pod.get("/a"))).contains("fwd=uri-miss");
    assertThat(green.requests).hasValue(2);
    assertThat(status(pod.get("/a"))).contains("hit");
  }

  @Test
  void aFillOfTheReleaseThatIsWarmedWhichBeganBeforeDoesNotBringItBack() {
    green.hold();
    CompletableFuture<Result> before =
        CompletableFuture.supplyAsync(() -> green(WarmOrder.Action.FILL));
    await().until(() -> green.requests.get() == 1);
    pod.log.apply(
        new PurgeOrder("1", request(List.of("product:1"), List.of(), "", List.of(), false), null));
    green.release();
    before.join();
    assertThat(green(WarmOrder.Action.CERTIFY)).isNotEqualTo(Result.HIT);
    pod.take(sides.config(pod, 100));
    HttpResponse<String> answer = pod.get("/a");
    assertThat(status(answer)).doesNotContain("hit");
    assertThat(green.requests).hasValue(2);
  }
}
