package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warmgate.config.ConfigException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be gone, as the operator and applications ask for it: by tags, by paths, by prefix, by
 * keys, of hosts, or all. What is left out selects nothing.
 *
 * @param tags entries that have one of them
 * @param paths exact normalised paths, each with every query
 * @param prefix whole segments
 * @param hosts lower-case, without port; with tags, paths or a prefix it narrows them, alone it
 *     names all of the hosts; empty: every host
 * @param keys SHA-256 in lower-case hexadecimal, as {@code Cache-Status} shows it; hosts cannot
 *     narrow them
 */
public record PurgeRequest(
    List<String> tags,
    List<String> paths,
    @Nullable String prefix,
    List<String> hosts,
    Boolean all,
    Mode mode,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> keys) {

  /** How many names a request may have, each counted once for each of its hosts. */
  public static final int MAX_NAMES = 100_000;

  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

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
    keys = keys("keys", keys);
    int selectors =
        (tags.isEmpty() ? 0 : 1)
            + (paths.isEmpty() ? 0 : 1)
            + (prefix == null ? 0 : 1)
            + (keys.isEmpty() ? 0 : 1)
            + (all ? 1 : 0);
    if (selectors > 1 || (selectors == 0 && hosts.isEmpty())) {
      throw new ConfigException(
          "", "names not exactly one of tags, paths, prefix, keys and all, or hosts alone");
    }
    if (all && !hosts.isEmpty()) {
      throw new ConfigException("hosts", "cannot narrow all");
    }
    if (!keys.isEmpty() && !hosts.isEmpty()) {
      throw new ConfigException("hosts", "cannot narrow keys: each is of one host");
    }
    long names = Math.max(1L, tags.size() + paths.size() + keys.size());
    if (names * Math.max(1, hosts.size()) > MAX_NAMES) {
      throw new ConfigException("", "names more than " + MAX_NAMES + " tags, paths or keys");
    }
  }

  /** Without keys. */
  public PurgeRequest(
      List<String> tags,
      List<String> paths,
      @Nullable String prefix,
      List<String> hosts,
      Boolean all,
      Mode mode) {
    this(tags, paths, prefix, hosts, all, mode, List.of());
  }

  /** What lies under these keys. */
  public static PurgeRequest keys(List<String> keys) {
    return new PurgeRequest(List.of(), List.of(), null, List.of(), false, Mode.HARD, keys);
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

  private static List<String> keys(String what, @Nullable List<String> values) {
    List<String> given = named(what, values);
    for (int i = 0; i < given.size(); i++) {
      if (!KEY.matcher(given.get(i)).matches()) {
        throw new ConfigException(
            what + "[" + i + "]", "is no key: 64 hexadecimal digits in lower case");
      }
    }
    return given;
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
