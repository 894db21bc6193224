package io.warmgate.httpcache.rule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Dates in fields, <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110
 * §5.6.7</a>: three formats, "A recipient that parses a timestamp value in an HTTP field MUST
 * accept all three".
 *
 * <p>RFC 9111 §4.2 adds for caches: "Although all date formats are specified to be case-sensitive,
 * a cache recipient SHOULD match the field value case-insensitively", and "A cache recipient SHOULD
 * consider a date with a zone abbreviation other than "GMT" to be invalid".
 */
public final class HttpDate {
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final String[] DAY_NAMES = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private HttpDate() {}

  /**
   * Milliseconds since the epoch, or empty where the text is no date.
   *
   * @param now for the century of a two-digit year
   */
  public static OptionalLong parse(String text, long now) {
    String date = text.toLowerCase(Locale.ROOT);
    int comma = date.indexOf(',');
    try {
      long millis = comma < 0 ? asctime(date) : comma == 3 ? imf(date) : rfc850(date, comma, now);
      return OptionalLong.of(millis);
    } catch (DateTimeException | Mismatch _) {
      return OptionalLong.empty();
    }
  }

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  private static long imf(String date) throws Mismatch {
    require(date.length() == 29 && isDay(date, 3) && at(date, 3, ", ") && at(date, 25, " gmt"));
    require(date.charAt(7) == ' ' && date.charAt(11) == ' ' && date.charAt(16) == ' ');
    return millis(number(date, 12, 4), month(date, 8), number(date, 5, 2), time(date, 17));
  }

  /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
  private static long rfc850(String date, int comma, long now) throws Mismatch {
    String rest = date.substring(comma);
    require(DAYS.contains(date.substring(0, comma)) && rest.length() == 24);
    require(at(rest, 0, ", ") && rest.charAt(4) == '-' && rest.charAt(8) == '-');
    require(rest.charAt(11) == ' ' && at(rest, 20, " gmt"));
    OffsetDateTime today = Instant.ofEpochMilli(now).atOffset(ZoneOffset.UTC);
    int century = today.getYear() - Math.floorMod(today.getYear(), 100);
    int year = century + number(rest, 9, 2);
    int month = month(rest, 5);
    int day = number(rest, 2, 2);
    int time = time(rest, 12);
    // "Recipients of a timestamp value in rfc850-date format, which uses a two-digit year, MUST
    // interpret a timestamp that appears to be more than 50 years in the future as representing
    // the most recent year in the past that had the same last two digits."
    long millis = millis(year, month, day, time);
    boolean future = millis > today.plusYears(50).toInstant().toEpochMilli();
    return future ? millis(year - 100, month, day, time) : millis;
  }

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static long asctime(String date) throws Mismatch {
    require(date.length() == 24 && isDay(date, 3) && date.charAt(3) == ' ');
    require(date.charAt(7) == ' ' && date.charAt(10) == ' ' && date.charAt(19) == ' ');
    int day = date.charAt(8) == ' ' ? number(date, 9, 1) : number(date, 8, 2);
    return millis(number(date, 20, 4), month(date, 4), day, time(date, 11));
  }

  /** IMF-fixdate, the only format that is written. */
  public static String format(long millis) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(29);
    out.append(DAY_NAMES[t.getDayOfWeek().getValue() - 1]).append(", ");
    two(out, t.getDayOfMonth()).append(' ').append(MONTHS[t.getMonthValue() - 1]).append(' ');
    two(out, t.getYear() / 100);
    two(out, t.getYear() % 100).append(' ');
    two(out, t.getHour()).append(':');
    two(out, t.getMinute()).append(':');
    return two(out, t.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1;

    Mismatch() {
      super(null, null, false, false);
    }
  }

  private static void require(boolean holds) throws Mismatch {
    if (!holds) {
      throw new Mismatch();
    }
  }

  private static boolean at(String text, int index, String part) {
    return text.startsWith(part, index);
  }

  private static boolean isDay(String date, int length) {
    String name = date.substring(0, length);
    return DAYS.stream().anyMatch(day -> day.startsWith(name));
  }

  private static int month(String date, int index) throws Mismatch {
    for (int i = 0; i < MONTHS.length; i++) {
      if (date.regionMatches(true, index, MONTHS[i], 0, 3)) {
        return i + 1;
      }
    }
    throw new Mismatch();
  }

  /** Seconds of the day at {@code hh:mm:ss}; a leap second counts as the one before it. */
  private static int time(String date, int index) throws Mismatch {
    require(date.charAt(index + 2) == ':' && date.charAt(index + 5) == ':');
    int hour = number(date, index, 2);
    int minute = number(date, index + 3, 2);
    int second = number(date, index + 6, 2);
    require(hour < 24 && minute < 60 && second <= 60);
    return hour * 3600 + minute * 60 + Math.min(second, 59);
  }

  private static int number(String date, int index, int digits) throws Mismatch {
    int value = 0;
    for (int i = index; i < index + digits; i++) {
      int digit = date.charAt(i) - '0';
      require(digit >= 0 && digit <= 9);
      value = value * 10 + digit;
    }
    return value;
  }

  private static long millis(int year, int month, int day, int secondOfDay) {
    return LocalDateTime.of(year, month, day, 0, 0)
        .plusSeconds(secondOfDay)
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }
}
