package io.warmgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.server.routing.Sides.Half;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is on which side, by share. */
class SidesTest {
  private static final HashOn COOKIE = new HashOn(HashOn.Source.COOKIE, "id");
  private static final int CLIENTS = 20_000;

  private static Set<Integer> others(String route, int percent) {
    Sides sides = new Sides(route, "blue", "green", percent, COOKIE, List.of());
    Set<Integer> others = new HashSet<>();
    for (int client = 0; client < CLIENTS; client++) {
      Half half =
          sides.byShare(
              Hash.of("client-" + client),
              () -> {
                throw new AssertionError("there is a hash");
              });
      if (half == Half.OTHER) {
        others.add(client);
      }
    }
    return others;
  }

  @Test
  void aGrowingPercentMovesClientsOneWay() {
    Set<Integer> before = others("shop/a", 0);
    assertThat(before).isEmpty();
    for (int percent = 1; percent <= 100; percent++) {
      Set<Integer> now = others("shop/a", percent);
      assertThat(now.containsAll(before)).isTrue();
      assertThat(now.size())
          .isBetween((percent - 2) * CLIENTS / 100, (percent + 2) * CLIENTS / 100);
      before = now;
    }
    assertThat(before).hasSize(CLIENTS);
  }

  @Test
  void eachRouteTriesItsNewReleaseOnOtherClients() {
    Set<Integer> both = others("shop/a", 10);
    both.retainAll(others("shop/b", 10));
    assertThat(both.size()).isBetween(CLIENTS / 200, CLIENTS / 50);
  }

  @Test
  void withoutAValueToHashChanceDecides() {
    Sides sides = new Sides("shop/a", "blue", "green", 30, null, List.of());
    assertThat(sides.byShare(0, () -> 2_999)).isEqualTo(Half.OTHER);
    assertThat(sides.byShare(0, () -> 3_000)).isEqualTo(Half.OWN);
  }
}
