package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warmgate.config.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be gone, as the operator and applications ask for it: by tags, by paths, by prefix, of
 * hosts, or all. What is left out selects nothing.
 *
 * @param tags entries that have one of them
 * @param paths exact normalised paths, each with every query
 * @param prefix whole segments
 * @param hosts lower-case, without port; with tags, paths or a prefix it narrows them, alone it
 *     names all of the hosts; empty: every host
 */
public record PurgeRequest(
    List<String> tags,
    List<String> paths,
    @Nullable String prefix,
    List<String> hosts,
    Boolean all,
    Mode mode) {

  /** What becomes of the entries. */
  public enum Mode {
    /** They are gone. */
    @JsonProperty("Hard")
    HARD,
    /** They are stale from now on. */
    @JsonProperty("Soft")
    SOFT
  }

  public PurgeRequest {
    tags = named("tags", tags);
    paths = named("paths", paths);
    hosts = named("hosts", hosts);
    all = Boolean.TRUE.equals(all);
    mode = mode == null ? Mode.HARD : mode;
    int selectors =
        (tags.isEmpty() ? 0 : 1)
            + (paths.isEmpty() ? 0 : 1)
            + (prefix == null ? 0 : 1)
            + (all ? 1 : 0);
    if (selectors > 1 || (selectors == 0 && hosts.isEmpty())) {
      throw new ConfigException(
          "", "names not exactly one of tags, paths, prefix and all, or hosts alone");
    }
    if (all && !hosts.isEmpty()) {
      throw new ConfigException("hosts", "cannot narrow all");
    }
  }

  /** These paths of these hosts. */
  public static PurgeRequest paths(List<String> paths, List<String> hosts) {
    return new PurgeRequest(List.of(), paths, null, hosts, false, Mode.HARD);
  }

  /** What of these hosts has one of these tags. */
  public static PurgeRequest tags(List<String> tags, List<String> hosts) {
    return new PurgeRequest(tags, List.of(), null, hosts, false, Mode.HARD);
  }

  /** Everything. */
  public static PurgeRequest everything() {
    return new PurgeRequest(List.of(), List.of(), null, List.of(), true, Mode.HARD);
  }

  private static List<String> named(String what, @Nullable List<String> values) {
    List<String> given = values == null ? List.of() : values;
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) == null || given.get(i).isEmpty()) {
        throw new ConfigException(what + "[" + i + "]", "is empty");
      }
    }
    return List.copyOf(given);
  }
}
