package io.warmgate.server.traffic;

import io.warmgate.config.admin.Miss;

/**
 * Why a lookup brought nothing to answer with.
 *
 * @param lifetimeMillis of {@link Miss#EXPIRED}: for how long what was kept was fresh
 * @param ageMillis of {@link Miss#EXPIRED}: how old it is
 */
public record Missed(Miss why, long lifetimeMillis, long ageMillis) {

  public static Missed of(Miss why) {
    return new Missed(why, 0, 0);
  }
}
