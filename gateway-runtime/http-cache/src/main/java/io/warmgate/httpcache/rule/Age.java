package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.Validity;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How old a response is, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3">RFC 9111
 * §4.2.3</a>. Milliseconds.
 */
public final class Age {
  private Age() {}

  /** {@code corrected_initial_age}: how old a response was when it arrived. */
  public static long initial(ResponseView response) {
    // "apparent_age = max(0, response_time - date_value);"
    @Nullable String date = response.fields().first("date");
    OptionalLong dateValue =
        date == null ? OptionalLong.empty() : HttpDate.parse(date, response.responseMillis());
    long apparent =
        dateValue.isPresent() ? Math.max(0, response.responseMillis() - dateValue.getAsLong()) : 0;
    // "response_delay = response_time - request_time;
    //  corrected_age_value = age_value + response_delay;"
    long delay = Math.max(0, response.responseMillis() - response.requestMillis());
    long corrected = value(response.fields().all("age")) + delay;
    // "corrected_initial_age = max(apparent_age, corrected_age_value);"
    return Math.max(apparent, corrected);
  }

  /** {@code current_age}: how old an entry is now. A clock that went back makes it no younger. */
  public static long current(Validity validity, long now) {
    // "resident_time = now - response_time;
    //  current_age = corrected_initial_age + resident_time;"
    return validity.initialAgeMillis() + Math.max(0, now - validity.responseMillis());
  }

  /**
   * §5.1: "Although it is defined as a singleton header field, a cache encountering a message with
   * a list-based Age field value SHOULD use the first member of the field value, discarding
   * subsequent ones." "If the field value (after discarding additional members, as per above) is
   * invalid [...], a cache SHOULD ignore the field."
   */
  private static long value(List<String> lines) {
    List<String> members = ListMembers.of(lines);
    long seconds =
        members.isEmpty() ? CacheControl.ABSENT : CacheControl.deltaSeconds(members.getFirst());
    return Math.max(0, seconds) * 1000;
  }
}
