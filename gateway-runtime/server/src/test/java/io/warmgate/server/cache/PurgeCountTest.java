package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.HOST;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Json;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a selection names in a pod's memory. */
class PurgeCountTest {
  private CountingOrigin origin = new CountingOrigin();
  private Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
    origin.answer =
        request -> {
          String tag = request.getParam("tag");
          request.response().putHeader("vary", "accept-language");
          request.response().putHeader("surrogate-key", tag == null ? "none" : tag);
          origin.respond(request, "max-age=60");
        };
    pod.get("/shop/1?tag=a", "accept-language", "de");
    pod.get("/shop/1?tag=a", "accept-language", "en");
    pod.get("/shop/2?tag=b");
    pod.get("/other?tag=a");
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private PurgeCount count(String request) {
    byte[] json = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Pod.await(pod.log.count(Json.read(json, PurgeRequest.class)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'tags': ['a']} | 3",
        "{'tags': ['a', 'b']} | 4",
        "{'tags': ['c']} | 0",
        "{'tags': ['a'], 'hosts': ['" + HOST + "']} | 3",
        "{'tags': ['a'], 'hosts': ['elsewhere.test']} | 0",
        "{'paths': ['/shop/1']} | 2",
        "{'prefix': '/shop', 'mode': 'Soft'} | 3",
        "{'hosts': ['" + HOST + "']} | 4",
        "{'all': true} | 4"
      })
  void everyEntryThatIsNamedIsCountedAndNothingIsPurged(String request, long entries) {
    PurgeCount count = count(request);
    assertThat(count.matched()).isEqualTo(entries);
    assertThat(count.smallest()).hasSize((int) entries).doesNotHaveDuplicates();
    assertThat(status(pod.get("/shop/2?tag=b"))).contains("hit");
    assertThat(pod.log.applied()).isEmpty();
  }

  @Test
  void aPrimaryKeyCountsItsVariants() {
    String[] shown =
        status(pod.get("/fresh", "warmgate-debug", "cache-key", "accept-language", "de"))
            .split("key=");
    String primary = shown[1].replace("\"", "").substring(0, 64);
    pod.get("/fresh", "accept-language", "en");
    assertThat(count("{'keys': ['%s']}".formatted(primary)).matched()).isEqualTo(2);
  }

  @Test
  void whatWasPurgedIsNotCountedThoughItIsStillThere() {
    pod.log.apply(new PurgeOrder("1", PurgeRequest.paths(List.of("/shop/1"), List.of()), null));
    assertThat(count("{'tags': ['a']}").matched()).isEqualTo(1);
  }

  @Test
  void onlyTheSmallestKeysAreNamedWhereThereAreMany() {
    LongStream.range(0, PurgeCount.KEPT + 50).forEach(i -> pod.get("/many/" + i));
    PurgeCount count = count("{'prefix': '/many'}");
    assertThat(count.matched()).isEqualTo(PurgeCount.KEPT + 50);
    assertThat(count.smallest())
        .hasSize(PurgeCount.KEPT)
        .isSortedAccordingTo(Long::compareUnsigned);
  }
}
