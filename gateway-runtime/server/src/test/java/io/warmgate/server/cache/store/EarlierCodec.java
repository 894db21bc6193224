package io.warmgate.server.cache.store;

import io.vertx.core.buffer.Buffer;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.entry.EntryFormat;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * That of a runtime which writes version 1: as 2, without the stale windows, and without what came
 * later.
 */
public record EarlierCodec(Reads reads) implements EntryCodec {
  private static final byte WRITES = 1;
  private static final int VERSION_AT = 4;

  /** Ahead of the key material are header and order; ahead of the windows, what is timed. */
  private static final int MATERIAL_AT = 32;

  private static final int TIMED = 4 + 3 * 8 + 4;
  private static final int WINDOWS = 2 * 8;
  private static final int CHECKSUM = 4;

  /** Which versions it knows. */
  public enum Reads {
    /** That which it writes: the next one came without a release that read it first. */
    ITS_OWN,
    /** That which its successor writes, too. */
    THE_NEXT_TOO
  }

  @Override
  public byte[] write(String name, Slot slot) {
    byte[] later = EntryFormat.write(slot);
    int checked = later.length - CHECKSUM;
    ByteBuffer out = ByteBuffer.allocate(later.length);
    switch (slot) {
      case StoredResponse response -> {
        int windows = MATERIAL_AT + 4 + response.keyMaterial().length() + TIMED;
        out.put(later, 0, windows).put(later, windows + WINDOWS, checked - windows - WINDOWS);
      }
      case VariantIndex _ -> out.put(later, 0, checked);
      default -> throw new UnsupportedOperationException(slot.getClass() + " came later");
    }
    out.put(VERSION_AT, WRITES);
    CRC32C sum = new CRC32C();
    sum.update(out.array(), 0, out.position());
    out.putInt((int) sum.getValue());
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  @Override
  public Optional<Slot> read(String name, byte[] bytes, Bytes keyMaterial) {
    return reads == Reads.ITS_OWN && bytes[VERSION_AT] != WRITES
        ? Optional.empty()
        : EntryFormat.read(bytes, keyMaterial);
  }

  @Override
  public byte[] writeChunk(String name, byte[] chunk) {
    return chunk;
  }

  @Override
  public Optional<Buffer> readChunk(String name, Buffer bytes) {
    return Optional.of(bytes);
  }
}
