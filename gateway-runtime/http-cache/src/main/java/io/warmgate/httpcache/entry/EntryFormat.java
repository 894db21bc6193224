package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.StoredBody;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.purge.Position;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A slot as bytes, big-endian. A reader is strict: bytes that are damaged, cut, longer, of an
 * unknown version or of another key are no slot, and never an exception.
 *
 * <pre>
 * offset 0   4  magic "WGCE"
 *        4   1  version: 2, or 3 where the body lies in chunks; 1 is read too, and has no stale
 *               windows
 *        5   1  kind: 1 response, 2 variant index, 3 search index, 4 partial response
 *        6   2  zero
 *        8  24  order: log position (milliseconds, sequence), time the request was sent; comparing
 *               these bytes orders fills, also in a script of the store. All zero in an index.
 *       32  20  version 3 alone: id of the body (16), number of chunks
 *        .   .  key material
 *               response: status (4), response time, initial age, lifetime (8 each), constraints
 *               (4, bit 0 no-cache, bit 1 must-revalidate), stale while revalidating, stale if
 *               error (8 each, milliseconds, -1: not said), generation, tags, fields (count, then
 *               name, value), body; in version 3 instead of the body: length of a chunk,
 *               length of the whole, checksums (count, then 4 each)
 *               variant index: names, variants (count, then 8 each)
 *               search index: count, then each a bit set (4, bit 0 the order is ignored, bit 1 the
 *               names are those that count) and names
 *               partial response: as a response of status 206, and in place of the body: length of
 *               the whole (8), pieces (count, then where it begins, 8, and its bytes)
 *      end-4 4  CRC32C of everything before
 * </pre>
 *
 * Kind 3 came after version 2 did, and changed nothing of the others: a reader that does not know
 * it finds nothing there.
 *
 * <p>Runtimes of two releases share a Redis while pods are rolled out, and may go back. So a
 * version is read by one release, and written only by the one after it: each then reads all that
 * the other writes. A runtime that does not know a version has a miss there, and writes its own in
 * its place.
 *
 * <p>A text or byte string is its length in bytes (4) and its bytes; text is UTF-8. A list is its
 * count (4) and its members.
 */
public final class EntryFormat {
  public static final int VERSION = 2;

  private static final int WITHOUT_STALE_WINDOWS = 1;

  /** A response whose body lies in chunks. A script of the store reads where they are. */
  static final int IN_CHUNKS = 3;

  /** Where the bytes that order fills begin. */
  public static final int ORDER_OFFSET = 8;

  /** How many they are. */
  public static final int ORDER_LENGTH = 24;

  private static final int MAGIC = 0x57474345;
  private static final byte RESPONSE = 1;
  private static final byte INDEX = 2;
  private static final byte SEARCHES = 3;
  private static final byte PARTIAL = 4;
  private static final int PARTIAL_STATUS = 206;
  private static final int HEADER = 32;
  private static final int CHECKSUM = 4;
  private static final long ABSENT = -1;

  private EntryFormat() {}

  public static byte[] write(Slot slot) {
    ByteSink out = new ByteSink();
    switch (slot) {
      case StoredResponse response -> {
        Validity validity = response.validity();
        header(out, response.body() instanceof ChunkedBody ? IN_CHUNKS : VERSION, RESPONSE);
        order(out, response.provenance().position(), validity.requestMillis());
        if (response.body() instanceof ChunkedBody chunked) {
          id(out, chunked.id()).int32(chunked.chunks());
        }
        head(out.bytes(response.keyMaterial()), response);
        body(out, response.body());
      }
      case PartialResponse partial -> {
        header(out, VERSION, PARTIAL);
        order(out, partial.provenance().position(), partial.validity().requestMillis());
        head(out.bytes(partial.keyMaterial()), headOf(partial));
        out.int64(partial.length()).int32(partial.pieces().size());
        partial.pieces().forEach(piece -> out.int64(piece.first()).bytes(piece.bytes()));
      }
      case VariantIndex index -> {
        header(out, VERSION, INDEX);
        order(out, Position.ZERO, 0);
        out.bytes(index.keyMaterial()).texts(index.names()).int32(index.variants().size());
        index.variants().forEach(out::int64);
      }
      case SearchIndex index -> {
        header(out, VERSION, SEARCHES);
        order(out, Position.ZERO, 0);
        SearchVariances.write(out.bytes(index.keyMaterial()), index.variances());
      }
    }
    return out.int32(checksum(out.array(), out.size())).toByteArray();
  }

  /**
   * Reads a slot.
   *
   * @param keyMaterial what was hashed into the key that the bytes were found under
   */
  public static Optional<Slot> read(byte[] bytes, Bytes keyMaterial) {
    int end = bytes.length - CHECKSUM;
    if (end < HEADER) {
      return Optional.empty();
    }
    try {
      if (new ByteSource(bytes, end, bytes.length).int32() != checksum(bytes, end)) {
        return Optional.empty();
      }
      ByteSource in = new ByteSource(bytes, 0, end);
      Optional<Slot> slot = slot(in, keyMaterial);
      return in.isAtEnd() ? slot : Optional.empty();
    } catch (ByteSource.Malformed | IllegalArgumentException _) {
      // IllegalArgumentException: a record refused a value, such as a negative time.
      return Optional.empty();
    }
  }

  private static Optional<Slot> slot(ByteSource in, Bytes expected) throws ByteSource.Malformed {
    if (in.int32() != MAGIC) {
      return Optional.empty();
    }
    byte version = in.int8();
    if (version != VERSION && version != WITHOUT_STALE_WINDOWS && version != IN_CHUNKS) {
      return Optional.empty();
    }
    byte kind = in.int8();
    if (version == IN_CHUNKS && kind != RESPONSE) {
      return Optional.empty();
    }
    in.zeros(2);
    Position position = new Position(in.int64(), in.int64());
    long requestMillis = in.int64();
    Body body = version == IN_CHUNKS ? inChunks(in) : ByteSource::bytes;
    Bytes material = in.bytes();
    if (!material.equals(expected)) {
      return Optional.empty();
    }
    Windows windows =
        version == WITHOUT_STALE_WINDOWS ? _ -> StaleWindows.NONE : EntryFormat::windows;
    return switch (kind) {
      case RESPONSE -> {
        StoredResponse head = head(in, expected, position, requestMillis, windows);
        yield Optional.of(head.with(body.read(in)));
      }
      case PARTIAL -> partial(in, head(in, expected, position, requestMillis, windows));
      case INDEX -> Optional.of(new VariantIndex(expected, in.texts(), in.int64s()));
      case SEARCHES -> Optional.of(new SearchIndex(expected, SearchVariances.read(in)));
      default -> Optional.empty();
    };
  }

  private static void header(ByteSink out, int version, byte kind) {
    out.int32(MAGIC).int8((byte) version).int8(kind).int8((byte) 0).int8((byte) 0);
  }

  private static void order(ByteSink out, Position position, long requestMillis) {
    out.int64(position.millis()).int64(position.sequence()).int64(requestMillis);
  }

  private static StoredResponse headOf(PartialResponse partial) {
    StoredResponse head = partial.head();
    return new StoredResponse(
        PARTIAL_STATUS, head.fields(), head.body(), head.validity(), head.provenance());
  }

  /** Of a response, all but its content. */
  private static void head(ByteSink out, StoredResponse response) {
    Validity validity = response.validity();
    out.int32(response.status())
        .int64(validity.responseMillis())
        .int64(validity.initialAgeMillis())
        .int64(validity.lifetimeMillis())
        .int32(bits(validity.constraints()))
        .int64(orAbsent(validity.stale().whileRevalidateMillis()))
        .int64(orAbsent(validity.stale().ifErrorMillis()))
        .text(response.provenance().generation())
        .texts(response.provenance().tags());
    FieldList fields = response.fields();
    out.int32(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      out.text(fields.name(i)).text(fields.value(i));
    }
  }

  private static void body(ByteSink out, StoredBody body) {
    switch (body) {
      case Bytes bytes -> out.bytes(bytes);
      case ChunkedBody chunked -> {
        out.int32(chunked.chunkLength()).int32(chunked.length()).int32(chunked.chunks());
        chunked.checksums().forEach(out::int32);
      }
    }
  }

  private static ByteSink id(ByteSink out, UUID id) {
    return out.int64(id.getMostSignificantBits()).int64(id.getLeastSignificantBits());
  }

  private static long orAbsent(@Nullable Long millis) {
    return millis == null ? ABSENT : millis;
  }

  /** What of a response depends on the version. */
  private interface Windows {
    StaleWindows read(ByteSource in) throws ByteSource.Malformed;
  }

  private interface Body {
    StoredBody read(ByteSource in) throws ByteSource.Malformed;
  }

  private static Body inChunks(ByteSource in) throws ByteSource.Malformed {
    UUID id = new UUID(in.int64(), in.int64());
    int chunks = in.int32();
    return rest -> {
      int chunkLength = rest.int32();
      int length = rest.int32();
      int count = rest.count(4);
      if (count != chunks) {
        throw new ByteSource.Malformed("chunks");
      }
      List<Integer> checksums = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        checksums.add(rest.int32());
      }
      return new ChunkedBody(id, chunkLength, length, checksums);
    };
  }

  private static StaleWindows windows(ByteSource in) throws ByteSource.Malformed {
    long whileRevalidate = in.int64();
    long ifError = in.int64();
    return new StaleWindows(
        whileRevalidate == ABSENT ? null : whileRevalidate, ifError == ABSENT ? null : ifError);
  }

  private static Optional<Slot> partial(ByteSource in, StoredResponse head)
      throws ByteSource.Malformed {
    long length = in.int64();
    int count = in.count(12);
    List<Piece> pieces = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pieces.add(new Piece(in.int64(), in.bytes()));
    }
    return head.status() == PARTIAL_STATUS
        ? Optional.of(
            new PartialResponse(head.fields(), length, pieces, head.validity(), head.provenance()))
        : Optional.empty();
  }

  private static StoredResponse head(
      ByteSource in, Bytes material, Position position, long requestMillis, Windows windows)
      throws ByteSource.Malformed {
    int status = in.int32();
    long responseMillis = in.int64();
    long initialAgeMillis = in.int64();
    long lifetimeMillis = in.int64();
    Set<Constraint> constraints = constraints(in.int32());
    Validity validity =
        new Validity(
            requestMillis,
            responseMillis,
            initialAgeMillis,
            lifetimeMillis,
            windows.read(in),
            constraints);
    Provenance provenance = new Provenance(material, in.text(), position, in.texts());
    return new StoredResponse(status, fields(in), Bytes.EMPTY, validity, provenance);
  }

  private static FieldList fields(ByteSource in) throws ByteSource.Malformed {
    FieldList.Builder fields = FieldList.builder();
    int count = in.count(8);
    for (int i = 0; i < count; i++) {
      fields.add(in.text(), in.text());
    }
    return fields.build();
  }

  private static int bits(Set<Constraint> constraints) {
    int bits = 0;
    for (Constraint constraint : constraints) {
      bits |= bit(constraint);
    }
    return bits;
  }

  private static Set<Constraint> constraints(int bits) throws ByteSource.Malformed {
    EnumSet<Constraint> constraints = EnumSet.noneOf(Constraint.class);
    for (Constraint constraint : Constraint.values()) {
      if ((bits & bit(constraint)) != 0) {
        constraints.add(constraint);
      }
    }
    if (bits(constraints) != bits) {
      throw new ByteSource.Malformed("unknown constraint");
    }
    return constraints;
  }

  /** Fixed by the format, whatever the order of the constants. */
  private static int bit(Constraint constraint) {
    return switch (constraint) {
      case NO_CACHE -> 1;
      case MUST_REVALIDATE -> 2;
    };
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
