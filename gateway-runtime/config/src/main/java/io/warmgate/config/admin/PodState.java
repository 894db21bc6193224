package io.warmgate.config.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod says of itself.
 *
 * @param podUid so that an address that went to another pod is noticed
 * @param startedAt milliseconds since the epoch
 * @param formats of configuration that this runtime reads
 * @param revision what it serves; null before the first
 * @param refused the newest revision it could not take; null where it took the newest it saw
 * @param everReady whether it ever answered ready: then it counts as answering until it ends
 * @param ready whether it answers ready now
 * @param draining whether it has been told to end
 * @param endpointsVersion version of the endpoint sets it uses; 0 before the first
 * @param log null where the configuration has no shared cache
 * @param applied ids of orders that requests here obey, newest last, at most {@value #MAX_APPLIED}
 */
public record PodState(
    String podUid,
    long startedAt,
    List<Integer> formats,
    @Nullable Served revision,
    @Nullable Refused refused,
    boolean everReady,
    boolean ready,
    boolean draining,
    long endpointsVersion,
    @Nullable LogState log,
    List<String> applied) {

  /** How many ids of orders are named. */
  public static final int MAX_APPLIED = 256;

  /**
   * A revision that is served.
   *
   * @param hash of its configuration
   */
  public record Served(long number, String hash) {}

  /**
   * A revision that was not taken, and what went on instead.
   *
   * @param path the field that is wrong; empty for the whole
   */
  public record Refused(long number, String hash, String path, String problem) {}

  /**
   * The invalidation log, as this pod sees it.
   *
   * @param connected whether it is being read now
   * @param epoch of the log; null before it was ever read
   * @param position of the last entry applied, {@code milliseconds-sequence}; null before the first
   */
  public record LogState(boolean connected, @Nullable String epoch, @Nullable String position) {}

  public PodState {
    formats = List.copyOf(formats);
    applied = List.copyOf(applied);
  }
}
