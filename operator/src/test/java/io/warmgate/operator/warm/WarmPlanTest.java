package io.warmgate.operator.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.WarmRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmPlanTest {
  static WarmRequest get(String target) {
    return new WarmRequest("GET", "http", "shop.test", target, List.of());
  }

  private static HotRequests pod(double total, double partitioned, HotRequests.Hot... hot) {
    return new HotRequests("shop/catalog", total, partitioned, List.of(hot));
  }

  private static HotRequests.Hot hot(String target, double weight) {
    return new HotRequests.Hot(get(target), weight);
  }

  @Test
  void theHeaviestOfAllPods() {
    WarmPlan plan =
        WarmPlan.of(
            List.of(
                pod(100, 10, hot("/a", 50), hot("/b", 10)),
                pod(60, 0, hot("/b", 45), hot("/c", 5))),
            2);
    assertThat(plan.keys())
        .containsExactly(new WarmPlan.Key(get("/b"), 55), new WarmPlan.Key(get("/a"), 50));
    assertThat(plan.total()).isEqualTo(160);
    assertThat(plan.listed()).isEqualTo(110);
    assertThat(plan.notWarmablePercent()).isEqualTo(6);
  }

  @Test
  void whatIsListedComesAfterWhatClientsAskFor() {
    WarmPlan plan =
        WarmPlan.of(
            List.of(pod(100, 0, hot("/a", 50), hot("/b", 30))),
            1,
            List.of(get("/new"), get("/b"), get("/a"), get("/new")));
    assertThat(plan.keys())
        .containsExactly(
            new WarmPlan.Key(get("/a"), 50),
            new WarmPlan.Key(get("/new"), 0),
            new WarmPlan.Key(get("/b"), 30));
    assertThat(plan.coveragePercent(80, 0.8)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    // total, partitioned, listed, certified, hit ratio, coverage
    "1000, 0, 900, 900, 0.9, 100",
    "1000, 0, 900, 450, 0.9, 50",
    "1000, 0, 900, 899, 0.9, 99",
    "1000, 0, 900, 950, 0.9, 100",
    "1000, 500, 450, 450, 0.9, 100",
    "1000, 0, 900, 450, -1, 50",
    "0, 0, 0, 0, -1, 100",
    "1000, 0, 900, 0, 0, 100",
    "1000, 1000, 0, 0, 0.9, 100",
  })
  void coverage(
      double total,
      double partitioned,
      double listed,
      double certified,
      double hitRatio,
      int percent) {
    WarmPlan plan = new WarmPlan(List.of(), total, partitioned, listed);
    assertThat(plan.coveragePercent(certified, hitRatio)).isEqualTo(percent);
  }
}
