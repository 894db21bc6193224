package io.warmgate.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.warmgate.config.Consumer;
import io.warmgate.server.exchange.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {
  private static final Consumer ACME =
      new Consumer("shop/acme", List.of(), List.of(), List.of(), List.of(), List.of());

  private static MultiMap fields(String... all) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < all.length; i += 2) {
      fields.add(all[i], all[i + 1]);
    }
    return fields;
  }

  private static Caller caller(@Nullable Consumer consumer, String subject) {
    return new Caller(consumer, subject, Map.of());
  }

  private static String of(Caller caller, String... all) {
    return Partition.of(caller, fields(all), "idempotency-token", null);
  }

  private static String nobody(String... all) {
    return of(Caller.NOBODY, all);
  }

  /** A key or token that is rotated between two tries changes nothing. */
  @Test
  void whoWasVerifiedIsWhoItIsWhateverItShows() {
    assertThat(of(caller(ACME, "shop/acme"), "x-api-key", "one"))
        .isEqualTo(of(caller(ACME, "shop/acme"), "x-api-key", "two", "cookie", "a=b"));
  }

  @Test
  void callersAreApartUsersOfOneConsumerToo() {
    assertThat(
            List.of(
                of(caller(ACME, "issuer 1")),
                of(caller(ACME, "issuer 2")),
                of(caller(null, "issuer 1")),
                nobody("authorization", "issuer 1"),
                nobody()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "Cookie",
        "X-API-Key",
        "X-Auth-Token",
        "x-session-id",
        "Proxy-Authorization",
        "x-user-token",
        "x-amz-security-token"
      })
  void whatMayBeACredentialTellsNobodiesApart(String field) {
    assertThat(nobody(field, "one")).isNotEqualTo(nobody(field, "two")).isNotEqualTo(nobody());
    assertThat(nobody(field, "one")).isEqualTo(nobody(field, "one", "accept", "text/html"));
  }

  @Test
  void aCertificateDoesToo() {
    String one = Partition.of(Caller.NOBODY, fields(), "", "01");
    assertThat(one)
        .isNotEqualTo(Partition.of(Caller.NOBODY, fields(), "", "02"))
        .isNotEqualTo(nobody());
  }

  @Test
  void whoShowsNothingIsOneOfMany() {
    assertThat(nobody("accept", "a", "user-agent", "b", "Idempotency-Token", "c", "host", "d"))
        .isEqualTo(nobody());
  }

  @Test
  void noValuePassesForTwo() {
    assertThat(nobody("cookie", "a", "cookie", "b"))
        .isNotEqualTo(nobody("cookie", "ab"))
        .isNotEqualTo(nobody("cookie", "a"));
  }
}
