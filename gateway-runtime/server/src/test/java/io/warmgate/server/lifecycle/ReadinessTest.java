package io.warmgate.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Revision;
import io.warmgate.server.TestConfigs;
import io.warmgate.server.lifecycle.Readiness.Heard;
import io.warmgate.server.revision.RevisionLedger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
  private static final RevisionLedger NONE = RevisionLedger.empty(TestConfigs.GATEWAY);
  private static final RevisionLedger FIVE = NONE.taken(revision(5));

  @Test
  void withoutARevisionNeverReady() {
    assertThat(starting().unmet(NONE, true, START.plusSeconds(60)))
        .containsExactly("serves no revision");
    assertThat(
            starting()
                .unmet(
                    NONE.refused(revision(5), new ConfigException("routes", "is wrong")),
                    true,
                    START))
        .containsExactly("serves no revision: refused 5, routes is wrong");
  }

  @Test
  void aStartingPodWaitsForTheOperator() {
    assertThat(starting().unmet(FIVE, true, START.plusMillis(9_999)))
        .containsExactly("waits for the operator to confirm revision 5");
    assertThat(heard(6).unmet(FIVE, true, START.plusSeconds(2)))
        .containsExactly("serves revision 5, and the operator's current one is 6");
    assertThat(heard(5).unmet(FIVE, true, START.plusSeconds(2))).isEmpty();
  }

  @Test
  void aSilentOperatorKeepsNobodyFromStarting() {
    assertThat(starting().unmet(FIVE, true, START.plusSeconds(10))).isEmpty();
    assertThat(heard(6).unmet(FIVE, true, START.plusSeconds(10))).isNotEmpty();
    assertThat(heard(6).unmet(FIVE, true, START.plusSeconds(11))).isEmpty();
  }

  @Test
  void aPodThatRefusedTheCurrentOneServesWhatRanBefore() {
    RevisionLedger refused = FIVE.refused(revision(6), new ConfigException("", "is wrong"));
    assertThat(heard(6).unmet(refused, true, START.plusSeconds(2))).isEmpty();
    assertThat(heard(7).unmet(refused, true, START.plusSeconds(2))).isNotEmpty();
  }

  @Test
  void confirmedOnceIsConfirmed() {
    Readiness confirmed = new Readiness(START, true, new Heard(9, START), false);
    assertThat(confirmed.unmet(FIVE, true, START.plusSeconds(1))).isEmpty();
  }

  @Test
  void theLogAndDrainingCountAlways() {
    Readiness draining = new Readiness(START, true, null, true);
    assertThat(draining.unmet(FIVE, false, START))
        .containsExactly("has not read the invalidation log to its end", "is draining");
  }

  private static Readiness starting() {
    return new Readiness(START, false, null, false);
  }

  private static Readiness heard(long revision) {
    return new Readiness(START, false, new Heard(revision, START.plusSeconds(1)), false);
  }

  private static Revision revision(long number) {
    return Revision.of(number, TestConfigs.proxy(8080, 1, "g1"));
  }
}
