package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownVersionsTest {
  private final KnownVersions versions = new KnownVersions();

  @BeforeEach
  void read() {
    boolean _ = versions.shows("5");
    versions.reading();
  }

  @Test
  void whatWasReadIsNoNews() {
    assertThat(versions.upToDate()).isTrue();
    assertThat(versions.shows("5")).isFalse();
  }

  @Test
  void somebodyElsesWriteIsNews() {
    assertThat(versions.shows("6")).isTrue();
    assertThat(versions.upToDate()).isFalse();
    versions.reading();
    assertThat(versions.upToDate()).isTrue();
  }

  @Test
  void onesOwnWriteIsNoneThoughItIsShownBeforeItsAnswer() {
    versions.writing();
    assertThat(versions.shows("7")).isFalse();
    versions.wrote("7");
    versions.ended();
    assertThat(versions.upToDate()).isTrue();
    assertThat(versions.shows("7")).isFalse();
  }

  @Test
  void somebodyElsesRightAfterItIsFoundWhenItIsOver() {
    versions.writing();
    assertThat(versions.shows("8")).isFalse();
    versions.wrote("7");
    versions.ended();
    assertThat(versions.upToDate()).isFalse();
  }

  @Test
  void aWriteThatFailedLeavesNothingKnown() {
    versions.writing();
    versions.ended();
    assertThat(versions.upToDate()).isFalse();
  }

  @Test
  void aDeletionIsNews() {
    assertThat(versions.shows(null)).isTrue();
    assertThat(versions.upToDate()).isFalse();
  }
}
