package io.warmgate.server.handover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Json;
import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.Traffic;
import io.warmgate.server.admin.Certificates;
import io.warmgate.server.handover.HandoverCounts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which pod answers, whom it tells, and who may not. */
class HandoverTest extends BetweenPods {
  private Client.Answer blue(String... headers) throws Exception {
    return client.get("127.0.0.1", pods.port, "/a", headers);
  }

  private Client.Answer green(String... headers) throws Exception {
    return client.get("127.0.0.2", pods.port, "/a", headers);
  }

  private boolean goesToGreen(String... headers) throws Exception {
    long before = pods.green.count(Outcome.FROM_TAKEN);
    assertThat(blue(headers).status()).isEqualTo(200);
    return pods.green.count(Outcome.FROM_TAKEN) > before;
  }

  @Test
  void oneSideAloneAnswers() throws Exception {
    pods.serve(null);
    assertThat(goesToGreen()).isFalse();
    assertThat(Objects.requireNonNull(pods.blue.dataplane.served()).elsewhere()).isNull();
  }

  @Test
  void aShareIsTheOtherSides() throws Exception {
    pods.serve(TwoPods.percent(20));
    for (int i = 0; i < 1_000; i++) {
      assertThat(blue().status()).isEqualTo(200);
    }
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isBetween(130L, 270L);
    await()
        .until(() -> pods.blue.count(Outcome.TO_ANSWERED) == pods.green.count(Outcome.FROM_TAKEN));
    assertThat(green().status()).isEqualTo(200);
    assertThat(pods.blue.count(Outcome.FROM_TAKEN)).isZero();
  }

  @Test
  void aClientStays() throws Exception {
    pods.serve(TwoPods.percent(50, new HashOn(HashOn.Source.COOKIE, "session")));
    int there = 0;
    for (int i = 0; i < 60; i++) {
      String cookie = "a=b; session=s" + i;
      boolean first = goesToGreen("cookie", cookie);
      assertThat(goesToGreen("cookie", cookie)).isEqualTo(first);
      assertThat(goesToGreen("cookie", cookie)).isEqualTo(first);
      there += first ? 1 : 0;
    }
    assertThat(there).isBetween(12, 48);
  }

  @Test
  void atZeroItIsTurnedRound() throws Exception {
    pods.serve(TwoPods.percent(0));
    assertThat(green().body()).contains("x-forwarded-for: 127.0.0.1");
    assertThat(pods.blue.count(Outcome.FROM_TAKEN)).isEqualTo(1);
    assertThat(goesToGreen()).isFalse();
  }

  @Test
  void whatWasHandedOverIsNotHandedOn() throws Exception {
    pods.serveAt(pods.blue, TwoPods.percent(100));
    pods.serveAt(pods.green, TwoPods.percent(0));
    assertThat(blue().status()).isEqualTo(200);
    assertThat(green().status()).isEqualTo(200);
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isEqualTo(1);
    assertThat(pods.blue.count(Outcome.FROM_TAKEN)).isEqualTo(1);
    assertThat(origin.asked.get()).isEqualTo(2);
  }

  @Test
  void nobodyHandsOverWithoutTheToken() throws Exception {
    pods.serve(TwoPods.percent(100));
    for (String[] headers :
        List.of(
            new String[0],
            new String[] {HandedHead.TOKEN, "wrong"},
            new String[] {HandedHead.TOKEN, ""})) {
      Client.Answer answer = client.secure("127.0.0.2", pods.green.port, "/a", headers);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers().contains(HandedHead.ANSWERED)).isFalse();
    }
    assertThat(pods.green.count(Outcome.FROM_UNKNOWN)).isEqualTo(3);
    Client.Answer headless =
        client.secure("127.0.0.2", pods.green.port, "/a", HandedHead.TOKEN, TwoPods.TOKEN);
    assertThat(headless.status()).isEqualTo(503);
    assertThat(pods.green.count(Outcome.FROM_NOT_SERVED)).isEqualTo(1);
    assertThat(origin.asked.get()).isZero();
  }

  @Test
  void noClientSaysWhatPodsSay() throws Exception {
    String[] forged = {
      HandedHead.TOKEN,
      TwoPods.TOKEN,
      "warmgate-handover-listener",
      "web",
      "warmgate-handover-pod",
      "evil",
      "warmgate-handover-peer",
      "192.0.2.66",
      "warmgate-handover-version",
      "h2",
      "warmgate-handover-host",
      "evil.example.com"
    };
    for (var handover : List.of(TwoPods.percent(100), TwoPods.percent(0))) {
      pods.serve(handover);
      Client.Answer answer = blue(forged);
      assertThat(answer.body())
          .as("%s", answer)
          .contains("x-forwarded-for: 127.0.0.1", "via: 1.1 warmgate", "shop.example.com")
          .doesNotContain("evil", "192.0.2.66", "warmgate-handover", TwoPods.TOKEN);
    }
    pods.serve(null);
    Client.Answer answer = blue(forged);
    assertThat(answer.body())
        .as("%s", answer)
        .contains("x-forwarded-for: 127.0.0.1")
        .doesNotContain("evil", "192.0.2.66", "warmgate-handover", TwoPods.TOKEN);
  }

  @Test
  void itIsCountedWhereItIsAnswered() throws Exception {
    pods.serve(TwoPods.percent(100));
    assertThat(blue().status()).isEqualTo(200);
    await().until(() -> requests(pods.green) == 1);
    assertThat(requests(pods.blue)).isZero();
    assertThat(metrics(pods.green))
        .contains("warmgate_handover_requests_total{outcome=\"taken\",side=\"from\"} 1.0")
        .contains("warmgate_requests_total{listener=\"web\",reason=\"no-policy\"");
    assertThat(metrics(pods.blue))
        .contains("warmgate_handover_requests_total{outcome=\"answered\",side=\"to\"} 1.0")
        .doesNotContain("warmgate_requests_total{");
    await().until(() -> pods.blue.log().endsWith("}\n") && pods.green.log().endsWith("}\n"));
    assertThat(pods.blue.log())
        .contains("\"handedTo\":\"127.0.0.2:" + pods.green.port + "\"")
        .contains("\"reason\":\"handed-over\"", "\"status\":200")
        .doesNotContain("handedBy", "\"route\"");
    assertThat(pods.green.log())
        .contains("\"handedBy\":\"edge-blue-1\"", "\"client\":\"127.0.0.1\"")
        .contains("\"route\":\"shop/all\"", "\"protocol\":\"http/1.1\"")
        .doesNotContain("handedTo");
  }

  private static String metrics(SidePod pod) throws IOException {
    return pod.operator.get(AdminApi.METRICS).body();
  }

  private static long requests(SidePod pod) throws IOException {
    byte[] told = pod.operator.get(AdminApi.TRAFFIC).body().getBytes(UTF_8);
    return Json.read(told, Traffic.class).rules().stream().mapToLong(RuleTraffic::requests).sum();
  }

  @Test
  void withoutATokenThereIsNoPortUntilThereIsOne() throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    Path mounted = TwoPods.secret(other);
    Certificates.mint(mounted, "t0ken", 1);
    try (SidePod older = new SidePod(other, "edge-green-2", "127.0.0.3", "green")) {
      pods.serve(TwoPods.percent(100));
      pods.endpoints(List.of(), List.of(older.endpoint()));
      assertThat(blue().status()).isEqualTo(200);
      assertThat(pods.blue.count(Outcome.TO_UNREACHABLE)).isEqualTo(1);

      pods.serveAt(older, TwoPods.percent(100));
      TwoPods.copySecret(pods.greenSecret, mounted);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> blue().status() == 200 && older.count(Outcome.FROM_TAKEN) > 0);
    }
  }

  @Test
  void keysThatChangeAreUsed() throws Exception {
    pods.serve(TwoPods.percent(100));
    assertThat(goesToGreen()).isTrue();
    Path next = root.resolve("next");
    Certificates.mint(next, "t0ken", 2);
    Files.writeString(next.resolve(AdminApi.HANDOVER_TOKEN), "another");
    TwoPods.copySecret(next, pods.greenSecret);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> blue().status() == 200 && pods.blue.count(Outcome.TO_UNREACHABLE) > 0);
    TwoPods.copySecret(next, TwoPods.secret(root.resolve("blue")));
    await().atMost(Duration.ofSeconds(20)).until(() -> goesToGreen());
  }

  @Test
  void anotherTokenIsRefused() throws Exception {
    pods.serve(TwoPods.percent(100));
    Files.writeString(pods.greenSecret.resolve(AdminApi.HANDOVER_TOKEN), "another");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> blue().status() == 200 && pods.blue.count(Outcome.TO_REFUSED) > 0);
    assertThat(pods.green.count(Outcome.FROM_UNKNOWN)).isPositive();
    assertThat(pods.blue.count(Outcome.TO_BROKEN)).isZero();
  }
}
