package io.warmgate.local.api.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Compiled patterns of schemas, each compiled once. */
final class Patterns {
  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private Patterns() {}

  static Pattern of(String expression) {
    return COMPILED.computeIfAbsent(expression, Pattern::compile);
  }
}
