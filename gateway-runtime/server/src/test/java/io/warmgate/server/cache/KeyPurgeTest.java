package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purges by the key that Cache-Status shows, in one pod with L1 alone. */
class KeyPurgeTest {
  private static final Pattern KEY = Pattern.compile("key=\"?([0-9a-f]{64})");

  private CountingOrigin origin = new CountingOrigin();
  private Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
    origin.answer =
        request -> {
          if (request.path().startsWith("/vary")) {
            request.response().putHeader("vary", "accept-language");
          }
          origin.respond(request, "max-age=60");
        };
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private HttpResponse<String> get(String path, String language) {
    return pod.get(path, "warmgate-debug", "cache-key", "accept-language", language);
  }

  private static String key(HttpResponse<String> answer) {
    Matcher key = KEY.matcher(status(answer));
    assertThat(key.find()).as(status(answer)).isTrue();
    return key.group(1);
  }

  private void purge(String... keys) {
    pod.log.apply(
        new PurgeOrder(UUID.randomUUID().toString(), PurgeRequest.keys(List.of(keys)), null));
  }

  @Test
  void theKeyThatIsShownNamesItsEntryAlone() {
    get("/a?x=1", "de");
    get("/a?x=2", "de");
    purge(key(get("/a?x=1", "de")));
    assertThat(status(get("/a?x=1", "de"))).contains("detail=purged");
    assertThat(status(get("/a?x=2", "de"))).contains("hit");
    assertThat(status(get("/a?x=1", "de"))).contains("hit");
  }

  @Test
  void aVariantsKeyNamesItAlone() {
    get("/vary", "de");
    get("/vary", "en");
    purge(key(get("/vary", "de")));
    assertThat(status(get("/vary", "de"))).contains("detail=purged");
    assertThat(status(get("/vary", "en"))).contains("hit");
  }

  @Test
  void theKeyShownBeforeAnythingIsKeptNamesEveryVariant() {
    String primary = key(get("/vary", "de"));
    get("/vary", "en");
    assertThat(key(get("/vary", "de"))).as("a variant's").isNotEqualTo(primary);
    purge(primary);
    assertThat(status(get("/vary", "de"))).contains("detail=purged");
    assertThat(status(get("/vary", "en"))).contains("detail=purged");
    assertThat(status(get("/vary", "de"))).contains("hit");
  }

  @Test
  void anAnswerUnderWayWhoseVariantIsPurgedServesNobodyWhoAsksAfterwards() {
    get("/vary", "de");
    String variant = key(get("/vary", "de"));
    purge(variant);
    origin.requests.set(0);
    origin.hold();
    CompletableFuture<HttpResponse<String>> before = pod.ask("/vary", "accept-language", "de");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    purge(variant);
    CompletableFuture<HttpResponse<String>> after = pod.ask("/vary", "accept-language", "de");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
    assertThat(Pod.get(before).body()).isNotEqualTo(Pod.get(after).body());
    assertThat(get("/vary", "de").body()).isEqualTo(Pod.get(after).body());
  }
}
