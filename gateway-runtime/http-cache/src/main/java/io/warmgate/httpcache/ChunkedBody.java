package io.warmgate.httpcache;

import java.util.List;
import java.util.UUID;

/**
 * A content that lies in a store in chunks, each under a name of its own. All but the last are
 * equally long.
 *
 * @param id of this content: another answer under the same key has other chunks
 * @param chunkLength in bytes, of all chunks but the last
 * @param length of the whole, in bytes; at least 1
 * @param checksums CRC32C of each chunk, in their order
 */
public record ChunkedBody(UUID id, int chunkLength, int length, List<Integer> checksums)
    implements StoredBody {

  public ChunkedBody {
    checksums = List.copyOf(checksums);
    if (chunkLength < 1 || length < 1 || (length - 1) / chunkLength + 1 != checksums.size()) {
      throw new IllegalArgumentException(
          checksums.size() + " chunks of " + chunkLength + " bytes for " + length);
    }
  }

  /** How many chunks there are. */
  public int chunks() {
    return checksums.size();
  }

  /** How long a chunk is, in bytes. */
  public int length(int chunk) {
    return Math.min(chunkLength, length - chunk * chunkLength);
  }

  /** The chunk that has a byte of the whole. */
  public int chunkOf(int at) {
    return at / chunkLength;
  }
}
