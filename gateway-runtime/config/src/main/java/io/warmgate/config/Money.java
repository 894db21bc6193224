package io.warmgate.config;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Billionths of a currency's unit, as limits count money, and the decimals that people write. */
public final class Money {
  private static final int NANO = 9;
  private static final int DECIMALS = 6;

  private Money() {}

  /**
   * @param decimal with nine places at most
   */
  public static long nanos(String decimal) {
    return new BigDecimal(decimal).movePointRight(NANO).longValueExact();
  }

  /** With six places. */
  public static String text(long nanos) {
    return text(BigDecimal.valueOf(nanos, NANO));
  }

  /** The same of an exact amount. */
  public static String text(BigDecimal amount) {
    return amount.setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }
}
