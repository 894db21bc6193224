package io.warmgate.local.api.http;

import io.warmgate.local.api.object.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request's query parameters; of repeated ones the first counts. */
record Parameters(Map<String, String> values) {
  static Parameters parse(@Nullable String query) {
    Map<String, String> values = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.putIfAbsent(decode(name), decode(value));
      }
    }
    return new Parameters(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("malformed query: " + text);
    }
  }

  /** The value, empty where there is none. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  boolean flag(String name) {
    String value = text(name);
    return value.equals("true") || value.equals("1");
  }

  Optional<String> optional(String name) {
    return Optional.of(text(name)).filter(value -> !value.isEmpty());
  }

  OptionalLong number(String name) {
    try {
      Optional<String> value = optional(name);
      return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.get()));
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(name + ": not a number: " + text(name));
    }
  }

  OptionalInt smallNumber(String name) {
    OptionalLong value = number(name);
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) value.getAsLong());
  }
}
