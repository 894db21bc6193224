package io.warmgate.ai.privacy;

/** Numbers of payment cards (ISO/IEC 7812). */
final class CardNumber {
  private CardNumber() {}

  static boolean is(DigitGroups number) {
    return number.isSeparatedBy(" -") && issued(number.digits()) && checks(number.digits());
  }

  /** Whether an issuer has numbers that begin so and are that long. */
  private static boolean issued(String digits) {
    int length = digits.length();
    if (length < 13 || length > 19) {
      return false;
    }
    int two = Integer.parseInt(digits, 0, 2, 10);
    int four = Integer.parseInt(digits, 0, 4, 10);
    return switch (two / 10) {
      case 4 -> length == 13 || length == 16 || length == 19;
      case 5 -> two <= 55 && two >= 51 && length == 16;
      case 2 -> four >= 2221 && four <= 2720 && length == 16;
      case 3 ->
          switch (two) {
            case 34, 37 -> length == 15;
            case 35 -> length >= 16;
            case 30, 36, 38, 39 -> length >= 14;
            default -> false;
          };
      case 6 -> (four == 6011 || two == 62 || two == 64 || two == 65) && length >= 16;
      default -> false;
    };
  }

  /** Luhn's check digit (ISO/IEC 7812-1, annex B). */
  private static boolean checks(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : digit * 2;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }
}
