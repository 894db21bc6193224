package io.warmgate.httpcache.entry;

import static io.warmgate.httpcache.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.purge.Position;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredResponseTest {
  private static Validity validity(long sent) {
    return new Validity(sent, NOW, 5_000, 60_000, StaleWindows.NONE, Set.of());
  }

  private static StoredResponse response(long position, long sent) {
    return new StoredResponse(
        200,
        FieldList.of("ab", "cde", "f", ""),
        Bytes.of(new byte[1000]),
        validity(sent),
        new Provenance(Bytes.of(new byte[30]), "g", Position.local(position), List.of("t", "u2")));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 2, 4, true",
    "2, 4, 1, 5, false",
    "1, 4, 1, 5, true",
    "1, 5, 1, 5, false",
    "1, 5, 1, 4, false",
  })
  void byPositionThenByWhenItWasAsked(
      long position, long sent, long otherPosition, long otherSent, boolean older) {
    assertThat(response(position, sent).isOlderThan(response(otherPosition, otherSent)))
        .isEqualTo(older);
  }

  @Test
  void weighsItsBodyFieldsKeyAndTags() {
    assertThat(response(0, 0).weight())
        .isEqualTo(256 + 1000 + 30 + (64 + 5) + (64 + 1) + (32 + 1) + (32 + 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100, 199, 1000})
  void onlyFinalStatuses(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StoredResponse(
                    status, FieldList.EMPTY, Bytes.EMPTY, validity(0), response(0, 0).provenance()))
        .withMessageContaining(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 999})
  void theLeastAndTheGreatestStatus(int status) {
    StoredResponse like = response(0, 0);
    assertThat(
            new StoredResponse(
                    status, like.fields(), like.body(), like.validity(), like.provenance())
                .status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    // ended how long after it came, its lifetime then
    "0, 5000",
    "-9000, 0",
    "-5000, 0",
    "10000, 15000",
    "54999, 59999",
    "55000, 60000",
    "99000, 60000",
  })
  void whatEndsNoLongerIsFresh(long after, long lifetime) {
    Validity ended = validity(0).endedAt(NOW + after);
    assertThat(ended.lifetimeMillis()).isEqualTo(lifetime);
    assertThat(ended.initialAgeMillis()).isEqualTo(5_000);
    StoredResponse stale = response(3, 4).staleSince(NOW + after);
    assertThat(stale.validity()).isEqualTo(validity(4).endedAt(NOW + after));
    assertThat(stale.provenance()).isEqualTo(response(3, 4).provenance());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, requestMillis",
    "0, -1, 0, 0, responseMillis",
    "0, 0, -1, 0, initialAgeMillis",
    "0, 0, 0, -1, lifetimeMillis",
  })
  void noTimeIsNegative(long request, long response, long age, long lifetime, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Validity(request, response, age, lifetime, StaleWindows.NONE, Set.of()))
        .withMessageContaining(what);
  }

  @Test
  void noWindowIsNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new StaleWindows(-1L, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new StaleWindows(null, -1L));
    assertThat(new StaleWindows(0L, 0L).ifErrorMillis()).isZero();
  }
}
