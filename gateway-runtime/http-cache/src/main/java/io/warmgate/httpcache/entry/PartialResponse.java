package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.purge.Position;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An incomplete response as it is kept, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-3.3">RFC 9111 §3.3</a>: a 200 of which only
 * parts are there. It lies under a key of its own ({@link
 * io.warmgate.httpcache.key.CacheKey#ofParts}), so that no request but one for a range finds it.
 *
 * @param fields those of the whole, without {@code Content-Range}, and without those that must not
 *     be stored; with a strong {@code ETag}
 * @param length of the whole content, in bytes
 * @param pieces in order, none over another; at least one
 */
public record PartialResponse(
    FieldList fields, long length, List<Piece> pieces, Validity validity, Provenance provenance)
    implements Slot {

  public PartialResponse {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("no piece");
    }
    long end = 0;
    for (Piece piece : pieces) {
      if (piece.first() < end) {
        throw new IllegalArgumentException("piece at " + piece.first() + " before " + end);
      }
      end = piece.end();
    }
    if (end > length) {
      throw new IllegalArgumentException("piece until " + end + " of " + length);
    }
  }

  @Override
  public Bytes keyMaterial() {
    return provenance.keyMaterial();
  }

  /** How many bytes of the content are there. */
  public long storedBytes() {
    return Pieces.bytes(pieces);
  }

  /** Whether a part of the content is there. */
  public boolean holds(Part part) {
    return missing(part).isEmpty();
  }

  /** What of a part is not there, in order. */
  public List<Part> missing(Part part) {
    return Pieces.missing(pieces, part);
  }

  /** What of a part is there, in order, without a copy: only to be read. */
  public List<ByteBuffer> bytes(Part part) {
    return Pieces.of(pieces, part);
  }

  /** Whether nothing of the content is missing. */
  public boolean isComplete() {
    return storedBytes() == length;
  }

  /**
   * The 200 that a complete one is.
   *
   * @param material of the key that the whole is found under
   * @throws IllegalStateException where something is missing
   */
  public StoredResponse whole(Bytes material) {
    if (!isComplete()) {
      throw new IllegalStateException(storedBytes() + " bytes of " + length);
    }
    return new StoredResponse(
        200, fields, Pieces.copy(pieces, new Part(0, length - 1)), validity, of(material));
  }

  /** Its head, as rules for stored responses take it: no byte of the content is in it. */
  public StoredResponse head() {
    return new StoredResponse(200, fields, Bytes.EMPTY, validity, provenance);
  }

  /** The same under another head. */
  public PartialResponse with(StoredResponse head) {
    return new PartialResponse(head.fields(), length, pieces, head.validity(), head.provenance());
  }

  /** The same, stale since then: a soft purge names it. */
  public PartialResponse staleSince(long millis) {
    return with(head().staleSince(millis));
  }

  /**
   * The same with one piece more.
   *
   * @param maxBytes of all pieces: what is beyond is left out
   */
  public PartialResponse plus(Piece piece, long maxBytes) {
    return new PartialResponse(
        fields, length, Pieces.with(pieces, piece, maxBytes), validity, provenance);
  }

  /**
   * Another one of the same representation with the pieces of this one.
   *
   * @param maxBytes of all pieces: what is beyond is left out
   */
  public PartialResponse addedTo(PartialResponse other, long maxBytes) {
    PartialResponse all = other;
    for (Piece piece : pieces) {
      all = all.plus(piece, maxBytes);
    }
    return all;
  }

  /** The same, as of an earlier position of the log. */
  public PartialResponse at(Position position) {
    return new PartialResponse(
        fields,
        length,
        pieces,
        validity,
        new Provenance(
            provenance.keyMaterial(), provenance.generation(), position, provenance.tags()));
  }

  /** An estimate of the memory it takes, for a store that is bounded in bytes. */
  public long weight() {
    return head().weight() + storedBytes() + 96L * pieces.size();
  }

  private Provenance of(Bytes material) {
    return new Provenance(
        material, provenance.generation(), provenance.position(), provenance.tags());
  }
}
