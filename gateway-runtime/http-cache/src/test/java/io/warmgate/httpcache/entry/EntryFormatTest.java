package io.warmgate.httpcache.entry;

import static io.warmgate.httpcache.Messages.MATERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.httpcache.key.SearchVariance.Names;
import io.warmgate.httpcache.key.SearchVariance.Order;
import io.warmgate.httpcache.purge.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class EntryFormatTest {
  static final StoredResponse RESPONSE = response(new StaleWindows(30_000L, null));
  static final VariantIndex INDEX =
      new VariantIndex(MATERIAL, List.of("accept-encoding", "x-a"), List.of(1L, -2L));
  static final SearchIndex SEARCHES =
      new SearchIndex(
          MATERIAL,
          List.of(
              new SearchVariance(Names.COUNTED, List.of("id", "é"), Order.IGNORED),
              new SearchVariance(Names.IGNORED, List.of("utm"), Order.COUNTS)));

  static final PartialResponse PARTIAL =
      new PartialResponse(
          RESPONSE.fields(),
          100,
          List.of(
              new Piece(3, Bytes.of(new byte[] {3, 4})), new Piece(99, Bytes.of(new byte[] {99}))),
          RESPONSE.validity(),
          RESPONSE.provenance());

  static final StoredResponse IN_CHUNKS =
      RESPONSE.with(new ChunkedBody(new UUID(0x0102L << 48, -3), 100, 250, List.of(1, -2, 3)));

  private static StoredResponse response(StaleWindows stale) {
    return new StoredResponse(
        200,
        FieldList.of("content-type", "text/plain", "etag", "\"a\"", "x-name", "Käse"),
        Bytes.of("hello\n".getBytes(StandardCharsets.UTF_8)),
        new Validity(
            1_795_348_800_000L,
            1_795_348_800_050L,
            1_050,
            60_000,
            stale,
            Set.of(Constraint.MUST_REVALIDATE)),
        new Provenance(MATERIAL, "g1", new Position(1_795_348_700_000L, 3), List.of("t1", "t2")));
  }

  /** The bytes that a version has for good: a runtime of the next one must read them. */
  @Test
  void version2IsWhatTheGoldenFilesHold() throws IOException {
    assertThat(hex(EntryFormat.write(RESPONSE))).isEqualTo(golden("response-v2.hex"));
    assertThat(hex(EntryFormat.write(INDEX))).isEqualTo(golden("index-v2.hex"));
    assertThat(hex(EntryFormat.write(SEARCHES))).isEqualTo(golden("searches-v2.hex"));
    assertThat(EntryFormat.read(bytes("searches-v2.hex"), MATERIAL)).contains(SEARCHES);
    assertThat(hex(EntryFormat.write(PARTIAL))).isEqualTo(golden("partial-v2.hex"));
    assertThat(EntryFormat.read(bytes("partial-v2.hex"), MATERIAL)).contains(PARTIAL);
    assertThat(EntryFormat.read(bytes("response-v2.hex"), MATERIAL)).contains(RESPONSE);
    assertThat(EntryFormat.read(bytes("index-v2.hex"), MATERIAL)).contains(INDEX);
  }

  /**
   * Runtimes of before know the kinds 1 and 2 of version 2, and take each other one for a miss: so
   * a kind is added without another version, which would hide the others from them.
   */
  @Test
  void aKindThatAReaderDoesNotKnowIsAMiss() {
    byte[] partial = EntryFormat.write(PARTIAL);
    assertThat(partial[4]).isEqualTo((byte) 2);
    assertThat(partial[5]).isEqualTo((byte) 4);
    for (int kind = 0; kind < 256; kind++) {
      byte[] other = partial.clone();
      other[5] = (byte) kind;
      assertThat(EntryFormat.read(sealed(other), MATERIAL).orElse(null))
          .as("kind %d", kind)
          .isEqualTo(kind == 4 ? PARTIAL : null);
    }
    for (Slot slot : List.of(RESPONSE, INDEX)) {
      byte[] other = EntryFormat.write(slot);
      other[5] = 4;
      assertThat(EntryFormat.read(sealed(other), MATERIAL)).isEmpty();
    }
  }

  /** Whole entries stay of version 2: a runtime of before reads them, and has a miss here. */
  @Test
  void version3IsForBodiesInChunksAlone() throws IOException {
    assertThat(hex(EntryFormat.write(IN_CHUNKS))).isEqualTo(golden("response-v3.hex"));
    assertThat(EntryFormat.read(bytes("response-v3.hex"), MATERIAL)).contains(IN_CHUNKS);
    assertThat(EntryFormat.write(RESPONSE)[4]).isEqualTo((byte) 2);
    byte[] chunked = EntryFormat.write(IN_CHUNKS);
    byte[] whole = EntryFormat.write(RESPONSE);
    assertThat(Arrays.copyOfRange(chunked, 5, 32)).isEqualTo(Arrays.copyOfRange(whole, 5, 32));
    for (byte older = 1; older < 3; older++) {
      byte[] misread = chunked.clone();
      misread[4] = older;
      assertThat(EntryFormat.read(sealed(misread), MATERIAL)).as("as %d", older).isEmpty();
    }
  }

  /** Where a script of the store looks. */
  @Test
  void theIdAndNumberOfChunksStandBehindTheOrder() {
    assertThat(Arrays.copyOfRange(EntryFormat.write(IN_CHUNKS), 32, 52))
        .isEqualTo(HexFormat.of().parseHex("0102000000000000fffffffffffffffd00000003"));
  }

  @Test
  void chunksThatDoNotMakeTheBodyAreNone() {
    UUID id = new UUID(1, 2);
    for (int[] wrong : new int[][] {{100, 301}, {100, 200}, {100, 0}, {0, 250}, {-1, -250}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ChunkedBody(id, wrong[0], wrong[1], List.of(1, 2, 3)));
    }
    ChunkedBody body = new ChunkedBody(id, 100, 250, List.of(1, 2, 3));
    assertThat(List.of(body.length(0), body.length(2))).containsExactly(100, 50);
    assertThat(List.of(body.chunkOf(99), body.chunkOf(100))).containsExactly(0, 1);
    assertThatIllegalStateException().isThrownBy(IN_CHUNKS::whole);
  }

  @Test
  void version1IsStillRead() throws IOException {
    assertThat(EntryFormat.read(bytes("response-v1.hex"), MATERIAL))
        .contains(response(StaleWindows.NONE));
    assertThat(EntryFormat.read(bytes("index-v1.hex"), MATERIAL)).contains(INDEX);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String name) throws IOException {
    return HexFormat.of().parseHex(golden(name));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = EntryFormatTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    }
  }

  @Test
  void everyDamagedByteIsAMiss() {
    for (Slot slot : List.of(RESPONSE, INDEX, SEARCHES, PARTIAL, IN_CHUNKS)) {
      byte[] good = EntryFormat.write(slot);
      for (int i = 0; i < good.length; i++) {
        for (int bit = 1; bit < 256; bit <<= 1) {
          byte[] bad = good.clone();
          bad[i] ^= (byte) bit;
          assertThat(EntryFormat.read(bad, MATERIAL)).as("byte %d bit %d", i, bit).isEmpty();
        }
      }
    }
  }

  /** Somebody who can write to the store can make a checksum: the reader must not trust it. */
  @Test
  void damageUnderARightChecksumNeverThrows() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (Slot slot : List.of(RESPONSE, INDEX, SEARCHES, PARTIAL, IN_CHUNKS)) {
      byte[] good = EntryFormat.write(slot);
      for (int i = 0; i < good.length - 4; i++) {
        for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, random.nextInt(256)}) {
          byte[] bad = good.clone();
          bad[i] = (byte) value;
          assertThat(EntryFormat.read(sealed(bad), MATERIAL)).as("seed %d", seed).isNotNull();
        }
      }
    }
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    int sum = (int) crc.getValue();
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (sum >>> (24 - 8 * i));
    }
    return bytes;
  }

  @Test
  void cutOrLongerIsAMiss() {
    byte[] good = EntryFormat.write(RESPONSE);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThat(EntryFormat.read(cut, MATERIAL)).as("length %d", length).isEmpty();
      if (length >= 4) {
        assertThat(EntryFormat.read(sealed(cut), MATERIAL)).as("sealed %d", length).isEmpty();
      }
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThat(EntryFormat.read(longer, MATERIAL)).isEmpty();
    assertThat(EntryFormat.read(sealed(longer), MATERIAL)).isEmpty();
  }

  @Test
  void anotherVersionKindOrKeyIsAMiss() {
    byte[] good = EntryFormat.write(RESPONSE);
    for (int at : new int[] {0, 4, 5, 6}) {
      byte[] other = good.clone();
      other[at] = 9;
      assertThat(EntryFormat.read(sealed(other), MATERIAL)).as("byte %d", at).isEmpty();
    }
    assertThat(EntryFormat.read(good, Bytes.of(new byte[] {1, 2, 4}))).isEmpty();
    assertThat(EntryFormat.read(good, Bytes.EMPTY)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Slot slot = random.nextBoolean() ? response(random) : index(random);
      assertThat(EntryFormat.read(EntryFormat.write(slot), slot.keyMaterial()))
          .as("seed %d", seed)
          .contains(slot);
    }
  }

  private static StoredResponse response(Random random) {
    FieldList.Builder fields = FieldList.builder();
    for (int i = random.nextInt(20); i > 0; i--) {
      fields.add("x-" + random.nextInt(), "v\u00e4\u20ac" + random.nextLong());
    }
    EnumSet<Constraint> constraints = EnumSet.noneOf(Constraint.class);
    for (Constraint constraint : Constraint.values()) {
      if (random.nextBoolean()) {
        constraints.add(constraint);
      }
    }
    return new StoredResponse(
        200 + random.nextInt(400),
        fields.build(),
        bytes(random, 5_000),
        new Validity(
            random.nextLong(1L << 45),
            random.nextLong(1L << 45),
            3,
            4,
            windows(random),
            constraints),
        new Provenance(
            bytes(random, 300),
            "g" + random.nextInt(),
            new Position(random.nextLong(1L << 45), random.nextInt(9)),
            List.of("t" + random.nextInt())));
  }

  private static VariantIndex index(Random random) {
    return new VariantIndex(
        bytes(random, 300), List.of("a" + random.nextInt()), List.of(random.nextLong()));
  }

  private static Bytes bytes(Random random, int below) {
    byte[] bytes = new byte[random.nextInt(below)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  /** A store's script compares the bytes: they must order as the entries do. */
  @Test
  void theOrderBytesOrderFills() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StoredResponse a = fill(random);
      StoredResponse b = fill(random);
      int to = EntryFormat.ORDER_OFFSET + EntryFormat.ORDER_LENGTH;
      boolean older =
          Arrays.compareUnsigned(
                  EntryFormat.write(a),
                  EntryFormat.ORDER_OFFSET,
                  to,
                  EntryFormat.write(b),
                  EntryFormat.ORDER_OFFSET,
                  to)
              < 0;
      assertThat(older).as("seed %d: %s %s", seed, a, b).isEqualTo(a.isOlderThan(b));
    }
  }

  private static StaleWindows windows(Random random) {
    return new StaleWindows(
        random.nextBoolean() ? null : random.nextLong(1L << 45),
        random.nextBoolean() ? null : random.nextLong(1L << 45));
  }

  private static StoredResponse fill(Random random) {
    long[] times = {0, 1, 127, 128, 255, 256, 1L << 40, Long.MAX_VALUE};
    return new StoredResponse(
        200,
        FieldList.EMPTY,
        Bytes.EMPTY,
        new Validity(times[random.nextInt(8)], 0, 0, 0, StaleWindows.NONE, Set.of()),
        new Provenance(
            Bytes.EMPTY,
            "",
            new Position(times[random.nextInt(3)], times[random.nextInt(8)]),
            List.of()));
  }

  @Test
  void variantsAndNamesAreBounded() {
    VariantIndex index = VariantIndex.empty(MATERIAL).withNames(List.of("b", "a")).orElseThrow();
    assertThat(index.names()).containsExactly("a", "b");
    for (long id = 0; id < VariantIndex.MAX_VARIANTS; id++) {
      index = index.withVariant(id).orElseThrow();
    }
    assertThat(index.withVariant(1)).containsSame(index);
    assertThat(index.withVariant(1_000)).isEmpty();
    assertThat(index.withNames(List.of("a"))).containsSame(index);
    VariantIndex wider = index.withNames(List.of("c")).orElseThrow();
    assertThat(wider.names()).containsExactly("a", "b", "c");
    assertThat(wider.variants()).isEmpty();
    List<String> many = IntStream.range(0, 16).mapToObj(i -> "n" + i).toList();
    assertThat(index.withNames(many)).isEmpty();
    assertThat(VariantIndex.empty(MATERIAL).withNames(many)).isPresent();
    List<String> more = IntStream.range(0, 17).mapToObj(i -> "n" + i).toList();
    assertThat(VariantIndex.empty(MATERIAL).withNames(more)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VariantIndex(MATERIAL, more, List.of()));
  }
}
