package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept.
 *
 * @param localMaxBytes bound of L1, in the pod's memory
 * @param shared L2, in Redis; null: L1 alone
 * @param localEviction what leaves L1 first; may be left out, and is where it is the default, so
 *     that a runtime that does not know it goes on reading
 * @param partitionShares what one partition may take of each; may be left out, as that
 */
public record CacheLayers(
    long localMaxBytes,
    @Nullable SharedCache shared,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LocalEviction.Unsaid.class)
        LocalEviction localEviction,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = PartitionShares.Unsaid.class)
        PartitionShares partitionShares) {
  public CacheLayers {
    Check.range("localMaxBytes", localMaxBytes, 0, 1L << 40);
    localEviction = localEviction == null ? LocalEviction.TINY_LFU : localEviction;
    partitionShares = partitionShares == null ? PartitionShares.DEFAULT : partitionShares;
  }

  /** With the default shares. */
  public CacheLayers(
      long localMaxBytes, @Nullable SharedCache shared, LocalEviction localEviction) {
    this(localMaxBytes, shared, localEviction, PartitionShares.DEFAULT);
  }

  /** With the default eviction. */
  public CacheLayers(long localMaxBytes, @Nullable SharedCache shared) {
    this(localMaxBytes, shared, LocalEviction.TINY_LFU);
  }

  /**
   * A Redis or Valkey server.
   *
   * @param username null: the default user
   * @param password null: none is asked for
   * @param tls null: none
   * @param encryptionKeys of 256 bits in base64: the first encrypts what is kept there, all
   *     decrypt; empty, or left out: nothing is encrypted
   */
  public record SharedCache(
      String host,
      int port,
      @Nullable ValueRef username,
      @Nullable ValueRef password,
      @Nullable BackendTls tls,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ValueRef> encryptionKeys) {
    public SharedCache {
      Check.text("host", host);
      Check.range("port", port, 1, 65_535);
      encryptionKeys = encryptionKeys == null ? List.of() : List.copyOf(encryptionKeys);
    }
  }
}
