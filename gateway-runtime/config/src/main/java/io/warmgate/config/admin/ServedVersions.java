package io.warmgate.config.admin;

import io.warmgate.config.Backend;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Model;
import java.util.List;

/**
 * The versions of a model that its server says it has, as one pod found them.
 *
 * @param server {@link #server(Model, Backend)}
 * @param ready those that answer, the newest first
 * @param listed those that are there, the ready ones and those that are being loaded, the newest
 *     first; empty: the server has no versions
 */
public record ServedVersions(String server, List<String> ready, List<String> listed) {
  public ServedVersions {
    if (server == null || ready == null || listed == null) {
      throw new ConfigException("", "lacks the server or the versions of a model");
    }
    ready = List.copyOf(ready);
    listed = List.copyOf(listed);
  }

  /** A model's name at a place, by a protocol: what has the same is asked once. */
  public static String server(Model model, Backend backend) {
    return model.provider().name() + " " + backend.place() + " " + model.model();
  }
}
