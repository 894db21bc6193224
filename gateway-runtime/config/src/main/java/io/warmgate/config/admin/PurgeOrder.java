package io.warmgate.config.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be gone.
 *
 * @param id names it for good: applying or appending it twice is once
 * @param paths exact normalised paths; any of {@code paths}, {@code prefix}, {@code all} is given,
 *     or {@code hosts} alone
 * @param prefix whole segments
 * @param hosts lower-case; with paths or a prefix it narrows them, alone it names all of the hosts;
 *     empty: every host
 * @param logged where it stands in the log; null where it could not be appended yet
 */
public record PurgeOrder(
    String id,
    List<String> paths,
    @Nullable String prefix,
    List<String> hosts,
    boolean all,
    @Nullable PurgeReceipt logged) {
  public PurgeOrder {
    paths = List.copyOf(paths);
    hosts = List.copyOf(hosts);
    int selectors = (paths.isEmpty() ? 0 : 1) + (prefix == null ? 0 : 1) + (all ? 1 : 0);
    if (selectors > 1 || (selectors == 0 && hosts.isEmpty())) {
      throw new IllegalArgumentException(
          "a purge names exactly one of paths, prefix, all, or hosts");
    }
  }
}
