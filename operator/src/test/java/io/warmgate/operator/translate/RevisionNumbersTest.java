package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.PodState;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A number is given once, and what pods cannot be brought to is minted anew. */
class RevisionNumbersTest {
  private static final Snapshot BASE = Snapshots.of(List.of());
  private static final GatewayConfig CONFIG =
      Objects.requireNonNull(Translator.translate(BASE).config());
  private static final Revision SEVENTH = Revision.of(7, CONFIG);
  private static final WrittenRevisions WRITTEN = written(7, 7);

  private static WrittenRevisions written(long current, long acknowledged) {
    return new WrittenRevisions(new MintedRevision(SEVENTH, CONFIG), current, acknowledged);
  }

  private static Snapshot snapshot(WrittenRevisions written, PodSeen... pods) {
    Fleet fleet = BASE.fleet();
    return new Snapshot(
        BASE.gateway(),
        BASE.attachments(),
        BASE.references(),
        new Fleet(written, fleet.heldValues(), List.of(pods), fleet.workload()),
        BASE.facts());
  }

  private static PodSeen serving(long number, String hash, PodState.@Nullable Refused refused) {
    PodState state =
        new PodState(
            "uid",
            0,
            List.of(1),
            new PodState.Served(number, hash),
            refused,
            true,
            true,
            false,
            0,
            null,
            List.of());
    return new PodSeen("edge-1", "uid", true, state, null, refused);
  }

  /** Null: nothing is minted. */
  private static @Nullable Long minted(Snapshot snapshot) {
    return Minting.next(snapshot, CONFIG) instanceof Minting.Minted(MintedRevision next)
        ? (Long) next.number()
        : null;
  }

  @Test
  void whatStandsIsNotMintedAgain() {
    assertThat(minted(snapshot(WRITTEN, serving(7, SEVENTH.hash(), null)))).isNull();
    assertThat(minted(snapshot(WRITTEN, serving(6, "earlier", null)))).isNull();
  }

  @Test
  void theFirstIsOne() {
    assertThat(minted(snapshot(WrittenRevisions.none()))).isEqualTo(1);
  }

  @Test
  void anUnreadableRevisionKeepsItsNumberThoughNoPodWasHeardYet() {
    PodSeen unheard = new PodSeen("edge-1", "uid", true, null, "was not asked yet", null);
    assertThat(minted(snapshot(written(8, 7), unheard))).isEqualTo(9);
    assertThat(minted(snapshot(new WrittenRevisions(null, 8, 0), unheard))).isEqualTo(9);
  }

  @Test
  void whatPodsStartFromIsWrittenAgainWhereItIsGone() {
    assertThat(minted(snapshot(written(0, 7), serving(7, SEVENTH.hash(), null)))).isEqualTo(8);
  }

  @Test
  void aPodsLaterRevisionIsPassed() {
    assertThat(minted(snapshot(WRITTEN, serving(9, "later", null)))).isEqualTo(10);
  }

  @Test
  void anotherContentUnderTheSameNumberIsPassed() {
    assertThat(minted(snapshot(WRITTEN, serving(7, "another", null)))).isEqualTo(8);
  }

  @Test
  void aRefusedNumberIsNotGivenAgain() {
    var refused = new PodState.Refused(11, "hash", "", "is not liked");
    PodSeen pod = serving(9, "later", refused);
    assertThat(minted(snapshot(WRITTEN, pod))).isEqualTo(12);
    assertThat(minted(snapshot(WRITTEN, serving(7, SEVENTH.hash(), refused)))).isNull();
  }
}
