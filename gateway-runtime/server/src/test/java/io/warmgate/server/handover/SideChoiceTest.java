package io.warmgate.server.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Handover;
import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.config.ValueMatch;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers, without a request on a wire. */
class SideChoiceTest {
  private static final HashOn SESSION = new HashOn(HashOn.Source.HEADER, "session");

  private static HttpServerRequest request(MultiMap headers) {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            SideChoiceTest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "headers" -> headers;
                  case "getHeader" -> headers.get((String) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  private static Handover percent(int percent, @Nullable HashOn on, ValueMatch... headers) {
    return new Handover("blue", "green", percent, on, List.of(headers));
  }

  private static boolean takes(SideChoice choice, MultiMap headers, int chance) {
    return choice.takes(request(headers), "10.0.0.1", () -> chance);
  }

  @ParameterizedTest
  @CsvSource({
    "blue,  0,   ",
    "blue,  1,   green",
    "blue,  100, green",
    "green, 0,   blue",
    "green, 1,   ",
    "green, 100, ",
    "red,   0,   ",
    "red,   100, ",
    ",      100, "
  })
  void whoHandsOverToWhom(@Nullable String own, int percent, @Nullable String to) {
    SideChoice choice = SideChoice.of(own, percent(percent, null));
    assertThat(choice == null ? null : choice.side()).isEqualTo(to);
  }

  @Test
  void oneSideAloneHandsNothingOver() {
    assertThat(SideChoice.of("blue", null)).isNull();
  }

  @Test
  void aShareIsDrawn() {
    SideChoice choice = Objects.requireNonNull(SideChoice.of("blue", percent(10, null)));
    assertThat(takes(choice, headers(), 999)).isTrue();
    assertThat(takes(choice, headers(), 1_000)).isFalse();
  }

  @Test
  void allAreAll() {
    SideChoice all = Objects.requireNonNull(SideChoice.of("blue", percent(100, SESSION)));
    SideChoice back = Objects.requireNonNull(SideChoice.of("green", percent(0, SESSION)));
    assertThat(takes(all, headers(), 9_999)).isTrue();
    assertThat(takes(back, headers(), 9_999)).isTrue();
  }

  @Test
  void namedRequestsGoWhateverTheShare() {
    ValueMatch tester = new ValueMatch(ValueMatch.Type.EXACT, "x-tester", "yes");
    ValueMatch eu = new ValueMatch(ValueMatch.Type.REGULAR_EXPRESSION, "x-region", "eu-.*");
    SideChoice choice = Objects.requireNonNull(SideChoice.of("blue", percent(1, null, tester, eu)));
    MultiMap both = headers().add("X-Tester", "yes").add("X-Region", "eu-1");
    assertThat(takes(choice, both, 9_999)).isTrue();
    assertThat(takes(choice, headers().add("x-tester", "yes"), 9_999)).isFalse();
    assertThat(takes(choice, headers(), 0)).isTrue();
    assertThat(SideChoice.of("blue", percent(0, null, tester))).isNull();
  }

  @Test
  void aClientStaysAndOnlyMovesOneWay() {
    int[] counts = new int[101];
    for (int client = 0; client < 2_000; client++) {
      MultiMap session = headers().add("session", "s" + client);
      boolean before = false;
      for (int percent = 1; percent < 100; percent += 7) {
        SideChoice choice =
            Objects.requireNonNull(SideChoice.of("blue", percent(percent, SESSION)));
        boolean now = takes(choice, session, 0);
        assertThat(now).isEqualTo(takes(choice, session, 9_999));
        assertThat(before && !now).isFalse();
        before = now;
        counts[percent] += now ? 1 : 0;
      }
    }
    assertThat(counts[8]).isBetween(100, 220);
    assertThat(counts[50]).isBetween(900, 1_100);
  }

  @Test
  void inTheNextRolloutOthersGoFirst() {
    SideChoice one = Objects.requireNonNull(SideChoice.of("blue", percent(10, SESSION)));
    SideChoice next =
        Objects.requireNonNull(
            SideChoice.of("blue", new Handover("blue", "red", 10, SESSION, List.of())));
    int both = 0;
    for (int client = 0; client < 10_000; client++) {
      MultiMap session = headers().add("session", "s" + client);
      both += takes(one, session, 0) && takes(next, session, 0) ? 1 : 0;
    }
    assertThat(both).isBetween(50, 160);
  }

  @Test
  void anExpressionThatIsNoneIsRefused() {
    ValueMatch wrong = new ValueMatch(ValueMatch.Type.REGULAR_EXPRESSION, "a", "(");
    assertThatThrownBy(() -> SideChoice.of("blue", percent(1, null, wrong)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("handover.headers[0].value");
  }
}
