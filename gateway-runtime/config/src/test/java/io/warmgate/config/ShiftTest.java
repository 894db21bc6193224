package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShiftTest {
  private static Rule rule(String id) {
    return new Rule(
        id,
        List.of(new Match(new PathMatch(PathMatch.Type.PREFIX, "/"), List.of(), List.of(), null)),
        List.of(),
        List.of(new BackendRef("b", 1, "g")),
        null,
        new Timeouts(0, 0),
        new Retry(0, 0),
        null);
  }

  private static Shift shift(String to, int percent) {
    return new Shift("blue", to, List.of(rule("0")), percent, null, List.of());
  }

  private static Route route(Shift shift) {
    return new Route("shop/all", List.of("http"), List.of(), List.of(rule("0")), shift);
  }

  @Test
  void isReadAsItIsWritten() {
    Shift whole =
        new Shift(
            "blue",
            "green",
            List.of(rule("0"), rule("new")),
            30,
            new LoadBalancing.HashOn(LoadBalancing.HashOn.Source.COOKIE, "id"),
            List.of(new ValueMatch(ValueMatch.Type.EXACT, "x-canary", "yes")));
    for (Route route : List.of(route(whole), route(shift("green", 0)))) {
      assertThat(Json.read(Json.write(route), Route.class)).isEqualTo(route);
    }
    assertThat(route(whole).allRules()).extracting(Rule::id).containsExactly("0", "0", "new");
  }

  /** A runtime of before goes on reading what has one side. */
  @Test
  void whatSaysNothingIsNotWritten() {
    Route one = new Route("shop/all", List.of("http"), List.of(), List.of(rule("0")));
    assertThat(new String(Json.write(one), StandardCharsets.UTF_8)).doesNotContain("shift");
    assertThat(new String(Json.write(shift("green", 5)), StandardCharsets.UTF_8))
        .doesNotContain("hashOn", "headers\":[],\"percent", "\"headers\":[]}");
  }

  @Test
  void refusesWhatIsNoShift() {
    assertThatThrownBy(() -> shift("blue", 0)).hasMessageContaining("is the same release");
    assertThatThrownBy(() -> shift("green", 101)).hasMessageContaining("percent is 101");
    assertThatThrownBy(() -> shift("gre\"en", 1)).hasMessageContaining("to is no name");
  }
}
