package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.warmgate.operator.check.AddressRule;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.check.HostNames;
import io.warmgate.operator.rollout.Course;
import io.warmgate.operator.rollout.Observing;
import io.warmgate.operator.rollout.RolloutSettings.Analysis;
import io.warmgate.operator.rollout.RolloutSettings.Check;
import io.warmgate.operator.rollout.RolloutSettings.OnInconclusive;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Shifting;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Verdict;
import io.warmgate.operator.rollout.Verifying;
import io.warmgate.operator.rollout.Warming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a rollout's check is asked. */
class UserCheckTest {
  private static final Instant BEGAN = Instant.parse("2026-11-26T10:00:00Z");
  private static final Course COURSE = new Course("blue", "green", BEGAN, false, null);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger status = new AtomicInteger(200);
  private final Checks checks = new Checks(new HostNames(null), AddressRule.LOOPBACK_ALLOWED);
  private final UserCheck check = new UserCheck(checks);

  @SuppressWarnings("NullAway") // before each test
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    check.close();
    checks.close();
    server.stop(0);
  }

  private Analysis analysis(@Nullable Check with) {
    return new Analysis(Duration.ofSeconds(10), 1, 20, 80, OnInconclusive.PROMOTE, with);
  }

  private Verdict look(RolloutState state, int second) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return check.verdict(
        state, analysis(new Check(url, Duration.ofSeconds(5), 200)), BEGAN.plusSeconds(second));
  }

  /** The first word that is not that it is being asked. */
  private Verdict hear(RolloutState state, int second) {
    return await().until(() -> look(state, second), any -> !(any instanceof Verdict.Pending));
  }

  private static Shifting shifting(int step, @Nullable Instant taken) {
    return new Shifting(COURSE, BEGAN, step, 0, 50, taken);
  }

  @Test
  void beforeThereIsTrafficAndOnceAWindow() {
    Verifying verifying = new Verifying(COURSE, BEGAN);
    assertThat(look(verifying, 0)).isEqualTo(new Verdict.Pending());
    assertThat(hear(verifying, 1)).isEqualTo(new Verdict.Good());
    assertThat(asked).hasValue(1);
    Shifting first = shifting(0, BEGAN);
    assertThat(look(first, 2)).as("another state").isEqualTo(new Verdict.Pending());
    assertThat(hear(first, 3)).isEqualTo(new Verdict.Good());
    assertThat(look(first, 11)).isEqualTo(new Verdict.Good());
    assertThat(asked).hasValue(2);
    assertThat(look(first, 12)).as("a window has passed").isEqualTo(new Verdict.Pending());
    status.set(409);
    assertThat(hear(shifting(1, BEGAN), 13)).isEqualTo(new Verdict.Bad("its check answered 409"));
    assertThat(hear(new Observing(COURSE, BEGAN), 14)).isInstanceOf(Verdict.Bad.class);
  }

  @Test
  void anAnswerThatTookLongerThanAWindowCounts() {
    Observing observing = new Observing(COURSE, BEGAN);
    look(observing, 0);
    await().until(() -> asked.get() == 1);
    assertThat(hear(observing, 60)).isEqualTo(new Verdict.Good());
    assertThat(asked).hasValue(1);
  }

  @Test
  void notWhereNothingIsJudged() {
    for (RolloutState state :
        List.of(
            Steady.at("blue"),
            new Warming(COURSE, BEGAN),
            shifting(0, null),
            new Verifying(new Course("blue", "green", BEGAN, false, BEGAN), BEGAN))) {
      assertThat(look(state, 0)).as("%s", state).isEqualTo(new Verdict.Good());
    }
    assertThat(check.verdict(new Verifying(COURSE, BEGAN), analysis(null), BEGAN))
        .isEqualTo(new Verdict.Good());
    assertThat(asked).hasValue(0);
  }
}
