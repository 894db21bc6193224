package io.warmgate.local.api.schema;

import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;

/**
 * The string formats that the API server enforces in custom resources, as far as they are common;
 * unknown formats admit everything, as they do there.
 */
final class Formats {
  private static final String LABEL = "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";
  private static final String UUID =
      "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$";
  private static final String IPV4 = "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}";
  private static final String IPV6 = "(?i)[0-9a-f:.]*:[0-9a-f:.]*";

  private Formats() {}

  static boolean matches(String format, String text) {
    return switch (format) {
      case "date-time" -> parses(() -> OffsetDateTime.parse(text));
      case "date" -> parses(() -> LocalDate.parse(text));
      case "duration" -> parses(() -> Durations.parse(text));
      case "byte" -> parses(() -> Base64.getDecoder().decode(text));
      case "uri" -> parses(() -> URI.create(text));
      case "uuid" -> Patterns.of(UUID).matcher(text).matches();
      case "hostname" -> Patterns.of(LABEL + "(\\." + LABEL + ")*").matcher(text).matches();
      case "ipv4" -> Patterns.of(IPV4).matcher(text).matches();
      case "ipv6" -> Patterns.of(IPV6).matcher(text).matches();
      case "email" -> Patterns.of("[^@\\s]+@[^@\\s]+").matcher(text).matches();
      default -> true;
    };
  }

  private static boolean parses(Runnable parser) {
    try {
      parser.run();
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }
}
