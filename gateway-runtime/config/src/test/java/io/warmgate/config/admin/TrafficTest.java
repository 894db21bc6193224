package io.warmgate.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.Price;
import io.warmgate.config.admin.CredentialState.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Path GOLDEN = Path.of("src/test/resources/admin/traffic.json");

  private static ReleaseTraffic release(long since, long times) {
    return new ReleaseTraffic(
        "6d5929d40377eeaf",
        since,
        new ClientTraffic(
            2 * times,
            100 * times,
            5 * times,
            3 * times,
            new TreeMap<>(Map.of(Miss.EXPIRED, 20 * times, Miss.UNCACHEABLE, 4 * times)),
            new TreeMap<>(Map.of("set-cookie", 3 * times, "private", times)),
            new ClientTraffic.Expired(100_000 * times, 240_000 * times)),
        new OriginTraffic(
            30 * times, 2 * times, new Latencies(new TreeMap<>(Map.of(60, 27 * times, 9, times)))));
  }

  /** Operators and pods of before know nothing of time. */
  @Test
  void timeIsThereWhereItWasCounted() {
    TokenCounts none = new TokenCounts(1, 0, 0, 1, 0L);
    assertThat(none).isEqualTo(new TokenCounts(1, 0, 0, 1));
    assertThat(new String(Json.write(none), StandardCharsets.UTF_8)).doesNotContain("micros");
    TokenCounts some = new TokenCounts(1, 0, 0, 1, 500L);
    assertThat(Json.read(Json.write(some), TokenCounts.class)).isEqualTo(some);
    assertThat(some.plus(none)).isEqualTo(new TokenCounts(2, 0, 0, 2, 500L));
    assertThat(some.plus(some).minus(some)).isEqualTo(some);
    assertThat(none.minus(some)).isEqualTo(TokenCounts.NONE);
    assertThat(some.at(new Price("USD", 0, 0, 0, 0, 2_000_000_000_000L)))
        .isEqualByComparingTo("0.001");
    assertThat(new String(Json.write(new Price("USD", 1, 1, 1, 1)), StandardCharsets.UTF_8))
        .doesNotContain("secondPico");
  }

  private static Traffic sample() {
    return new Traffic(
        "pod-1",
        1_760_000_000_000L,
        61_000,
        List.of(
            new RuleTraffic("shop/catalog", "products", 0, List.of(release(12, 1))),
            new RuleTraffic("shop/catalog", "moved", 7, List.of())),
        List.of(model(new Price("USD", 250_000, 25_000, 2_000_000, 0), 1), model(null, 2)),
        List.of(
            new CredentialState("shop/gpt", "0a1b", Verdict.REFUSED, "Incorrect API key provided."),
            new CredentialState("shop/llama", null, Verdict.ACCEPTED, null)),
        List.of(
            new ServedVersions(
                "KSERVE_V2 http://resnet:8080 resnet50",
                List.of("2", "1"),
                List.of("3", "2", "1"))));
  }

  private static ModelTraffic model(@Nullable Price price, long times) {
    return new ModelTraffic(
        "shop/gpt",
        price,
        new TokenCounts(300 * times, 20 * times, 70 * times, 3 * times),
        new TokenCounts(900 * times, 0, 210 * times, 9 * times));
  }

  @Test
  void modelsAreCountedUpAndTheDifferenceIsWhatHappened() {
    assertThat(model(null, 5).minus(model(null, 3))).isEqualTo(model(null, 2));
    assertThat(model(null, 3).plus(model(null, 2))).isEqualTo(model(null, 5));
    assertThat(model(null, 1).minus(model(null, 9)).spent()).isEqualTo(TokenCounts.NONE);
  }

  @Test
  void theMessageIsWhatItWas() throws IOException {
    ObjectMapper pretty = new ObjectMapper();
    String written =
        pretty
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(pretty.readTree(Json.write(sample())))
            + "\n";
    if (Boolean.getBoolean("warmgate.update")) {
      Files.writeString(GOLDEN, written);
    }
    assertThat(written).isEqualTo(Files.readString(GOLDEN));
    assertThat(Json.read(Files.readAllBytes(GOLDEN), Traffic.class)).isEqualTo(sample());
  }

  @Test
  void whatLacksCountsIsRefused() {
    String json = new String(Json.write(sample()), StandardCharsets.UTF_8);
    for (String count :
        List.of("\"fresh\":100,", "\"misses\":{\"EXPIRED\":20,\"UNCACHEABLE\":4},")) {
      assertThat(json).contains(count);
      byte[] without = json.replace(count, "").getBytes(StandardCharsets.UTF_8);
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> Json.read(without, Traffic.class));
    }
  }

  @Test
  void theHitRatioIsOfWhatACacheCouldAnswer() {
    ClientTraffic clients = release(0, 1).clients();
    assertThat(clients.hits()).isEqualTo(108);
    assertThat(clients.cacheable()).isEqualTo(132);
    assertThat(clients.requests()).isEqualTo(134);
    assertThat(clients.missed(Miss.EVICTED)).isZero();
  }

  @Test
  void whatHappenedBetweenIsTheDifference() {
    assertThat(release(12, 5).minus(release(12, 3))).isEqualTo(release(12, 2));
    assertThat(release(12, 3).plus(release(12, 2))).isEqualTo(release(12, 5));
  }

  @Test
  void countersThatBeganAnewAreTakenAsTheyAre() {
    assertThat(release(900, 1).minus(release(12, 3))).isEqualTo(release(900, 1));
  }

  /** Read one after the other, not at one moment. */
  @Test
  void nothingIsBelowZero() {
    ReleaseTraffic none = release(12, 1).minus(release(12, 2));
    assertThat(none.clients()).isEqualTo(ClientTraffic.NONE);
    assertThat(none.origin()).isEqualTo(OriginTraffic.NONE);
  }
}
