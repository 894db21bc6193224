package io.warmgate.ai.privacy;

import java.util.Set;

/**
 * Telephone numbers that look like some: which numbers a country has given out is not known here.
 */
final class PhoneNumber {
  /** Of ten digits as North America writes them; with its code in front. */
  private static final Set<String> NORTH_AMERICA = Set.of("3-3-4", "1-3-3-4");

  private PhoneNumber() {}

  /**
   * @param international whether a {@code +} stands before it
   */
  static boolean is(DigitGroups number, boolean international) {
    int count = number.count();
    if (international) {
      // E.164 has 15 digits at most.
      return count >= 8 && count <= 15;
    }
    if (number.separators().isEmpty()) {
      return false;
    }
    if (number.digits().startsWith("00")) {
      return count >= 10 && count <= 17;
    }
    if (NORTH_AMERICA.contains(number.lengths())) {
      return isNorthAmerican(number.digits());
    }
    return isNational(number);
  }

  /** Neither area nor exchange begins with 0 or 1. */
  private static boolean isNorthAmerican(String digits) {
    String ten = digits.substring(digits.length() - 10);
    return ten.charAt(0) >= '2' && ten.charAt(3) >= '2';
  }

  /** With the 0 of calls within a country, and its area in a group. */
  private static boolean isNational(DigitGroups number) {
    int area = number.lengths().indexOf('-');
    return number.digits().charAt(0) == '0'
        && number.digits().charAt(1) != '0'
        && number.isSeparatedBy(" -/()")
        && number.count() >= 9
        && number.count() <= 12
        && area == 1
        && number.lengths().charAt(0) >= '3'
        && number.lengths().charAt(0) <= '5';
  }
}
