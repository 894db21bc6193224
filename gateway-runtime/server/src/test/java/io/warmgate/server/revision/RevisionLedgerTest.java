package io.warmgate.server.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.PodState;
import io.warmgate.server.TestConfigs;
import io.warmgate.server.revision.RevisionLedger.Verdict;
import org.junit.jupiter.api.Test;

class RevisionLedgerTest {
  private final ConfigException wrong = new ConfigException("routes", "is wrong");
  private final RevisionLedger empty = RevisionLedger.empty(TestConfigs.GATEWAY);

  @Test
  void theFirstIsTakenWhateverItsNumber() {
    assertThat(empty.judge(revision(7))).isEqualTo(new Verdict.Take());
  }

  @Test
  void onlyAHigherNumberIsTaken() {
    RevisionLedger serving = empty.taken(revision(5));
    assertThat(serving.judge(revision(6))).isEqualTo(new Verdict.Take());
    assertThat(serving.judge(revision(5))).isEqualTo(new Verdict.Serving());
    assertThat(serving.judge(revision(4)))
        .isEqualTo(new Verdict.Reject("OldRevision", "number", "is 4, and 5 is served"));
  }

  @Test
  void aNumberHasOneContent() {
    assertThat(empty.taken(revision(5)).judge(other(5)))
        .isInstanceOfSatisfying(
            Verdict.Reject.class, no -> assertThat(no.reason()).isEqualTo("NumberTaken"));
  }

  @Test
  void anotherGatewaysIsNotTaken() {
    assertThat(RevisionLedger.empty("another").judge(revision(1)))
        .isInstanceOfSatisfying(
            Verdict.Reject.class, no -> assertThat(no.reason()).isEqualTo("WrongGateway"));
  }

  @Test
  void aRefusalIsKeptUntilANewerOneIsServed() {
    RevisionLedger refused = empty.taken(revision(5)).refused(revision(7), wrong);
    assertThat(refused.served()).extracting(PodState.Served::number).isEqualTo(5L);
    assertThat(refused.refused()).extracting(PodState.Refused::number).isEqualTo(7L);
    assertThat(refused.taken(revision(6)).refused())
        .extracting(PodState.Refused::problem)
        .isEqualTo("is wrong");
    assertThat(refused.taken(revision(7)).refused()).isNull();
    assertThat(refused.refused(revision(6), wrong)).isEqualTo(refused);
  }

  @Test
  void aRefusedOneMayBeTriedAgain() {
    assertThat(empty.refused(revision(7), wrong).judge(revision(7))).isEqualTo(new Verdict.Take());
  }

  private static Revision revision(long number) {
    return Revision.of(number, TestConfigs.proxy(8080, 1, "g1"));
  }

  private static Revision other(long number) {
    return Revision.of(number, TestConfigs.proxy(8081, 1, "g1"));
  }
}
