package io.warmgate.server.filter;

import io.warmgate.config.Filter.PathModifier;
import org.jspecify.annotations.Nullable;

/** Gateway API's HTTPPathModifier. */
public final class PathChange {
  private PathChange() {}

  /**
   * @param prefix what the rule's prefix matched, without trailing slash
   */
  public static String apply(@Nullable PathModifier modifier, String path, String prefix) {
    if (modifier == null) {
      return path;
    }
    return switch (modifier.type()) {
      case FULL -> rooted(modifier.value());
      case PREFIX -> rooted(withoutSlash(modifier.value()) + path.substring(prefix.length()));
    };
  }

  private static String withoutSlash(String value) {
    return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
  }

  private static String rooted(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }
}
