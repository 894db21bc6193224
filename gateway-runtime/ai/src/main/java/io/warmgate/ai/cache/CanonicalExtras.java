package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.Inert;
import io.warmgate.ai.json.Json;

/** What is said beyond the common form is asked too, in its dialect. */
final class CanonicalExtras {
  private CanonicalExtras() {}

  static void put(ObjectNode node, Extras extras) {
    ObjectNode kept = Json.object();
    extras
        .fields()
        .forEach(
            (name, value) -> {
              if (!Inert.is(extras.dialect(), name, value)) {
                kept.set(name, value);
              }
            });
    if (!kept.isEmpty()) {
      node.putObject("extras").set(extras.dialect().name(), kept);
    }
  }
}
