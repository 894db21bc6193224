package io.warmgate.httpcache.entry;

import static io.warmgate.httpcache.Messages.MATERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialResponseTest {
  static final String WHOLE = "0123456789";

  static PartialResponse partial(Piece... pieces) {
    StoredResponse like = EntryFormatTest.RESPONSE;
    return new PartialResponse(
        FieldList.of("etag", "\"a\""),
        WHOLE.length(),
        List.of(pieces),
        like.validity(),
        like.provenance());
  }

  static Piece piece(int from, int to) {
    return new Piece(
        from, Bytes.of(WHOLE.substring(from, to + 1).getBytes(StandardCharsets.US_ASCII)));
  }

  private static String text(List<ByteBuffer> slices) {
    StringBuilder text = new StringBuilder();
    slices.forEach(slice -> text.append(StandardCharsets.US_ASCII.decode(slice)));
    return text.toString();
  }

  @Test
  void whatIsThereAndWhatIsNot() {
    PartialResponse entry = partial(piece(1, 2), piece(3, 4), piece(7, 8));
    assertThat(entry.holds(new Part(1, 4))).isTrue();
    assertThat(entry.holds(new Part(4, 5))).isFalse();
    assertThat(entry.missing(new Part(0, 9)))
        .containsExactly(new Part(0, 0), new Part(5, 6), new Part(9, 9));
    assertThat(entry.missing(new Part(5, 6))).containsExactly(new Part(5, 6));
    assertThat(text(entry.bytes(new Part(2, 3)))).isEqualTo("23");
    assertThat(text(entry.bytes(new Part(0, 9)))).isEqualTo("123478");
    assertThat(entry.storedBytes()).isEqualTo(6);
  }

  @Test
  void onePieceMore() {
    PartialResponse entry = partial(piece(1, 2), piece(7, 8)).plus(piece(0, 9), 100);
    assertThat(entry.isComplete()).isTrue();
    StoredResponse whole = entry.whole(MATERIAL);
    assertThat(new String(whole.whole().array(), StandardCharsets.US_ASCII)).isEqualTo(WHOLE);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(partial(piece(0, 8)).plus(piece(2, 3), 100)).isEqualTo(partial(piece(0, 8)));
  }

  @Test
  void whatHasNoRoomIsLeftOutAndWhatIsThereStays() {
    PartialResponse entry = partial(piece(4, 5)).plus(piece(0, 9), 5);
    assertThat(text(entry.bytes(new Part(0, 9)))).isEqualTo("01245");
    assertThat(entry.plus(piece(9, 9), 5)).isEqualTo(entry);
    assertThatIllegalStateException().isThrownBy(() -> entry.whole(MATERIAL));
  }

  /** A cut piece must not hold on to the memory of the whole one, which is not counted. */
  @Test
  void aCutPieceIsItsOwn() {
    PartialResponse entry = partial(piece(4, 5)).plus(piece(0, 5), 100);
    assertThat(entry.pieces())
        .extracting(piece -> piece.bytes().array().length)
        .containsExactly(4, 2);
  }

  @Test
  void piecesAreBounded() {
    int length = 10_000;
    PartialResponse entry = long10k(new Piece(0, Bytes.of(new byte[1])), length);
    for (int i = 2; i < length; i += 2) {
      entry = entry.plus(new Piece(i, Bytes.of(new byte[1])), length);
    }
    assertThat(entry.pieces()).hasSize(Pieces.MAX_RUNS);
    entry = long10k(new Piece(0, Bytes.of(new byte[1])), length);
    for (int i = 1; i < length - 1; i++) {
      entry = entry.plus(new Piece(i, Bytes.of(new byte[1])), length);
      assertThat(entry.pieces()).hasSizeLessThanOrEqualTo(Pieces.MAX_PIECES);
    }
    assertThat(entry.holds(new Part(0, length - 2))).isTrue();
  }

  private static PartialResponse long10k(Piece piece, int length) {
    StoredResponse like = EntryFormatTest.RESPONSE;
    return new PartialResponse(
        like.fields(), length, List.of(piece), like.validity(), like.provenance());
  }

  @Test
  void whatIsNoneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> partial());
    assertThatIllegalArgumentException().isThrownBy(() -> partial(piece(3, 4), piece(4, 5)));
    assertThatIllegalArgumentException().isThrownBy(() -> partial(piece(3, 4), piece(0, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> partial(new Piece(9, Bytes.of(new byte[2]))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Piece(0, Bytes.EMPTY));
    assertThatIllegalArgumentException().isThrownBy(() -> new Piece(-1, Bytes.of(new byte[1])));
  }

  @Test
  void itsBytesAreItsWeight() {
    long one = partial(piece(0, 0)).weight();
    assertThat(partial(piece(0, 8)).weight() - one).isEqualTo(8);
    assertThat(partial(piece(0, 0), piece(5, 5)).weight() - one).isGreaterThan(64);
  }
}
