package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.Containment;
import io.warmgate.operator.status.RolloutStatuses;
import io.warmgate.operator.status.StatusReport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What one change costs among 3,000 routes. */
class ScaleTest {
  private static final int ROUTES = 3_000;
  private static final int ROUNDS = 80;

  @Test
  void threeThousandRoutes() {
    Snapshot snapshot = Snapshots.of(routes());
    List<Long> translating = new ArrayList<>();
    List<Long> reporting = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpuNanos();
      Translation translation = Translator.translate(snapshot);
      translating.add(cpuNanos() - start);
      start = cpuNanos();
      StatusReport report =
          StatusReport.of(
              snapshot,
              translation,
              new Minting.Unchanged(),
              Containment.nothing().with(1, snapshot, translation.inclusion()),
              RolloutStatuses.none(),
              Instant.EPOCH);
      reporting.add(cpuNanos() - start);
      assertThat(report.routes()).hasSize(ROUTES);
      assertThat(translation.findings()).isEmpty();
    }
    byte[] revision =
        Revision.of(1, Objects.requireNonNull(Translator.translate(snapshot).config())).toJson();
    System.out.printf(
        "%d routes: translated in %s, reported in %s of CPU (medians, warm), a revision of %d"
            + " KiB%n",
        ROUTES, median(translating), median(reporting), revision.length >> 10);
    assertThat(revision.length).isLessThan(Minting.MAX_BYTES);
    assertThat(median(translating)).isLessThan(Duration.ofMillis(250));
  }

  private static List<ApiRoute> routes() {
    List<ApiRoute> routes = new ArrayList<>();
    for (int i = 0; i < ROUTES; i++) {
      routes.add(
          Snapshots.route(
              "route-" + i,
              """
              hostnames: [h%d.example.com], rules: [
                {matches: [{path: {value: /a}}, {path: {type: RegularExpression, value: "/b/[0-9]+"}}],
                 backendRefs: [{name: catalog, port: 8080}], timeouts: {request: 10s}},
                {matches: [{path: {value: /c}}], backendRefs: [{url: "http://o%d.example.com"}]}]
              """
                  .formatted(i, i)));
    }
    return routes;
  }

  /** CPU time of this thread: what else the machine does is not counted. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Of the second half, when the JVM is warm. */
  private static Duration median(List<Long> nanos) {
    return Duration.ofNanos(nanos.stream().skip(ROUNDS / 2).sorted().toList().get(ROUNDS / 4));
  }
}
