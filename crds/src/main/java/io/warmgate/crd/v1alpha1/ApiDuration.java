package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as users write it: Gateway API's duration (GEP-2257: {@code 1h30m}, {@code 250ms})
 * and, because caches keep things longer than gateways wait, days ({@code 1d}). Kept as it was
 * written, so that what is read and written back is not a change.
 */
public record ApiDuration(@JsonValue String text) {
  /** At most five numbers with a unit: days, hours, minutes, seconds, milliseconds. */
  public static final String PATTERN = "^([0-9]{1,5}(d|h|m|s|ms)){1,5}$";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})(ms|d|h|m|s)");

  /**
   * @throws IllegalArgumentException where the text is not a duration
   */
  @JsonCreator
  public ApiDuration {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("not a duration like 30s or 1h30m: " + text);
    }
  }

  /** Reads a duration. */
  public static ApiDuration of(String text) {
    return new ApiDuration(text);
  }

  /** The sum of the parts. */
  public Duration toDuration() {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(amount(Long.parseLong(part.group(1)), part.group(2)));
    }
    return sum;
  }

  private static Duration amount(long number, String unit) {
    return switch (unit) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMillis(number);
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
