package io.warmgate.server.version;

import java.util.List;

/** What asking a server for the versions of a model came to. */
public sealed interface Found {
  /**
   * It said.
   *
   * @param ready those that answer, the newest first
   * @param listed those that are there, the ready ones and those that are being loaded, the newest
   *     first; empty: it has no versions
   */
  record Versions(List<String> ready, List<String> listed) implements Found {
    /** It has no versions. */
    public static final Versions NONE = new Versions(List.of(), List.of());

    public Versions {
      ready = List.copyOf(ready);
      listed = List.copyOf(listed);
    }
  }

  /**
   * It did not, or not now: what is known stays known.
   *
   * @param why for people
   */
  record Nothing(String why) implements Found {}
}
