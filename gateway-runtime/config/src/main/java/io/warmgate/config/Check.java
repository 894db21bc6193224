package io.warmgate.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the records' constructors hold their components to; each failure names the component. */
final class Check {
  private Check() {}

  static void that(boolean holds, String path, String message) {
    if (!holds) {
      throw new ConfigException(path, message);
    }
  }

  static <T> T present(String path, @Nullable T value) {
    if (value == null) {
      throw new ConfigException(path, "is missing");
    }
    return value;
  }

  static String text(String path, @Nullable String value) {
    that(!present(path, value).isBlank(), path, "is empty");
    return present(path, value);
  }

  /** http or https; nothing else is asked. */
  static void url(String path, @Nullable String value) {
    that(text(path, value).matches("https?://[^\\s/]+.*"), path, "is no http or https URL");
  }

  /** Certificates are shown over TLS alone. */
  static void authority(String url, @Nullable ValueRef certificateAuthority) {
    that(
        certificateAuthority == null || url.startsWith("https://"),
        "certificateAuthority",
        "goes with https");
  }

  static <T> List<T> list(String path, @Nullable List<T> values) {
    List<T> present = present(path, values);
    for (int i = 0; i < present.size(); i++) {
      present(path + "[" + i + "]", present.get(i));
    }
    return List.copyOf(present);
  }

  static void range(String path, long value, long min, long max) {
    that(value >= min && value <= max, path, "is " + value + ", not " + min + " to " + max);
  }

  static <T> void unique(String path, String key, List<T> values, Function<T, Object> keyOf) {
    Set<Object> seen = new HashSet<>();
    for (T value : values) {
      that(
          seen.add(keyOf.apply(value)),
          path,
          "has two of " + key + " '" + keyOf.apply(value) + "'");
    }
  }
}
