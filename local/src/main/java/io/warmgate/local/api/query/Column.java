package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A column of a table.
 *
 * @param type such as {@code string}
 * @param format such as {@code name}; empty for none
 * @param priority 0 to be shown always, else with {@code -o wide}
 */
record Column(String name, String type, String format, int priority, Cell cell) {
  /** What a row shows of its object. */
  @FunctionalInterface
  interface Cell {
    JsonNode of(JsonNode object, Instant now);
  }
}
