package io.warmgate.config.admin;

import io.warmgate.config.Backend;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Model;
import java.util.List;

/**
 * The versions of a model that its server says it has, as one pod found them; or those that its
 * answers named lately, as one pod heard them.
 *
 * @param server {@link #server(Model, Backend)}, or {@link #answers}
 * @param ready those that answer, the newest first; of those that were heard the most frequent
 * @param listed those that are there, the ready ones and those that are being loaded, the newest
 *     first; empty: the server has no versions; all that were heard, in the order of their names
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

  /** The same model's answers, which name their version in a field. */
  public static String answers(Model model, Backend backend, AnswerField field) {
    return server(model, backend) + " " + field.text();
  }

  /** Whether they were heard in that field of answers. */
  public boolean areOf(AnswerField field) {
    return server.endsWith(" " + field.text());
  }
}
