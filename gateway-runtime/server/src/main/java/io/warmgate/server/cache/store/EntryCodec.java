package io.warmgate.server.cache.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.entry.ChunkSeal;
import io.warmgate.httpcache.entry.EntryFormat;
import io.warmgate.httpcache.entry.EntrySeal;
import io.warmgate.httpcache.entry.Slot;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slots as they lie in Redis, each under a name. Runtimes of two versions may be on one Redis, so
 * what one writes the other must read, or find nothing: {@link EntryFormat} says which versions
 * those are.
 */
public interface EntryCodec {

  /** Which codec a runtime has; {@link EntryCodec#of} but for one that plays an earlier one. */
  interface Choice {
    /**
     * @param seal null: not encrypted
     */
    EntryCodec of(@Nullable EntrySeal seal);
  }

  byte[] write(String name, Slot slot);

  /** Empty where the bytes are not the slot of that name and key material. */
  Optional<Slot> read(String name, byte[] bytes, Bytes keyMaterial);

  /** A chunk of a body, as it lies under a name of its own. */
  byte[] writeChunk(String name, byte[] chunk);

  /** Empty where the bytes cannot be the chunk of that name; a checksum is left to the caller. */
  Optional<Buffer> readChunk(String name, Buffer bytes);

  /**
   * What a partition is called in the name of a key.
   *
   * @param partition a digest, which entries that lie in plain have in them
   */
  default String called(String partition) {
    return partition;
  }

  /**
   * @param seal null: not encrypted
   */
  static EntryCodec of(@Nullable EntrySeal seal) {
    return seal == null ? new Plain() : new Sealed(seal, new SecureRandom());
  }

  /** For whoever can read Redis. */
  record Plain() implements EntryCodec {
    @Override
    public byte[] write(String name, Slot slot) {
      return EntryFormat.write(slot);
    }

    @Override
    public Optional<Slot> read(String name, byte[] bytes, Bytes keyMaterial) {
      return EntryFormat.read(bytes, keyMaterial);
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

  /** For whoever has one of the keys. */
  record Sealed(EntrySeal seal, SecureRandom chance) implements EntryCodec {
    @Override
    public byte[] write(String name, Slot slot) {
      return seal.seal(EntryFormat.write(slot), name.getBytes(US_ASCII), nonce());
    }

    @Override
    public String called(String partition) {
      return seal.called(partition);
    }

    private byte[] nonce() {
      byte[] nonce = new byte[EntrySeal.NONCE_LENGTH];
      chance.nextBytes(nonce);
      return nonce;
    }

    @Override
    public byte[] writeChunk(String name, byte[] chunk) {
      return new ChunkSeal(seal.keys()).seal(chunk, name.getBytes(US_ASCII), nonce());
    }

    @Override
    public Optional<Buffer> readChunk(String name, Buffer bytes) {
      return new ChunkSeal(seal.keys())
          .open(bytes.getBytes(), name.getBytes(US_ASCII))
          .map(chunk -> BufferInternal.buffer(Unpooled.wrappedBuffer(chunk)));
    }

    @Override
    public Optional<Slot> read(String name, byte[] bytes, Bytes keyMaterial) {
      return seal.open(bytes, name.getBytes(US_ASCII))
          .flatMap(plain -> EntryFormat.read(plain, keyMaterial));
    }
  }
}
