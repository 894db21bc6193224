package io.warmgate.operator.source;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times that come again, as crontab(5) has them: minute, hour, day of month, month, day of week;
 * where both days are given either will do.
 */
public final class CronSchedule {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final String text;
  private final ExecutionTime times;
  private final ZoneId zone;

  private CronSchedule(String text, ExecutionTime times, ZoneId zone) {
    this.text = text;
    this.times = times;
    this.zone = zone;
  }

  /**
   * @param zone an IANA name; null: UTC
   * @throws IllegalArgumentException saying what is wrong, in words
   */
  public static CronSchedule parse(String text, @Nullable String zone) {
    ZoneId id;
    try {
      id = ZoneId.of(zone == null ? "UTC" : zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("timeZone '" + zone + "' is not known", e);
    }
    try {
      return new CronSchedule(text, ExecutionTime.forCron(PARSER.parse(text).validate()), id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("schedule '" + text + "': " + e.getMessage(), e);
    }
  }

  /** The first of its times that is later; empty where there is none any more. */
  public Optional<Instant> after(Instant time) {
    return times.nextExecution(time.atZone(zone)).map(next -> next.toInstant());
  }

  /** Whether it is one of its times. */
  public boolean has(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.MINUTES))
        && after(time.minus(1, ChronoUnit.MINUTES)).filter(time::equals).isPresent();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CronSchedule same && text.equals(same.text) && zone.equals(same.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, zone);
  }

  /** As it is written, and where. */
  @Override
  public String toString() {
    return text + " " + zone;
  }
}
