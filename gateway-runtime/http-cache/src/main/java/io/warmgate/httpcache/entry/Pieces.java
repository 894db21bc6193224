package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a content is there: pieces in their order, none over another. Those that touch are a run;
 * they stay apart until there are many of them, so that adding one copies no other.
 *
 * <p>Clients choose ranges, so runs and pieces are bounded: what would be one too many is not
 * added. Copying is rare, since after it there are fewer pieces by the difference of the bounds.
 */
final class Pieces {
  /** How many stretches with nothing between them. */
  static final int MAX_RUNS = 64;

  /** How many pieces these are made of. */
  static final int MAX_PIECES = 256;

  private Pieces() {}

  static long bytes(List<Piece> pieces) {
    long sum = 0;
    for (Piece piece : pieces) {
      sum += piece.bytes().length();
    }
    return sum;
  }

  /** What of a part is not there, in order; empty: all of it is. */
  static List<Part> missing(List<Piece> pieces, Part part) {
    List<Part> missing = new ArrayList<>();
    long at = part.first();
    for (Piece piece : pieces) {
      if (piece.first() > part.last()) {
        break;
      }
      if (piece.first() > at) {
        missing.add(new Part(at, piece.first() - 1));
      }
      at = Math.max(at, piece.end());
    }
    if (at <= part.last()) {
      missing.add(new Part(at, part.last()));
    }
    return missing;
  }

  /** What of a part is there, in order, without a copy. */
  static List<ByteBuffer> of(List<Piece> pieces, Part part) {
    List<ByteBuffer> found = new ArrayList<>();
    for (Piece piece : pieces) {
      long from = Math.max(piece.first(), part.first());
      long to = Math.min(piece.end(), part.last() + 1);
      if (from < to) {
        found.add(piece.slice(from, to));
      }
    }
    return found;
  }

  /**
   * These and what the added one has beyond them, from its beginning, as far as there is room. What
   * is there stays: else who reads a content that is larger than the room, from its beginning to
   * its end, would each time find that the next part was just given up.
   *
   * @param maxBytes of all
   */
  static List<Piece> with(List<Piece> pieces, Piece added, long maxBytes) {
    List<Piece> all = new ArrayList<>(pieces);
    long room = maxBytes - bytes(pieces);
    for (Part gap : missing(pieces, new Part(added.first(), added.end() - 1))) {
      long taken = Math.min(room, gap.last() + 1 - gap.first());
      if (taken > 0) {
        insert(all, cut(added, gap.first(), gap.first() + taken));
        room -= taken;
      }
    }
    if (runs(all) > MAX_RUNS) {
      return pieces;
    }
    return all.size() > MAX_PIECES ? joined(all) : all;
  }

  private static void insert(List<Piece> all, Piece piece) {
    int at = 0;
    while (at < all.size() && all.get(at).first() < piece.first()) {
      at++;
    }
    all.add(at, piece);
  }

  /** A copy where it is not the whole: a slice would hold on to what it is cut from. */
  private static Piece cut(Piece piece, long from, long to) {
    if (from == piece.first() && to == piece.end()) {
      return piece;
    }
    byte[] bytes = new byte[(int) (to - from)];
    piece.slice(from, to).get(bytes);
    return new Piece(from, Bytes.of(bytes));
  }

  private static int runs(List<Piece> pieces) {
    int runs = 0;
    long end = -1;
    for (Piece piece : pieces) {
      runs += piece.first() == end ? 0 : 1;
      end = piece.end();
    }
    return runs;
  }

  /** The same bytes, one piece a run. */
  private static List<Piece> joined(List<Piece> pieces) {
    List<Piece> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= pieces.size(); i++) {
      if (i == pieces.size() || pieces.get(i).first() != pieces.get(i - 1).end()) {
        runs.add(joined(pieces.get(from), pieces.get(i - 1), pieces.subList(from, i)));
        from = i;
      }
    }
    return runs;
  }

  private static Piece joined(Piece first, Piece last, List<Piece> run) {
    return new Piece(first.first(), copy(run, new Part(first.first(), last.end() - 1)));
  }

  /**
   * A part that is all there, as one.
   *
   * @throws ArithmeticException where it is beyond what an array holds
   */
  static Bytes copy(List<Piece> pieces, Part part) {
    byte[] bytes = new byte[Math.toIntExact(part.last() + 1 - part.first())];
    int at = 0;
    for (ByteBuffer slice : of(pieces, part)) {
      int length = slice.remaining();
      slice.get(bytes, at, length);
      at += length;
    }
    return Bytes.of(bytes);
  }
}
