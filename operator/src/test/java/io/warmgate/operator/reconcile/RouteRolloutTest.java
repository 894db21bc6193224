package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.operator.check.AddressRule;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.check.HostNames;
import io.warmgate.operator.rollout.Course;
import io.warmgate.operator.rollout.Observing;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Shifting;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Warming;
import io.warmgate.operator.source.WarmSources;
import io.warmgate.operator.translate.RouteMemo;
import io.warmgate.operator.translate.RouteRelease;
import io.warmgate.operator.translate.Snapshots;
import io.warmgate.operator.translate.Translator;
import io.warmgate.operator.warm.WarmTarget;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept warm in which state. */
class RouteRolloutTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Course COURSE = new Course("blue", "green", NOW, false, null);

  private static RouteRelease release() {
    var route = Snapshots.route("catalog", "rules: [{backendRefs: [{name: catalog, port: 8080}]}]");
    return Objects.requireNonNull(
        Translator.translate(Snapshots.of(List.of(route)), Map.of(), null, new RouteMemo())
            .releases()
            .get("shop/catalog"));
  }

  private static @Nullable String name(@Nullable WarmTarget target) {
    return target == null ? null : target.release();
  }

  private static List<@Nullable String> warm(RolloutState state) {
    try (var checks = new Checks(new HostNames(null), AddressRule.LOOPBACK_ALLOWED);
        var rollout =
            new RouteRollout("uid", "shop/catalog", state, Uncounted::new, new UserCheck(checks))) {
      var all = WarmTarget.Reach.ALL_PODS;
      return Arrays.asList(
          name(rollout.warm(release(), all, WarmSources.Wanted.NOTHING)),
          name(rollout.warmWayBack(release(), all, WarmSources.Wanted.NOTHING)));
    }
  }

  @Test
  void whoeverIsToTakeOverIsWarmAndSoIsTheWayBack() {
    assertThat(warm(new Warming(COURSE, NOW))).containsExactly("green", null);
    assertThat(warm(new Shifting(COURSE, NOW, 0, 0, 90, null))).containsExactly("green", "blue");
    assertThat(warm(new Observing(COURSE, NOW))).containsExactly("blue", null);
    assertThat(warm(new Steady("green", new Steady.Previous("blue", NOW), null)))
        .containsExactly("blue", null);
    assertThat(warm(Steady.at("green"))).containsExactly(null, null);
  }
}
